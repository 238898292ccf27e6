# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import doctest
import importlib
from itertools import product
from pathlib import Path

import pytest

LIB = Path(__file__).parent.parent / "lib"
MODULES = sorted(path.stem for path in LIB.glob("*.py") if path.stem != "__init__")


@pytest.mark.parametrize("name", MODULES)
def test_doctests(name):
    """R3.3.1: the examples of the panel's arithmetic hold."""
    result = doctest.testmod(importlib.import_module(f"paper_order_evaluation_lib.{name}"))
    assert result.attempted > 0
    assert result.failed == 0


def test_every_panel():
    """R3.3.1: over every panel there is: owed while one is owed, failed by one no, conditional by one condition."""
    panel = importlib.import_module("paper_order_evaluation_lib.panel")
    for verdicts in product(("yes", "conditional", "no", None), repeat=len(panel.DIMENSIONS)):
        result = panel.panel_result(verdicts)
        if None in verdicts:
            assert result is None
        elif "no" in verdicts:
            assert result == panel.FAILED
        else:
            assert result == (panel.CONDITIONAL if "conditional" in verdicts else panel.PASSED)
