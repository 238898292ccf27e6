# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_order_intake_lib.arrival_text import normal_ref, storable
from paper_order_intake_lib.drop_folder import FolderError, folder_name_fault, open_folder, put_away, read_file
from paper_order_intake_lib.order_feed import FeedError, is_signed, read_feed_order, signature, split_feed, split_lines

ANY_TEXT = st.text(st.characters(exclude_categories=()))
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY_TEXT, inner, max_size=3),
    max_leaves=12,
)
KEYS = st.sampled_from(
    [
        "id",
        "number",
        "customer",
        "product",
        "width_mm",
        "weight_kg",
        "tolerance_percent",
        "delivery_date",
        "quality_requirement",
        "currency",
        "packing",
        "delivery_place",
        "lines",
    ]
)


@given(st.binary(max_size=60), st.binary(max_size=60), st.integers(0, 10**10), st.integers(-600, 600))
def test_only_this_body_at_this_time(body, other, stamp, off):
    """R3.1.2: a signature holds for its body, its secret and its time window, and for nothing else."""
    mark = signature("secret", str(stamp), body)
    assert is_signed(["old", "secret"], str(stamp), body, mark, stamp + off, 300) == (abs(off) <= 300)
    assert is_signed(["secret"], str(stamp), other, mark, stamp, 300) == (other == body)
    assert not is_signed(["other"], str(stamp), body, mark, stamp, 300)
    assert not is_signed(["secret"], str(stamp + 1), body, mark, stamp, 300)
    assert not is_signed([], str(stamp), body, mark, stamp, 300)


@given(st.lists(st.dictionaries(KEYS, ANY_JSON, max_size=6), min_size=1, max_size=4))
def test_any_orders_are_read_or_refused(orders):
    """R3.1.2: whatever an order of a feed holds, it is read, or says why not; nothing else is raised."""
    try:
        found = split_feed(json.dumps({"orders": orders}).encode())
    except FeedError as error:
        assert error.code and str(error)
        return
    assert 1 <= len(found) <= len(orders)
    for ref, text in found.items():
        assert ref == normal_ref(ref)
        try:
            items = split_lines(storable(text))
        except FeedError as error:
            assert error.code in ("bad_lines", "line_head")
            continue
        for item in items or [storable(text)]:
            order = read_feed_order(item)
            assert split_lines(item) == []
            assert bool(order.row) != bool([code for code, _params in order.problems if code != "not_a_date"])
            if order.row:
                assert order.row.weight_kg.is_finite() and order.row.weight_kg >= 0 and order.row.number
            for word in (order.number, order.product, order.quality, order.packing, order.place, *order.customer.values()):
                assert "\0" not in word
                word.encode()  # no lone surrogate


@given(st.binary(max_size=300))
def test_any_bytes_are_no_feed(body):
    """R3.1.2: bytes that are no list of orders are refused with a code."""
    try:
        split_feed(body)
    except FeedError as error:
        assert error.code


@given(st.dictionaries(KEYS, st.integers() | st.text(max_size=5), min_size=1), st.randoms())
def test_the_order_of_keys_does_not_matter(order, chance):
    """R3.1.2: the same order written with its keys in another order is the same, not a conflict."""
    order["id"] = "A"
    keys = list(order)
    chance.shuffle(keys)
    first = split_feed(json.dumps([order]).encode())
    assert split_feed(json.dumps([{key: order[key] for key in keys}], indent=2).encode()) == first


@given(st.text(max_size=30))
def test_a_folder_name_never_leads_out(name):
    """R3.1.2: a folder name that is accepted lies below the root, whatever it is made of."""
    if folder_name_fault(name) is None:
        path = os.path.normpath(os.path.join("/srv/drop", name))
        assert path.startswith("/srv/drop/") and path != "/srv/drop"


def test_links_are_not_followed(tmp_path):
    """R3.1.2: neither a linked folder nor a linked file is read, and put away files never replace another."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.csv").write_text("secret")
    root = tmp_path / "root"
    root.mkdir()
    (root / "linked").symlink_to(outside)
    with pytest.raises(FolderError):
        open_folder(root, "linked")
    folder = open_folder(root, "in")
    (folder / "a.csv").symlink_to(outside / "a.csv")
    assert read_file(folder, "a.csv") is None
    (folder / "a.csv").unlink()
    for content in ("1", "2"):
        (folder / "a.csv").write_text(content)
        put_away(folder, "a.csv", "done")
    assert sorted(path.read_text() for path in (folder / "done").iterdir()) == ["1", "2"]
