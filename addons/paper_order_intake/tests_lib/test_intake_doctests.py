# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import ast
import doctest
import importlib
from pathlib import Path

import pytest

LIB = Path(__file__).parent.parent / "lib"
MODULES = sorted(path.stem for path in LIB.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", MODULES)
def test_doctests(name):
    """The examples in the docstrings, hold."""
    module = importlib.import_module(f"paper_order_intake_lib.{name}")
    result = doctest.testmod(module, optionflags=doctest.IGNORE_EXCEPTION_DETAIL)
    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("name", ["__init__", *MODULES])
def test_no_odoo_import(name):
    """lib/ is plain Python: no module of it imports odoo."""
    for node in ast.walk(ast.parse((LIB / f"{name}.py").read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [node.module]
        assert not any(each.split(".")[0] == "odoo" for each in names)


@pytest.mark.parametrize("name", MODULES)
def test_public_functions_have_docstrings(name):
    """Every public function and class says what goes in and out."""
    module = importlib.import_module(f"paper_order_intake_lib.{name}")
    for key, value in vars(module).items():
        if not key.startswith("_") and callable(value) and value.__module__ == module.__name__:
            assert value.__doc__, key
