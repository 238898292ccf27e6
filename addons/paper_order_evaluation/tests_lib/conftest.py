# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Load this addon's lib/ by path as ``paper_order_evaluation_lib``: no Odoo, no clash with another lib/."""

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

NAME = "paper_order_evaluation_lib"
LIB = Path(__file__).parent.parent / "lib"


def _load_lib():
    if NAME not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            NAME, LIB / "__init__.py", submodule_search_locations=[str(LIB)]
        )
        sys.modules[NAME] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)


_load_lib()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Keep pytest from importing the addon's own ``__init__.py``: that one needs Odoo."""
    for item in items:
        if Path(__file__).parent not in item.path.parents:
            continue
        for node in item.listchain():
            if isinstance(node, pytest.Package):
                node.setup = lambda: None


# pytest-odoo, where it is installed, loads a database before any test. Plain Python has none.
@pytest.fixture(scope="session", autouse=True)
def load_registry():
    """Replace the fixture of pytest-odoo for this folder."""


@pytest.fixture(scope="session", autouse=True)
def load_http():
    """Replace the fixture of pytest-odoo for this folder."""


@pytest.fixture(scope="module", autouse=True)
def enable_odoo_test_flag():
    """Replace the fixture of pytest-odoo for this folder."""
