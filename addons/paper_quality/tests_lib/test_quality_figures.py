# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Statistics, rounding and control charts against numpy and published series."""

import math
from decimal import Decimal

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_quality_lib.readings import rounded, summary
from paper_quality_lib.spc import alarms, c4, capability, limits, points

FIGURES = st.floats(min_value=-1e5, max_value=1e5, allow_nan=False).map(lambda value: round(value, 3))
# Montgomery, Introduction to Statistical Quality Control, table 6.3: inside diameters of piston rings, 25 samples of five (mm).
RINGS = [
    [74.030, 74.002, 74.019, 73.992, 74.008], [73.995, 73.992, 74.001, 74.011, 74.004], [73.988, 74.024, 74.021, 74.005, 74.002],
    [74.002, 73.996, 73.993, 74.015, 74.009], [73.992, 74.007, 74.015, 73.989, 74.014], [74.009, 73.994, 73.997, 73.985, 73.993],
    [73.995, 74.006, 73.994, 74.000, 74.005], [73.985, 74.003, 73.993, 74.015, 73.988], [74.008, 73.995, 74.009, 74.005, 74.004],
    [73.998, 74.000, 73.990, 74.007, 73.995], [73.994, 73.998, 73.994, 73.995, 73.990], [74.004, 74.000, 74.007, 74.000, 73.996],
    [73.983, 74.002, 73.998, 73.997, 74.012], [74.006, 73.967, 73.994, 74.000, 73.984], [74.012, 74.014, 73.998, 73.999, 74.007],
    [74.000, 73.984, 74.005, 73.998, 73.996], [73.994, 74.012, 73.986, 74.005, 74.007], [74.006, 74.010, 74.018, 74.003, 74.000],
    [73.984, 74.002, 74.003, 74.005, 73.997], [74.000, 74.010, 74.013, 74.020, 74.003], [73.982, 74.001, 74.015, 74.005, 73.996],
    [74.004, 73.999, 73.990, 74.006, 74.009], [74.010, 73.989, 73.990, 74.009, 74.014], [74.015, 74.008, 73.993, 74.000, 74.010],
    [73.982, 73.984, 73.995, 74.017, 74.013],
]  # fmt: skip


@given(st.lists(FIGURES, min_size=2, max_size=40))
def test_statistics_are_those_of_numpy(values):
    """n, mean, least, greatest, s and CV: R5.3.2."""
    found = summary(values)
    assert (found.n, found.lowest, found.highest) == (len(values), min(values), max(values))
    assert math.isclose(found.mean, float(numpy.mean(values)), rel_tol=1e-9, abs_tol=1e-9)
    assert math.isclose(found.deviation, float(numpy.std(values, ddof=1)), rel_tol=1e-7, abs_tol=1e-7)


@given(FIGURES, st.sampled_from(["0.01", "0.1", "0.2", "0.5", "1", "2", "5", "20"]))
def test_rounding_is_to_the_nearest_multiple(value, interval):
    """A rounded figure is a multiple, no more than half an interval away, and stays when it is rounded again: R6.1.1."""
    result, step = rounded(value, interval), Decimal(interval)
    assert Decimal(str(result)) % step == 0
    assert abs(Decimal(str(result)) - Decimal(str(value))) <= step / 2
    assert rounded(result, interval) == result


def test_rounding_goes_to_even_where_it_is_tied():
    """GB/T 8170-2008: five with nothing behind it goes to the even digit, and nothing is rounded twice: R6.1.1."""
    assert [rounded(value, "0.1") for value in (1.050, 0.35, 12.149, 15.454, 15.4546)] == [1.0, 0.4, 12.1, 15.5, 15.5]
    assert rounded(15.4546, "1") == 15.0


def test_published_xbar_r_and_s():
    """The worked limits of the piston rings, of ranges and of deviations: R5.3.2."""
    by_range, by_deviation = limits("xr", RINGS), limits("xs", RINGS)
    assert round(by_range.centre, 3) == 74.001
    assert (round(by_range.lower, 3), round(by_range.upper, 3)) == (73.988, 74.015)
    assert (round(by_range.spread, 3), round(by_range.spread_upper, 3), by_range.spread_lower) == (0.023, 0.049, 0.0)
    assert (round(by_deviation.lower, 3), round(by_deviation.upper, 3)) == (73.988, 74.015)
    assert (round(by_deviation.spread, 4), round(by_deviation.spread_upper, 4)) == (0.0094, 0.0196)
    means, _ranges = points("xr", RINGS)
    assert alarms(means, by_range) == []
    # Specification 74.000 ± 0.050 mm: Cp 1.66 by sigma 0.0099 or 0.0100.
    cp, _cpk = capability(by_range.centre, by_range.sigma, 73.95, 74.05)
    assert 1.65 <= cp <= 1.69


@pytest.mark.parametrize(("n", "value"), [(2, 0.7979), (3, 0.8862), (5, 0.9400), (10, 0.9727), (25, 0.9896)])
def test_c4_is_the_tabulated_one(n, value):
    """The constant of deviations: R5.3.2."""
    assert round(c4(n), 4) == value


def test_charts_need_equal_subgroups():
    """A chart of unequal or too small subgroups has no limits."""
    for kind, groups in (("xr", [[1, 2], [1, 2, 3]]), ("xs", [[1]]), ("imr", [[1]]), ("xr", [])):
        with pytest.raises(ValueError):
            limits(kind, groups)
