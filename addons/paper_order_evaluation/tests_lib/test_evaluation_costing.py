# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_order_evaluation_lib.costing import price_for_margin, result


@given(
    st.floats(1, 1e7), st.floats(0, 0.2), st.floats(-50, 60), st.floats(0, 0.9).map(lambda share: share * 0.1)
)
def test_price_at_the_lowest_margin(cost, share, percent, fixed):
    """R3.3.5: at the price that is told for a margin, the margin is that one."""
    revenue = price_for_margin(cost, share, percent)
    elements = {"material": cost * (1 - fixed), "machine": cost * fixed, "financing": revenue * share}
    assert result(revenue, elements)["margin_percent"] == pytest.approx(percent, abs=1e-6)
