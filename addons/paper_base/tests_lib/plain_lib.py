# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the plain tests of every addon's ``lib/`` share: how it is loaded without Odoo, and what each of its modules must hold.

An addon's ``tests_lib/conftest.py`` imports everything from here and calls ``load_lib``; a test class takes the rules with
``class TestLib(LibRules)``.
"""

import ast
import doctest
import importlib.util
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples on each run; a slow or busy machine is no failure. Search for new ones with
# --hypothesis-profile=paper-search.
SLOW = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "database": None}
settings.register_profile("paper", derandomize=True, **SLOW)
settings.register_profile("paper-search", max_examples=2000, **SLOW)
settings.load_profile("paper")


def load_lib(conftest):
    """Load the ``lib/`` beside a ``tests_lib/conftest.py`` by path, as ``<addon>_lib``: no clash with another addon's."""
    addon = Path(conftest).parent.parent
    name, lib = f"{addon.name}_lib", addon / "lib"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, lib / "__init__.py", submodule_search_locations=[str(lib)])
        sys.modules[name] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)


def lib_modules(test_file):
    """Return the paths of the modules that the tests beside them are about."""
    lib = Path(test_file).parent.parent / "lib"
    return sorted(path for path in lib.rglob("*.py") if path.stem != "__init__")


def pytest_generate_tests(metafunc):
    if "lib_path" in metafunc.fixturenames:
        metafunc.parametrize("lib_path", lib_modules(metafunc.module.__file__), ids=lambda path: path.stem)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Keep pytest from importing an addon's own ``__init__.py``: that one needs Odoo."""
    for item in items:
        if item.path.parent.name == "tests_lib":
            for node in item.listchain():
                if isinstance(node, pytest.Package):
                    node.setup = lambda: None


# pytest-odoo, where it is installed, loads a database before any test. Plain Python has none.
@pytest.fixture(scope="session", autouse=True)
def load_registry():
    """Replace the fixture of pytest-odoo for the folder."""


@pytest.fixture(scope="session", autouse=True)
def load_http():
    """Replace the fixture of pytest-odoo for the folder."""


@pytest.fixture(scope="module", autouse=True)
def enable_odoo_test_flag():
    """Replace the fixture of pytest-odoo for the folder."""


class LibRules:
    """What holds for each module of a ``lib/``."""

    def test_doctests(self, lib_path):
        """The examples in the docstrings, with all vectors of the trade, hold."""
        result = doctest.testmod(_imported(lib_path), optionflags=doctest.IGNORE_EXCEPTION_DETAIL)
        assert result.attempted > 0
        assert result.failed == 0

    def test_no_odoo_import(self, lib_path):
        """lib/ is plain Python: no module of it imports odoo."""
        for path in (lib_path, lib_path.with_name("__init__.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                names = []
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    names = [node.module]
                assert not any(each.split(".")[0] == "odoo" for each in names)

    def test_public_functions_have_docstrings(self, lib_path):
        """Every public function and class says what goes in and out."""
        module = _imported(lib_path)
        for key, value in vars(module).items():
            if not key.startswith("_") and callable(value) and value.__module__ == module.__name__:
                assert value.__doc__, key


def _imported(lib_path):
    folders = lib_path.parts
    place = len(folders) - 1 - folders[::-1].index("lib")
    return importlib.import_module(".".join([f"{folders[place - 1]}_lib", *folders[place + 1 : -1], lib_path.stem]))
