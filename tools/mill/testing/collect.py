"""Which tests the sources hold, read without running anything: what ran is compared with it afterwards."""

import ast
import functools
import re
from dataclasses import dataclass

from .. import paths
from ..console import Problem

BROWSER = {"start_tour", "browser_js"}


@dataclass(frozen=True)
class Method:
    """One test method of an addon."""

    addon: str
    file: str
    cls: str
    name: str
    browser: bool
    tags: frozenset

    @property
    def id(self):
        return f"{self.addon}:{self.cls}.{self.name}"

    @property
    def tag(self):
        return f"/{self.addon}:{self.cls}.{self.name}"

    @property
    def words(self):
        return f"{self.addon} {self.file} {self.cls} {self.name}".lower()

    @property
    def standard(self):
        return "-standard" not in self.tags

    @property
    def post_install(self):
        return "post_install" in self.tags


@functools.cache
def methods(addon):
    """Return the test methods of an addon's tests/test_*.py, those in the rooms below tests/ included."""
    found = []
    for path in _test_files(addon):
        tree = ast.parse(path.read_text(), str(path))
        in_browser = _in_browser(tree)
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                found += [
                    Method(addon, within(addon, path), node.name, item.name, item in in_browser, frozenset(_tags(node)))
                    for item in node.body
                    if isinstance(item, ast.FunctionDef) and item.name.startswith("test")
                ]
    return found


def files(addon):
    """Return the paths of an addon's test files below tests/."""
    return [within(addon, path) for path in _test_files(addon)]


def silent_files(addon):
    """Return test files that no run can find: without a test method, or not imported by tests/__init__.py.

    Odoo looks at the modules that tests/__init__.py has by name, so that a room's are imported there one by one, or by
    ``from .room import *``; of two files of one name it sees one.
    """
    with_methods = {method.file for method in methods(addon)}
    imported = set(_imported(paths.ADDONS / addon / "tests").values())
    return [name for name in files(addon) if name not in with_methods or _tests(addon) / name not in imported]


def _tests(addon):
    return paths.ADDONS / addon / "tests"


def _test_files(addon):
    return sorted(_tests(addon).rglob("test_*.py"))


def within(addon, path):
    """Return the path of a test file below its addon's tests/."""
    return path.relative_to(_tests(addon)).as_posix()


def _imported(folder):
    """Return ``{name: path}`` of the test modules that a package of tests has by name, the last one of a name."""
    found, init = {}, folder / "__init__.py"
    for node in ast.parse(init.read_text()).body if init.exists() else ():
        if isinstance(node, ast.ImportFrom) and node.level == 1:
            room = folder.joinpath(*(node.module or "").split("."))
            there = {alias.name: room / f"{alias.name}.py" for alias in node.names}
            found |= _imported(room) if "*" in there else there
    return found


def _in_browser(tree):
    """Return the functions of a file that start a browser, by themselves or by others of the file."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    names, found = set(BROWSER), set()
    while more := [function for function in functions if function not in found and _uses(function, names)]:
        found.update(more)
        names.update(function.name for function in more)
    return found


def _uses(function, names):
    return any(isinstance(node, ast.Attribute) and node.attr in names for node in ast.walk(function))


def _tags(node):
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", getattr(decorator.func, "attr", "")) == "tagged":
            for arg in decorator.args:
                if isinstance(arg, ast.Constant):
                    yield arg.value


def matcher(expression):
    """Return a predicate on text for a `-k` expression: words joined by and, or, not and brackets."""
    if not expression:
        return lambda text: True
    code = re.sub(r"[^\s()]+", lambda m: m[0] if m[0] in ("and", "or", "not") else f"({m[0].lower()!r} in text)", expression)
    try:
        compiled = compile(code, "-k", "eval")
    except SyntaxError:
        raise Problem(
            f"-k does not understand «{expression}».", "Words joined by and, or, not: -k 'deadline and not holiday'"
        ) from None
    return lambda text: bool(eval(compiled, {"__builtins__": {}}, {"text": text}))  # noqa: S307 - our own words only


def select(addon, files_wanted=(), expression=""):
    """Return the methods of an addon that lie in the files wanted (none: all) and match the expression."""
    matches = matcher(expression)
    return [m for m in methods(addon) if (not files_wanted or m.file in files_wanted) and matches(m.words)]
