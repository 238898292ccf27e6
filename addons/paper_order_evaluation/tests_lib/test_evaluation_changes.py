# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What changed in an order, over generated orders."""

import importlib

from hypothesis import given
from hypothesis import strategies as st

changes = importlib.import_module("paper_order_evaluation_lib.changes")
panel = importlib.import_module("paper_order_evaluation_lib.panel")
LINE_NAMES = ["product_id", "price_unit", "width", "basis_weight", "paper_unit", "quality_requirement"]
LINES = st.lists(st.fixed_dictionaries({name: st.sampled_from("abc") for name in LINE_NAMES}), max_size=6)
ORDERS = st.builds(lambda date, lines: {"commitment_date": date, "lines": lines}, st.sampled_from("xyz"), LINES)


@given(ORDERS, st.randoms())
def test_the_order_of_lines_does_not_matter(order, random):
    """R3.3.1: the same lines in another order are no change."""
    shuffled = list(order["lines"])
    random.shuffle(shuffled)
    assert changes.changed_fields(order, {**order, "lines": shuffled}) == set()


@given(ORDERS, ORDERS)
def test_no_change_goes_unseen(before, after):
    """R3.3.1: nothing is reported exactly if both hold the same, and then nobody answers again."""
    same = before["commitment_date"] == after["commitment_date"] and sorted(
        map(repr, before["lines"])
    ) == sorted(map(repr, after["lines"]))
    found = changes.changed_fields(before, after)
    assert (not found) == same
    assert (not changes.touched_dimensions(found)) == same


@given(ORDERS, st.data())
def test_one_changed_figure(order, data):
    """R3.3.1: one figure of one line that becomes a new value is found by its name, whatever the other lines are."""
    if not order["lines"]:
        return
    index = data.draw(st.integers(0, len(order["lines"]) - 1))
    name = data.draw(st.sampled_from(LINE_NAMES))
    lines = [dict(line) for line in order["lines"]]
    lines[index][name] = "new"
    assert changes.changed_fields(order, {**order, "lines": lines}) == {name}


@given(ORDERS)
def test_lines_that_come_and_go(order):
    """R3.3.1: a new line, and one that is gone, ask everybody again."""
    more = {**order, "lines": [*order["lines"], dict.fromkeys(LINE_NAMES, "a")]}
    assert changes.changed_fields(order, more) == {changes.LINE}
    assert changes.changed_fields(more, order) == {changes.LINE}
    assert changes.touched_dimensions({changes.LINE}) == list(panel.DIMENSIONS)


@given(st.sets(st.sampled_from([*changes.TOUCHED, "something_new"])), st.sets(st.sampled_from(list(changes.TOUCHED))))
def test_more_changes_touch_no_fewer(one, other):
    """R3.3.1: the map of fields and dimensions is monotonous, and names dimensions of the panel alone."""
    touched = set(changes.touched_dimensions(one))
    assert touched <= set(changes.touched_dimensions(one | other)) <= set(panel.DIMENSIONS)
    if "something_new" in one:
        assert touched == set(panel.DIMENSIONS)


@given(
    st.dictionaries(st.sampled_from(panel.DIMENSIONS), st.sampled_from(["yes", "conditional", "no", None])),
    st.integers(1, 5),
    st.sets(st.sampled_from(panel.DIMENSIONS)),
)
def test_quorum(verdicts, quorum, mandatory):
    """R3.3.1: owed until enough opinions and all mandatory ones are in; then failed by one no, else conditional by one."""
    given_ones = [verdict for verdict in verdicts.values() if verdict]
    result = panel.panel_result(verdicts, quorum, mandatory)
    if len(given_ones) < quorum or not all(verdicts.get(name) for name in mandatory):
        assert result is None
    elif "no" in given_ones:
        assert result == "failed"
    else:
        assert result == ("conditional" if "conditional" in given_ones else "passed")
