"""Stage `plain`: tests that need no Odoo: the addons' `tests_lib/`, the repository's `tests/guards/`."""

import subprocess
import xml.etree.ElementTree as ET

from .. import addons, configuration, paths
from .report import Result

NO_TEST = 5  # pytest's exit code when nothing was selected
COUNTED = "counted: "  # a test prints what it counted in lines that begin so
# What tests print goes into the report.
PRINTED = ("-o", "junit_logging=system-out")


def folders(names=None):
    """Return the (title, folder) pairs of plain tests, of some addons or of the whole repository."""
    named = addons.ours() if names is None else names
    found = [(f"{name} plain", paths.ADDONS / name / "tests_lib") for name in named]
    if names is None:
        # A library can be there before the addon that will hold it.
        libraries = [folder for folder in sorted(paths.ADDONS.glob("*/tests_lib")) if folder.parent.name not in named]
        found += [(f"{folder.parent.name} plain", folder) for folder in libraries]
        found.append(("guards", paths.TESTS / "guards"))
    return [(title, folder) for title, folder in found if any(folder.glob("test_*.py"))]


def pytest(title, targets, expression="", *extra, where="test", env=None):
    """Run pytest on files or folders and read its report."""
    slug = title.replace(" ", "-").replace("/", "-")
    paths.LOGS.mkdir(parents=True, exist_ok=True)
    xml, log = paths.LOGS / f"pytest-{slug}.xml", paths.LOGS / f"pytest-{slug}.log"
    xml.unlink(missing_ok=True)
    args = [
        paths.PYTHON,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        f"--junitxml={xml}",
        *PRINTED,
        f"--rootdir={paths.ROOT}",
        "-c",
        paths.ROOT / "pyproject.toml",
        *extra,
        *targets,
    ]
    if expression:
        args += ["-k", expression]
    with open(log, "w") as stream:
        code = subprocess.run(
            [str(a) for a in args],
            stdout=stream,
            stderr=subprocess.STDOUT,
            cwd=paths.ROOT,
            env=env or configuration.environment(where),
            check=False,
        ).returncode
    result = Result(title, log=log)
    ran = _read(xml, result) if xml.exists() else set()
    if code == NO_TEST and expression:
        return result
    if code not in (0, 1) or (code and not result.failed):
        result.problems.append([f"pytest ended with {code}", *log.read_text(errors="replace").splitlines()[-15:]])
    if not expression:
        wanted = {path.stem for target in targets for path in ([target] if target.is_file() else target.rglob("test_*.py"))}
        result.problems += [f"{stem}.py: no test of this file ran" for stem in sorted(wanted - ran)]
    return result


def _read(xml, result):
    """Count pytest's report into the result; return the test files' names that ran."""
    ran = set()
    for case in ET.parse(xml).getroot().iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        ran |= set(case.get("classname", "").split("."))
        bad = [child for child in case if child.tag in ("failure", "error")]
        skips = [child for child in case if child.tag == "skipped"]
        if bad:
            result.failed[name] = (bad[0].text or bad[0].get("message") or "").splitlines()
        elif skips:
            result.skipped[name] = skips[0].get("message") or ""
        else:
            result.passed += 1
        printed = "\n".join(child.text or "" for child in case if child.tag == "system-out")
        result.counted += [line.removeprefix(COUNTED) for line in printed.splitlines() if line.startswith(COUNTED)]
    return ran


def jobs(names=None, expression=""):
    """Return the jobs of this stage."""
    return [
        (title, lambda title=title, folder=folder: pytest(title, [folder], expression, "-p", "no:odoo"))
        for title, folder in folders(names)
    ]
