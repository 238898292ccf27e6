# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import datetime
import io
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_order_intake_lib.orderbook import OrderBookError, read_order_book, source

BOOK = (Path(__file__).parent / "fixtures" / "of20003.dat").read_bytes()
LABELS = ["Master Reel Width", "Grade(g/m2)", "Thickness(microm)"]
ENGLISH = ["FabReq", "Width(mm)", "Length(mm)", "Weigth(Kg)", "Toler."]
ENGLISH += ["DiamExt from", "DiamExt to", "DiamInt(mm)"]
CHINESE = ["订单号", "幅宽", "长度", "重量", "公差", "外径下限", "外径上限", "芯径"]
DAT_HEADER = ["FabReq", "Width(mm)", "Length(mm)", "Weigth(Kg)", "Toler.", "DiamExt", "DiamInt(mm)"]


def dat_rows():
    return [line.split() for line in BOOK.decode().split("\n")[7:] if line.strip()]


def block(figures=("2540", "200", "260")):
    """The three labelled figures, as in a .dat file."""
    return [[cell] for pair in zip(LABELS, figures, strict=True) for cell in pair]


def csv_of(table, separator=";", mark="."):
    rows = [
        [cell if cell == "Toler." else cell.replace(".", mark) for cell in row] for row in table
    ]
    return "\n".join(separator.join(row) for row in rows) + "\n"


def xlsx_of(table, convert=None, title="Orders"):
    workbook = openpyxl.Workbook()
    workbook.active.title = title
    for row in table:
        workbook.active.append([convert(cell) if convert else cell for cell in row])
    return saved(workbook)


def saved(workbook):
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def number(cell):
    try:
        return float(cell)
    except ValueError:
        return cell


def content(book):
    """What a book says, without line numbers and raw text."""
    fields = "number width_mm length_mm weight_kg tolerance diameter_min_mm diameter_max_mm"
    names = f"{fields} core_mm basis_weight caliper_um deckle_mm".split()
    rows = [item for item in [*book.rows, *(problem.row for problem in book.contradictions)]]
    return [tuple(getattr(row, name) for name in names) for row in rows]


def rows_of(width):
    return [row[:width] for row in dat_rows()]


TABLES = {
    "english": [*block(), ENGLISH, *rows_of(8)],
    "chinese": [*block(), CHINESE, *rows_of(8)],
    "dat-header": [*block(), DAT_HEADER, *rows_of(9)],
    "dat-header-aligned": [*block(), [*DAT_HEADER[:6], "", "DiamInt(mm)"], *rows_of(8)],
    "labels-beside": [
        *([label, figure] for label, figure in zip(LABELS, ("2540", "200", "260"), strict=True)),
        [],
        ENGLISH,
        *rows_of(8),
    ],
    "columns": [
        [*CHINESE, "定量(g/m²)", "厚度（μm）", "母卷幅宽(mm)", "备注"],
        *([*row, "200", "260", "2540", "加急"] for row in rows_of(8)),
    ],
    "moved": [
        *block(),
        ["备注", *reversed(CHINESE)],
        *(["", *reversed(row)] for row in rows_of(8)),
    ],
    "percent": [
        *block(),
        [*CHINESE[:4], "公差(%)", *CHINESE[5:]],
        *([*row[:4], f"{Decimal(row[4]) * 100:f}", *row[5:]] for row in rows_of(8)),
    ],
}


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("kind", ["xlsx-text", "xlsx-numbers", "csv;", "csv;,", "csv,", "csv\t"])
def test_tables_say_what_the_text_says(name, kind):
    """R3.1.1: the same columns as .xlsx and .csv give the same orders and the same keys."""
    table = TABLES[name]
    if kind.startswith("xlsx"):
        data = xlsx_of(table, number if kind == "xlsx-numbers" else None)
    else:
        data = csv_of(table, kind[3], kind[4:] or ".").encode()
    book, expected = read_order_book(data, "orders.csv"), read_order_book(BOOK)
    assert content(book) == content(expected)
    assert [p.code for p in book.errors] == ["diameter_range_backwards"]
    assert (book.deckle_mm, book.basis_weight, book.caliper_um) == (2540, 200, 260)
    assert [e.key for e in book.entries()] == [e.key for e in expected.entries()]
    first = table.index(rows_of(9)[0]) if name == "dat-header" else len(table) - 13
    assert book.rows[0].line_no == first + 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv_encodings(encoding, newline):
    """R3.1.1: what Excel in China saves is read: GB18030, UTF-8 with BOM, UTF-16."""
    text = csv_of(TABLES["columns"]).replace("\n", newline)
    book = read_order_book(text.encode(encoding), "订单.csv")
    assert content(book) == content(read_order_book(BOOK))


def test_csv_decimal_comma_in_quotes():
    """R3.1.1: a quoted decimal comma between commas is read, a possible thousand is asked."""
    text = csv_of([*block(), ENGLISH], ",") + '1,5,6,"2004,5",0.2,0,0,0\n2,5,6,"2,004",0.2,0,0,0\n'
    book = read_order_book(text.encode(), "x.csv")
    assert book.rows[0].weight_kg == Decimal("2004.5")
    assert (book.errors[0].line_no, book.errors[0].code) == (9, "ambiguous_number")


def test_csv_bare_decimal_comma_is_too_many_columns():
    """R3.2.1: a decimal comma that splits its number is found out, not read as two figures."""
    text = csv_of([*block(), ENGLISH], ",") + "1,5,6,2004,0,2,0,0,0\n"
    (problem,) = read_order_book(text.encode(), "x.csv").errors
    assert (problem.code, problem.params) == ("too_many_columns", {"found": 9, "expected": 8})


def test_csv_unclosed_quote_swallows_nothing():
    """R3.1.2: a stray quote damages its own line only."""
    table = [*block(), ENGLISH, ['"1', *rows_of(8)[0][1:]], *rows_of(8)[1:3]]
    book = read_order_book(csv_of(table).encode(), "x.csv")
    assert [row.number for row in book.rows] == ["4891", "4892"]
    assert [problem.line_no for problem in book.errors] == [8]


def test_csv_short_row():
    """R3.2.1: a row that ends early is unreadable, a blank line or one of separators is none."""
    text = csv_of([*block(), ENGLISH, *rows_of(8)[:1]]) + ";;;;;;;\n\n9;8;7\n"
    book = read_order_book(text.encode(), "x.csv")
    assert len(book.rows) == 1
    assert [(p.line_no, p.number, p.code) for p in book.errors] == [(11, "9", "too_few_columns")]


def test_empty_cells_are_not_given():
    """R3.2.1: empty cells make an order incomplete; without a number it is unreadable."""
    table = [*block(), CHINESE, ["1", "800", "", "", "", "", "", ""], ["", "800"] + [""] * 6]
    for data in (csv_of(table).encode(), xlsx_of([[c or None for c in row] for row in table])):
        book = read_order_book(data, "x.csv")
        assert book.rows[0].missing == (
            "weight_kg",
            "diameter_min_mm",
            "diameter_max_mm",
            "core_mm",
        )
        assert [p.code for p in book.errors] == ["missing_number"]


def test_one_outside_diameter():
    """R3.1.1: a table with one outside diameter means exactly that."""
    table = [
        *block(),
        ["单号", "幅宽", "长度", "重量", "外径", "芯径"],
        "1 800 0 500 1000 76".split(),
    ]
    (row,) = read_order_book(csv_of(table).encode(), "x.csv").rows
    assert (row.diameter_min_mm, row.diameter_max_mm, row.core_mm) == (1000, 1000, 76)


def test_rows_of_several_grades():
    """R3.1.1: with basis weights by row, each order has its own and the book has none."""
    table = [[*CHINESE, "定量"], *([*row, str(200 + i)] for i, row in enumerate(rows_of(8)))]
    book = read_order_book(csv_of(table).encode(), "x.csv")
    assert [row.basis_weight for row in book.rows[:3]] == [200, 201, 202]
    assert (book.basis_weight, book.deckle_mm) == (None, None)
    assert book.rows[0].missing == ()
    assert book.rows[-1].missing == ("caliper_um",)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ([*block(), ENGLISH[:2] + ENGLISH[3:]], "missing_columns"),
        ([*block(), [*ENGLISH, "幅宽"]], "duplicate_column"),
        ([*block(), [*ENGLISH[:3], "Weight(t)", *ENGLISH[4:]]], "unknown_unit"),
        ([ENGLISH, *rows_of(8)], "missing_figures"),
        ([*block(("2540", "80 g", "1")), ENGLISH], "bad_figure"),
        ([["hello"], ["world"]], "no_header"),
    ],
)
def test_whole_table_errors(table, code):
    """R3.1.1: a table that cannot be understood is refused as a whole, by one sentence."""
    for data in (csv_of(table).encode(), xlsx_of(table)):
        with pytest.raises(OrderBookError) as caught:
            read_order_book(data, "x.csv")
        assert caught.value.code == code
        assert str(caught.value).endswith(".")


def test_formula_is_never_evaluated():
    """R3.2.1: a formula cell makes its row unreadable, even with a cached result."""
    table = [*block(), ENGLISH, *rows_of(8)[:3]]
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx_of(table, number)))
    workbook.active["D9"] = "=1000+1000"
    book = read_order_book(saved(workbook))
    assert [row.number for row in book.rows] == ["4890", "4892"]
    (problem,) = book.errors
    assert (problem.line_no, problem.number, problem.code) == (9, "4891", "formula")
    assert problem.params == {"cell": "D9"}
    assert "=1000+1000" in problem.raw
    workbook.active["A2"] = "=2540"
    with pytest.raises(OrderBookError) as caught:
        read_order_book(saved(workbook))
    assert caught.value.code == "bad_figure"


def test_array_formula():
    """R3.2.1: an array formula is a formula, with the same key each time it is read."""
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx_of([*block(), ENGLISH, *rows_of(8)], number)))
    workbook.active["D9"] = openpyxl.worksheet.formula.ArrayFormula("D9:D9", "=SUM(A1:A2*1)")
    data = saved(workbook)
    keys = [[entry.key for entry in read_order_book(data).entries()] for _i in range(2)]
    assert keys[0] == keys[1]
    assert read_order_book(data).unreadable[0].code == "formula"


def test_dates_booleans_errors_and_percents():
    """R3.2.1: dates, booleans and error values are no numbers; a percent cell is a fraction."""
    good = [number(cell) for cell in rows_of(8)[0]]
    rows = [list(good) for _i in range(5)]
    for index, row in enumerate(rows):
        row[0] = 100 + index
    rows[0][1], rows[1][1], rows[2][1] = datetime.date(2026, 1, 1), True, "#N/A"
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx_of([*block(), ENGLISH, *rows])))
    workbook.active["E12"].number_format = "0.00%"
    book = read_order_book(saved(workbook))
    assert [(p.number, p.code) for p in book.errors] == [
        ("100", "not_a_number"),
        ("101", "not_a_number"),
        ("102", "not_a_number"),
    ]
    assert [(row.number, row.tolerance) for row in book.rows] == [
        ("103", Decimal("0.2")),
        ("104", Decimal("0.2")),
    ]


def test_workbook_rows_keep_their_row_number():
    """R3.2.1: gaps in a sheet do not shift the row that a question names."""
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx_of([*block(), ENGLISH])))
    for place, row in zip((10, 500), rows_of(8), strict=False):
        for column, cell in enumerate(row, start=1):
            workbook.active.cell(place, column, cell)
    book = read_order_book(saved(workbook))
    assert [row.line_no for row in book.rows] == [10, 500]


def test_orders_on_two_sheets():
    """R3.1.2: orders on a second sheet are not silently left out; notes on one are no matter."""
    workbook = openpyxl.load_workbook(io.BytesIO(xlsx_of(TABLES["english"])))
    notes = workbook.create_sheet("Notes", 0)
    notes.append(["call us"])
    assert len(read_order_book(saved(workbook)).rows) == 12
    for row in TABLES["chinese"]:
        notes.append(row)
    with pytest.raises(OrderBookError) as caught:
        read_order_book(saved(workbook))
    assert caught.value.code == "several_tables"


def rezip(data, replace):
    """Copy a workbook with some members' bytes replaced or added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            if name not in replace:
                target.writestr(name, source.read(name))
        for name, content_bytes in replace.items():
            target.writestr(name, content_bytes)
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_zip_bomb_is_not_unpacked():
    """R3.1.1: a workbook that unpacks to more than the limit is refused by its declared size."""
    data = rezip(xlsx_of(TABLES["english"]), {"xl/media/bomb.xml": b" " * (51 * 2**20)})
    assert len(data) < 2**20
    with pytest.raises(OrderBookError) as caught:
        read_order_book(data)
    assert caught.value.code == "unsafe_workbook"
    many = {f"xl/media/{index}.png": b"" for index in range(1001)}
    with pytest.raises(OrderBookError) as caught:
        read_order_book(rezip(xlsx_of(TABLES["english"]), many))
    assert caught.value.code == "unsafe_workbook"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding):
    """R3.1.1: a workbook that brings a document type, and so entities, is refused."""
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
    data = rezip(xlsx_of(TABLES["english"]), {SHEET: text.encode(encoding)})
    with pytest.raises(OrderBookError) as caught:
        read_order_book(data)
    assert caught.value.code == "unsafe_workbook"


def test_damaged_workbooks():
    """R3.1.1: a damaged workbook is refused by a sentence, whatever is broken in it."""
    whole = xlsx_of(TABLES["english"])
    broken = [
        whole[: len(whole) // 2],
        rezip(whole, {SHEET: b"<worksheet><sheetData><row"}),
        rezip(whole, {"[Content_Types].xml": b"<x/>"}),
        rezip(whole, {"xl/workbook.xml": b"not xml"}),
    ]
    for data in broken:
        with pytest.raises(OrderBookError):
            read_order_book(data)


def test_declared_dimension_hides_no_row():
    """R3.1.2: a sheet that declares to be smaller than it is still gives all its rows."""
    data = xlsx_of(TABLES["english"])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read(SHEET)
    start, end = sheet.index(b"<dimension"), sheet.index(b"/>", sheet.index(b"<dimension"))
    lying = sheet[:start] + b'<dimension ref="A1:B2"' + sheet[end:]
    assert len(read_order_book(rezip(data, {SHEET: lying})).entries()) == 13


def test_too_many_rows_in_a_workbook(monkeypatch):
    """R3.1.1: the number of rows is bounded in a workbook as in text."""
    monkeypatch.setattr(source, "MAX_ROWS", 12)
    with pytest.raises(OrderBookError) as caught:
        read_order_book(xlsx_of(TABLES["english"]))
    assert caught.value.code == "too_many_rows"


CELLS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8),
    st.sampled_from(["0", "890", "0.2", "0,2", "2,500", "nan", "-1", '"', "=1+1", "1e5", ""]),
)


@given(st.lists(st.lists(CELLS, max_size=10), max_size=10), st.sampled_from(";\t"))
def test_no_row_of_a_csv_vanishes(rows, separator):
    """R3.1.2: whatever the cells hold, each line that has any text is an order or a problem."""
    lines = [separator.join(row) for row in rows]
    text = csv_of([*block(), ENGLISH], separator) + "\n".join(lines)
    got = [entry.line_no for entry in read_order_book(text.encode(), "x.csv").entries()]
    blank = f'"{separator}'
    sure = [place for place, line in enumerate(lines, 8) if "".join(line.split()).strip(blank)]
    assert set(sure) <= set(got)
    assert len(got) == len(set(got))
    # Lines of quotes and separators alone may be read as empty or as a row of quotes.
    assert all(place in sure or '"' in lines[place - 8] for place in got)


def test_columns_that_are_left_out_are_named():
    """R3.1.2: a column that the reader does not know is left out, but not silently."""
    book = read_order_book(csv_of(TABLES["columns"]).encode(), "x.csv")
    assert book.ignored_columns == ("备注",)
    table = [*block(), [*ENGLISH[:4], "Tolerantie", *ENGLISH[5:]], *rows_of(8)]
    book = read_order_book(csv_of(table).encode(), "x.csv")
    assert book.ignored_columns == ("Tolerantie",)
    assert read_order_book(BOOK).ignored_columns == ()


VALUES = st.none() | CELLS | st.integers() | st.floats() | st.booleans() | st.dates()


@settings(max_examples=60)
@given(st.lists(st.lists(VALUES, max_size=10), max_size=8))
def test_no_row_of_a_workbook_vanishes(rows):
    """R3.1.2: whatever the cells of a sheet hold, each non-empty row is an order or a problem."""
    table = [*block(), ENGLISH, *rows]
    data = xlsx_of(table)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    expected = [
        place
        for place, row in enumerate(sheet.iter_rows(min_row=8), start=8)
        if any(cell.value is not None and str(cell.value).strip() for cell in row)
    ]
    book = read_order_book(data)
    assert [entry.line_no for entry in book.entries()] == expected
