# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import importlib
from itertools import product

from plain_lib import LibRules


class TestEvaluationLib(LibRules):
    """The modules of this addon's lib/."""


def test_every_panel():
    """R3.3.1: over every panel there is: owed while one is owed, failed by one no, conditional by one condition."""
    panel = importlib.import_module("paper_order_evaluation_lib.panel")
    for verdicts in product(("yes", "conditional", "no", None), repeat=len(panel.DIMENSIONS)):
        result = panel.panel_result(dict(zip(panel.DIMENSIONS, verdicts, strict=True)))
        if None in verdicts:
            assert result is None
        elif "no" in verdicts:
            assert result == panel.FAILED
        else:
            assert result == (panel.CONDITIONAL if "conditional" in verdicts else panel.PASSED)
