# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import random
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from paper_order_intake_lib.orderbook import (
    OrderBookError,
    OrderRow,
    content_key,
    read_order_book,
)

FIXTURES = Path(__file__).parent / "fixtures"
# The whole collection, where it lies beside the repository.
SHARED = Path(__file__).parents[3].parent / "shared" / "orderbooks"
BOOKS = sorted(FIXTURES.glob("*.dat")) + sorted(SHARED.glob("*.dat"))
HEAD = """Master Reel Width
2540
Grade(g/m2)
200
Thickness(microm)
260
FabReq Width(mm) Length(mm) Weigth(Kg) Toler. DiamExt DiamInt(mm)
"""
GOOD = "4890 890 860 2000 0.2 0 0 0 0"


def read(*rows, head=HEAD, newline="\n", filename="orders.dat"):
    text = head + "\n".join(rows) + "\n"
    return read_order_book(text.replace("\n", newline).encode(), filename)


def oracle(path):
    """Rows and kilograms as awk would count them: NF and $4 of each line below the header."""
    fields = [line.split() for line in path.read_text().split("\n")[7:]]
    fields = [each for each in fields if each]
    return len(fields), sum(Decimal(each[3].replace(",", ".")) for each in fields)


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_totals_equal_the_files(path):
    """R3.1.2: every row of every real order book is in the result, with all its kilograms."""
    book = read_order_book(path.read_bytes(), path.name)
    rows, kg = oracle(path)
    assert book.unreadable == []
    assert book.totals()["total"] == {"rows": rows, "kg": kg}
    assert len(book.rows) + len(book.errors) == rows
    assert (book.deckle_mm, book.basis_weight, book.caliper_um) == tuple(
        Decimal(path.read_text().split("\n")[line]) for line in (1, 3, 5)
    )


def test_the_fixtures_are_there():
    """R3.1.1: the two shipped books are read even where the whole collection is not at hand."""
    assert {path.name for path in BOOKS} >= {"of20003.dat", "of250lp01.dat"}


def test_the_whole_collection_is_read():
    """R3.1.2: all the mill's order books are read, and it is said where they are not at hand."""
    if not SHARED.is_dir():
        pytest.skip("the whole collection of order books is not beside the repository")
    assert sum(path.parent == SHARED for path in BOOKS) >= 6


def test_the_recorded_contradiction():
    """R3.2.1: the recorded range from 1000 to 110 mm is questioned, and keeps its order row."""
    book = read_order_book((FIXTURES / "of20003.dat").read_bytes(), "of20003.dat")
    (problem,) = book.errors
    assert (problem.line_no, problem.number, problem.kind) == (17, "4909", "contradiction")
    assert (problem.code, problem.params) == (
        "diameter_range_backwards",
        {"min": Decimal(1000), "max": Decimal(110)},
    )
    assert problem.row.weight_kg == 3500
    assert [row.number for row in book.rows][-3:] == ["4910", "4911", "4912"]
    assert book.rows[-1].missing == ()
    assert book.totals()["order"] == {"rows": 12, "kg": Decimal(48464)}


def test_one_row_in_full():
    """R3.1.1: every column of a row lands in its own field."""
    (row,) = read("4909 550 0 3500,5 0,15 1000 1100 100 7").rows
    raw = "4909 550 0 3500,5 0,15 1000 1100 100 7"
    numbers = [Decimal(x) for x in ("550", "0", "3500.5", "0.15", "1000", "1100", "100")]
    header = [Decimal(x) for x in (200, 260, 2540)]
    assert row == OrderRow(8, "4909", *numbers, raw, *header)
    assert row.format == "reel"


@pytest.mark.parametrize(
    ("row", "code", "params"),
    [
        ("4890 890 860 2000 0.2", "too_few_columns", {"found": 5, "expected": 9}),
        ("4890 890 860 2000 0.2 0 0 0", "too_few_columns", {"found": 8, "expected": 9}),
        ("x", "too_few_columns", {"found": 1, "expected": 9}),
        ("4890 890 860 2000 0, 2 0 0 0 0", "too_many_columns", {"found": 10, "expected": 9}),
        ("1 wide 860 2 0.2 0 0 0 0", "not_a_number", {"field": "width_mm", "value": "wide"}),
        ("1 8 860 1e3 0.2 0 0 0 0", "not_a_number", {"field": "weight_kg", "value": "1e3"}),
        ("1 8 860 1.000,5 0.2 0 0 0 0", "not_a_number", {"field": "weight_kg", "value": "1.000,5"}),
        ("1 8 860 2 0.2 0 0 0x 0", "not_a_number", {"field": "core_mm", "value": "0x"}),
        ("1 8 nan 2 0.2 0 0 0 0", "not_finite", {"field": "length_mm", "value": "nan"}),
        ("1 8 6 -INF 0.2 0 0 0 0", "not_finite", {"field": "weight_kg", "value": "-INF"}),
        ("1 -8 860 2 0.2 0 0 0 0", "negative", {"field": "width_mm", "value": "-8"}),
        ("1 8 860 -2000 0.2 0 0 0 0", "negative", {"field": "weight_kg", "value": "-2000"}),
        ("1 8 860 2 -0.2 0 0 0 0", "negative", {"field": "tolerance", "value": "-0.2"}),
        ("1 8 860 2 1 0 0 0 0", "tolerance_out_of_range", {"value": "1"}),
        ("1 8 860 2 20 0 0 0 0", "tolerance_out_of_range", {"value": "20"}),
        (
            "1 8 860 12,267 0.2 0 0 0 0",
            "ambiguous_number",
            {"field": "weight_kg", "value": "12,267"},
        ),
        (f"1 {'9' * 30} 860 2 0.2 0 0 0 0", "out_of_range", {"field": "width_mm"}),
        (f"1 {'9' * 5000} 860 2 0.2 0 0 0 0", "out_of_range", {"field": "width_mm"}),
        (f"{'9' * 65} 8 860 2 0.2 0 0 0 0", "out_of_range", {"field": "number"}),
    ],
)
def test_unreadable_rows(row, code, params):
    """R3.2.1: a row that cannot be read is kept with its line and the reason; the others go on."""
    book = read(GOOD, row, GOOD.replace("4890", "4891"))
    (problem,) = book.errors
    assert (problem.line_no, problem.kind, problem.raw) == (9, "unreadable", row[:4000])
    assert (problem.code, problem.params) == (code, params)
    assert problem.row is None
    assert problem.message
    assert [each.number for each in book.rows] == ["4890", "4891"]


def test_all_unreadable_cells_are_named():
    """R3.2.1: one look at the message is enough to correct the row."""
    (problem,) = read("1 a b 2 0.2 0 0 0 0").errors
    assert [params["field"] for _code, params in problem.reasons] == ["width_mm", "length_mm"]


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("1 550 0 3500 0.15 1000 110 100 0", ["diameter_range_backwards"]),
        ("1 2541 860 2000 0.2 0 0 0 0", ["width_above_deckle"]),
        ("1 550 0 3500 0.15 100 1100 100 0", ["core_not_below_outside"]),
        ("1 550 0 3500 0.15 0 1100 1100 0", ["core_not_below_outside"]),
        ("1 550 860 3500 0.15 0 0 100 0", ["sheet_with_reel_figures"]),
        ("1 550 860 3500 0.15 1000 0 0 0", ["sheet_with_reel_figures"]),
        (
            "1 2600 860 3500 0.15 1000 110 200 0",
            [
                "diameter_range_backwards",
                "width_above_deckle",
                "core_not_below_outside",
                "sheet_with_reel_figures",
            ],
        ),
    ],
)
def test_contradictions(row, codes):
    """R3.2.1: a row that contradicts itself is a question to the customer, with all its reasons."""
    (problem,) = read(row).errors
    assert (problem.kind, [code for code, _params in problem.reasons]) == ("contradiction", codes)
    assert problem.row.number == "1"
    assert problem.message


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        ("1 2540 860 2000 0 0 0 0 0", ()),
        ("1 550 0 3500 0.15 1000 1000 100 0", ()),
        ("1 550 0 3500 0.15 0 0 0 0", ("diameter_min_mm", "diameter_max_mm", "core_mm")),
        ("1 550 0 3500 0.15 1000 0 100 0", ("diameter_max_mm",)),
        ("1 0 860 0 0.15 0 0 0 0", ("width_mm", "weight_kg")),
    ],
)
def test_incomplete_is_no_contradiction(row, missing):
    """R3.2.1: an order without a diameter is an order to complete, not a wrong one."""
    book = read(row)
    assert book.errors == []
    assert book.rows[0].missing == missing


def test_number_again_with_other_content():
    """R3.1.1: a number that stands again with other content is a further item of the same request."""
    book = read("1 550 860 3500 0.1 0 0 0 0", GOOD, "1 550 860 3600 0.1 0 0 0 0")
    assert [(row.line_no, row.number) for row in book.rows] == [(8, "1"), (9, "4890"), (10, "1")]
    assert book.errors == []
    assert len({entry.key for entry in book.entries()}) == 3


def test_duplicate_row():
    """R3.2.1: the same row again is no second order, however its numbers are written."""
    book = read(GOOD, "4890 890,0 860 2000 0,20 0 0 0 5")
    assert [row.line_no for row in book.rows] == [8]
    assert [(p.line_no, p.code, p.params["first_line"]) for p in book.errors] == [
        (9, "duplicate_row", 8)
    ]
    book = read(GOOD, GOOD, GOOD.replace("2000", "2001"))
    assert [row.line_no for row in book.rows] == [8, 10]
    assert [[code for code, _params in p.reasons] for p in book.errors] == [["duplicate_row"]]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_encodings_and_line_ends(newline, encoding):
    """R3.1.1: the same book from DOS, Unix or an old Mac is the same book."""
    text = (FIXTURES / "of20003.dat").read_text()
    data = text.replace("\n", newline).encode(encoding)
    book, expected = read_order_book(data), read_order_book(text.encode())
    assert book == expected
    assert [entry.key for entry in book.entries()] == [entry.key for entry in expected.entries()]


@pytest.mark.parametrize("filename", ["x.dat", "x.txt", ""])
def test_tabs_blanks_and_end_of_file_mark(filename):
    """R3.1.1: columns need no alignment: tabs, several of them, blank lines, a final Ctrl-Z."""
    head = HEAD.replace(" ", "\t").replace("Master\tReel\tWidth", "Master Reel Width")
    rows = ["", "\t4890\t\t890 860\t2000\t0,2\t0\t0\t0\t0\t", "   ", "\x1a"]
    book = read(*rows, head=head, filename=filename)
    assert [(row.line_no, row.width_mm) for row in book.rows] == [(9, 890)]
    assert book.errors == []


def test_one_decimal_mark_a_file():
    """R3.1.1: what may be thousands is a decimal only where the file writes decimals so."""
    assert read("1 5 6 12,267 0,1 0 0 0 0").rows[0].weight_kg == Decimal("12.267")
    assert read("1 5 6 12.267 0.1 0 0 0 0").rows[0].weight_kg == Decimal("12.267")
    assert read("1 5 6 12,267 0 0 0 0 0").errors[0].code == "ambiguous_number"
    assert read("1 5 6 12.267 0,1 0 0 0 0").errors[0].code == "ambiguous_number"
    assert read("1 5 6 0,075 0 0 0 0 0").rows[0].weight_kg == Decimal("0.075")
    assert read("1 5 6 2004,5 0.1 0 0 0 0").rows[0].weight_kg == Decimal("2004.5")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not_text"),
        (b"\xff\xff\xff", "not_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b"PK\x03\x04 broken", "bad_workbook"),
        (b"hello\nworld\n", "no_header"),
        (GOOD.encode(), "no_header"),
        (HEAD.replace("Grade(g/m2)\n200\n", "").encode(), "missing_figures"),
        (HEAD.replace("\n200\n", "\n").encode(), "missing_figures"),
        (HEAD.replace("2540", "wide").encode(), "bad_figure"),
        (HEAD.replace("2540", "0").encode(), "bad_figure"),
        (HEAD.replace("2540", "2.540").encode(), "bad_figure"),
        (HEAD.replace("260", "-260").encode(), "bad_figure"),
        (HEAD.replace("Width(mm) Length(mm)", "Length(mm) Width(mm)").encode(), "column_order"),
        (HEAD.replace("Weigth(Kg)", "Weigth(lb)").encode(), "unknown_unit"),
        (HEAD.replace("Grade(g/m2)", "Grade(lb/ream)").encode(), "unknown_unit"),
        ((HEAD + (GOOD + "\n") * 20_001).encode(), "too_many_rows"),
        (b"x" * (10 * 2**20 + 1), "too_large"),
    ],
)
def test_whole_file_errors(data, code):
    """R3.1.1: a file that is no order book is refused with one clear sentence."""
    with pytest.raises(OrderBookError) as caught:
        read_order_book(data, "orders.dat")
    assert caught.value.code == code
    assert str(caught.value).endswith(".")
    assert "{" not in str(caught.value)


def test_labels_with_their_figure_in_one_line():
    """R3.1.1: "Grade(g/m2): 200" is as good as two lines."""
    head = re.sub(r"\n(2540|200|260)\n", r": \1\n", HEAD)
    assert (
        read(GOOD, head=head) == read_order_book((head + GOOD + "\n").encode())
        and read(GOOD, head=head).basis_weight == 200
    )


def test_header_without_orders():
    """R3.1.1: a book without orders is a book with none."""
    book = read_order_book(HEAD.encode())
    assert (book.rows, book.errors, book.deckle_mm) == ([], [], 2540)


def test_the_same_file_again_has_the_same_keys():
    """R3.1.2: keys are the same for the same rows, and differ within a file even for equal rows."""
    rows = [GOOD, GOOD, "x", "x", "1 550 0 3500 0.15 1000 110 100 0"]
    first, again = read(*rows), read("", *reversed(rows))
    keys = [entry.key for entry in first.entries()]
    assert len(set(keys)) == len(rows)
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in keys)
    assert sorted(keys) == sorted(entry.key for entry in again.entries())
    assert [entry.kind for entry in first.entries()] == [
        "order",
        "contradiction",
        "unreadable",
        "unreadable",
        "contradiction",
    ]


def test_another_header_is_another_order():
    """R3.1.1: the same row for another basis weight is not the same order."""
    one, other = read(GOOD), read(GOOD, head=HEAD.replace("200", "210"))
    assert content_key(one.rows[0]) != content_key(other.rows[0])
    assert content_key(one.rows[0]) == content_key(one.rows[0], one)


TOKENS = st.one_of(
    st.sampled_from(
        ["0", "890", "0,2", "0.2", "nan", "-1", "1e9", "2.500", "x", "＃", "4890", "1000"]
    ),
    st.text(max_size=6),
    st.integers(0, 3000).map(str),
)
ROWS = st.one_of(
    st.lists(TOKENS, max_size=11).map(" ".join),
    st.text(max_size=60),
    st.just(GOOD),
)


@given(st.lists(ROWS, max_size=15), st.sampled_from(["\n", "\r\n"]))
@example(["4890 \ufeff", "\x0c", "\u2028 1"], "\n")
def test_no_row_vanishes(rows, newline):
    """R3.1.2: whatever the lines hold, each non-empty one is an order or a problem, once."""
    rows = [re.sub(r"[\r\n]", "", row).encode("utf-8", "replace").decode() for row in rows]
    rows = [row.replace("\0", "").replace("\x1a", "") for row in rows]
    book = read(*rows, newline=newline)
    expected = [number for number, row in enumerate(rows, start=8) if row.strip()]
    got = [item.line_no for item in [*book.rows, *book.errors]]
    assert sorted(got) == expected
    entries = book.entries()
    assert [entry.line_no for entry in entries] == expected
    assert len({entry.key for entry in entries}) == len(expected)
    assert book.totals()["total"]["rows"] == len(expected)
    assert all(problem.message for problem in book.errors)


@given(st.binary(max_size=400), st.sampled_from(["", "x.dat", "x.csv", "x.xlsx"]))
def test_bytes_never_crash(data, filename):
    """R3.1.2: any upload is answered, by a book or by a named error."""
    for prefix in (b"", HEAD.encode(), b"PK\x03\x04"):
        try:
            read_order_book(prefix + data, filename)
        except OrderBookError as error:
            assert str(error)


@given(st.randoms(use_true_random=False))
def test_damaged_copies_lose_nothing(rng: random.Random):
    """R3.1.2: a damaged copy of a real book has as many entries as the book has rows."""
    lines = (FIXTURES / "of20003.dat").read_text().rstrip("\n").split("\n")
    for _i in range(rng.randint(1, 8)):
        place = rng.randrange(7, len(lines))
        row = list(lines[place])
        row[rng.randrange(len(row))] = rng.choice("0123456789.,-x \t")
        lines[place] = "".join(row)
    book = read_order_book("\n".join(lines).encode(), "copy.dat")
    assert len(book.entries()) == sum(bool(line.strip()) for line in lines[7:])
