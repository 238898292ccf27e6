"""The linters: each is a title, the command, and the lines of its output that are findings."""

import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from . import addons, paths

BIN = paths.LINT_VENV / "bin"
LONG = 300
# Rules of pylint-odoo that this project does without, and why.
NOT_OURS = {
    "prefer-env-translation": "it takes `_ = self.env._` for the imported _, which a guard of ours forbids",
    "attribute-deprecated": "a field may be called length",
    "attribute-string-redundant": "a label may be spelled out",
    "manifest-required-author": "anybody may be the author of an addon",
    "missing-readme": "a guard of ours asks for readme/DESCRIPTION.md or README.rst",
    "no-search-all": "a daily job may well look at all records",
}
# It looks at a whole addon; a model has one class body in a room of it, and may have one in each.
# What pylint-odoo lets pass in tests/, it asks for in the rooms below it: words that nobody translates, imports by full name.
TESTS = re.compile(r"addons/\w+/tests/\S+ \[(?:W8150|C8107)\(")
MERGING = re.compile(r"^(?P<first>[^:]+):\d+: \[\S+\(consider-merging-classes-inherited\).* from (?P<others>.+)\.$")
NOISE = ("could not obtain odoo.addons.__path__", "****", "---")


@dataclass
class Outcome:
    """What one linter said."""

    title: str
    good: bool
    lines: list


def changed():
    """Return our addons with files that differ from where this branch left main (on main: from the last commit), None where
    git cannot tell."""

    def git(*args):
        done = subprocess.run(["git", "-C", paths.ROOT, *args], capture_output=True, text=True, check=False)
        return done.stdout.split() if done.returncode == 0 else None

    base = git("merge-base", "HEAD", "main") or ["HEAD"]
    differing = git("diff", "--name-only", base[0], "--", "addons")
    fresh = git("ls-files", "--others", "--exclude-standard", "--", "addons")
    if differing is None or fresh is None:
        return None
    names = {Path(path).parts[1] for path in [*differing, *fresh]}
    return [name for name in addons.ours() if name in names]


def commands(names=None):
    """Return (title, command) pairs.

    :param names: addons that pylint-odoo and OCA's checks look at; all of them unless given
    """
    names = addons.ours() if names is None else names
    folders = [paths.ADDONS / name for name in names]
    translations = sorted(path for name in names for path in (paths.ADDONS / name).glob("i18n*/**/*.po"))
    path = ",".join(str(folder) for folder in addons.folders() if folder.exists())
    manifesto = [BIN / "manifestoo", "--addons-path", path, "--odoo-series", "19.0", "--select-addons-dir", paths.ADDONS]
    found = [
        ("guards", [sys.executable, "-m", "unittest", "discover", "-q", "-s", paths.TESTS / "guards"]),
        ("ruff", [BIN / "ruff", "check", "--quiet", "--output-format=concise", "addons", "tools", "tests", "docker"]),
        ("licences", [*manifesto, "check-licenses"]),
        ("dependencies", [*manifesto, "list-missing"]),
    ]
    disabled = ",".join(NOT_OURS)
    if folders:
        found += [
            ("pylint-odoo", [BIN / "pylint", f"--rcfile={paths.ROOT / '.pylintrc'}", f"--disable={disabled}", *folders]),
            ("oca-checks-odoo-module", [BIN / "oca-checks-odoo-module", f"--config={paths.ROOT / '.oca_hooks.cfg'}", *folders]),
        ]
    if translations:
        found.append(("oca-checks-po", [BIN / "oca-checks-po", *translations]))
    return found


def run(title, command):
    """Run one linter; `list-missing` ends with 0 and prints what is missing, the others end with something else."""
    done = subprocess.run(
        [str(part) for part in command], cwd=paths.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    said = [line for line in done.stdout.splitlines() if line.strip() and not line.startswith(NOISE)]
    lines = [line for line in said if not in_rooms_apart(line) and not TESTS.match(line)]
    ended = done.returncode == 0 or (not lines and len(said) > len(lines))
    return Outcome(title, ended and not (title == "dependencies" and lines), lines)


def in_rooms_apart(line):
    """Say whether a line of pylint-odoo speaks of class bodies of one model that stand in different rooms.

    >>> said = "[R8180(consider-merging-classes-inherited), A] Consider merging classes inherited to \\"a\\" from %s:4:4."
    >>> in_rooms_apart("x/models/sign/a.py:3: " + said % "x/models/draft/a.py")
    True
    >>> in_rooms_apart("x/models/sign/a.py:3: " + said % "x/models/sign/b.py")
    False
    """
    found = MERGING.match(line)
    if not found:
        return False
    places = [found["first"], *(place.strip().partition(":")[0] for place in found["others"].split(","))]
    return max(Counter(Path(place).parent for place in places).values()) == 1


def long_files():
    """Return (lines, path) of the sources above the size that reads well, the longest first."""
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py", "*.js", "*.xml"],
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    sizes = [
        ((paths.ROOT / name).read_text(errors="replace").count("\n"), name) for name in tracked if (paths.ROOT / name).is_file()
    ]
    return sorted((size for size in sizes if size[0] > LONG), reverse=True)
