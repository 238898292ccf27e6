# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import importlib
from statistics import mean, stdev

from hypothesis import given
from hypothesis import strategies as st
from plain_lib import LibRules

scatter = importlib.import_module("paper_capacity_quality_lib.scatter")


class TestScatterLib(LibRules):
    """The modules of this addon's lib/."""


@given(st.lists(st.floats(0, 1000), min_size=2, max_size=40), st.floats(0.5, 6))
def test_range_holds_what_it_should(readings, spread):
    """R3.3.4: the mean lies in the range, Chebyshev's share of the readings too, and nothing falls below zero."""
    low, high = scatter.natural_range(mean(readings), stdev(readings), spread, min(readings))
    assert 0 <= low <= mean(readings) + 1e-6 and high >= mean(readings) - 1e-6
    inside = sum(low - 1e-6 <= reading <= high + 1e-6 for reading in readings)
    assert inside / len(readings) >= 1 - 1 / spread**2 - 1e-9
