# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files that somebody made to hurt the reader."""

import importlib

import pytest

columns = importlib.import_module("paper_order_intake_lib.orderbook.columns")
orderbook = importlib.import_module("paper_order_intake_lib.orderbook")


@pytest.mark.parametrize("storm", ["[" * 5_000_000, "(a" * 2_000_000, "[x](" * 1_000_000], ids=["brackets", "halves", "mixed"])
def test_bracket_storm(storm):
    """R3.1.1: a line of millions of brackets is no header; it does not keep the reader for the rest of the day."""
    assert columns.field_of(storm) == (None, "")
    with pytest.raises(orderbook.OrderBookError) as caught:
        orderbook.read_order_book(storm.encode(), "orders.csv")
    assert caught.value.code in ("no_header", "missing_figures")


@pytest.mark.parametrize("label", ["Width(mm)" + "[" * 80, "[" * 80 + "Width", "Width(((mm)))"])
def test_many_brackets_in_a_label(label):
    """R3.1.1: a short label with unmatched brackets is read or left, never an error."""
    assert columns.field_of(label)[0] in (None, "width_mm")
