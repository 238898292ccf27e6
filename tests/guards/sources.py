"""Reading the repository's sources for the guards (standard library only)."""

import ast
import functools
import re
import subprocess
import tokenize
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ADDONS = ROOT / "addons"


@functools.cache
def addons():
    """Return our addons' names."""
    return tuple(sorted(path.parent.name for path in ADDONS.glob("*/__manifest__.py")))


@functools.cache
def manifest(addon):
    return ast.literal_eval((ADDONS / addon / "__manifest__.py").read_text())


@functools.cache
def closure(addon):
    """Return the addon and those of ours that it depends on."""
    found = {addon}
    for dependency in manifest(addon).get("depends", []):
        if dependency in addons():
            found |= closure(dependency)
    return frozenset(found)


@functools.cache
def config(name):
    """Return a file of config/ as a dictionary."""
    with open(ROOT / "config" / name, "rb") as stream:
        return tomllib.load(stream)


@functools.cache
def files(addon, suffix):
    return tuple(sorted(path for path in (ADDONS / addon).rglob(f"*{suffix}") if "__pycache__" not in path.parts))


def code(addon):
    """Return an addon's Python files that run in production."""
    return [path for path in files(addon, ".py") if not set(path.relative_to(ADDONS).parts) & {"tests", "tests_lib"}]


@functools.cache
def tree(path):
    return ast.parse(path.read_text(), str(path))


@functools.cache
def comments(path):
    """Return the comments of a Python file by line number."""
    with tokenize.open(path) as stream:
        return {
            token.start[0]: token.string for token in tokenize.generate_tokens(stream.readline) if token.type == tokenize.COMMENT
        }


@functools.cache
def tracked():
    """Return the repository's own files: what git has or would take."""
    out = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    found = tuple(ROOT / name for name in out.splitlines() if (ROOT / name).is_file())
    # Not a clone, or git refuses another user's folder: then everything that is not generated.
    return found or tuple(p for p in ROOT.rglob("*") if p.is_file() and not {".git", ".local", "__pycache__"} & set(p.parts))


def text(path):
    """Return a file's text, or nothing for a picture or an archive."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def where(path, line=None):
    """Return a place as it is shown: the path from the repository's root, with the line."""
    return f"{path.relative_to(ROOT)}{f':{line}' if line else ''}"


CLAUSE = re.compile(r"R\d(?:\.\d+)*")
LEADING = re.compile(r"^(R\d(?:\.\d+)*(?:\s*[,;–-]\s*R\d(?:\.\d+)*)*)\s*(\(acceptance\))?\s*:")


def clause_ids(docstring):
    """Return the clause ids that a docstring's first line begins with."""
    found = _leading(docstring)
    return CLAUSE.findall(found[1]) if found else []


def is_acceptance(docstring):
    """Say whether a test walks the main sentence of its clauses as the person does whose work it is."""
    found = _leading(docstring)
    return bool(found and found[2])


def _leading(docstring):
    lines = (docstring or "").strip().splitlines()
    return LEADING.match(lines[0]) if lines else None


def test_methods(addon):
    """Yield (path, class, method node) of an addon's tests inside Odoo."""
    for path in sorted((ADDONS / addon / "tests").rglob("test_*.py")):
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef):
                for item in node.body:
                    if isinstance(item, ast.FunctionDef) and item.name.startswith("test"):
                        yield path, node, item


def plain_tests():
    """Yield (path, class name, function node) of the tests that stand outside Odoo's own runner: tests_lib and tests/."""
    places = [*ADDONS.glob("*/tests_lib/test_*.py"), *(p for p in (ROOT / "tests").rglob("test_*.py") if "guards" not in p.parts)]
    for path in sorted(places):
        for node in tree(path).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test"):
                yield path, "", node
            elif isinstance(node, ast.ClassDef):
                for item in node.body:
                    if isinstance(item, ast.FunctionDef) and item.name.startswith("test"):
                        yield path, node.name, item
