# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read the order book of a mill or a merchant: .dat text, .csv, .xlsx or PDF, the same columns in each.

A .dat file has three labelled figures (deckle mm, basis weight g/m², thickness µm), a column
header, and one order a row: number, width mm, length mm (0 = a reel), mass kg, tolerance as a
fraction, outside diameter from and to mm, core inside diameter mm, one unused column. Source
of the format: Correia, Oliveira, Ferreira, "Reel and sheet cutting at a paper mill", Computers
& Operations Research 31 (2004). Tables name their columns, in English or Chinese.

Nothing is repaired and nothing vanishes: each non-empty row below the header is an order, a
contradiction to be put to the customer, or unreadable with its line and the reason.

>>> text = b'''Master Reel Width
... 2540
... Grade(g/m2)
... 200
... Thickness(microm)
... 260
... FabReq Width(mm) Length(mm) Weigth(Kg) Toler. DiamExt DiamInt(mm)
...   4890   890      860   2000   0,2           0          0       0      0
...   4909   550        0   3500  0,15        1000       110      100      0
...   4910   480        0   2800   0,2        1000
... '''
>>> book = read_order_book(text)
>>> [(row.line_no, row.number, row.format, row.weight_kg) for row in book.rows]
[(8, '4890', 'sheet', Decimal('2000'))]
>>> for problem in book.errors:
...     print(problem.line_no, problem.number, problem.kind, problem.message)
9 4909 contradiction the outside diameter runs backwards, from 1000 to 110 mm
10 4910 unreadable 6 columns instead of 9
"""

from dataclasses import replace

from .columns import (
    FIGURES,
    dat_layout,
    figure_names,
    find_header,
    labelled_figures,
    table_layout,
)
from .headings import rename_headings, scaled
from .model import (
    OrderBook,
    OrderBookError,
    OrderRow,
    RowProblem,
)
from .pdf import is_pdf, read_pdf
from .rows import CellError, decimal_marks, find_contradictions, read_figures, read_row
from .source import (
    is_workbook,
    read_texts,
    read_workbook,
    split_blanks,
    split_separated,
)

_SEPARATORS = (";", "\t", ",", "；", "，")


def read_order_book(data, filename="", headings=None):
    """Read a whole file and return its :class:`OrderBook`.

    :param data: bytes of the file (str is taken as text already decoded)
    :param filename: its name; ``.dat`` is read as columns between blanks, ``.csv`` and ``.tsv`` as
        separated values, text of any other name by what its header looks like
    :param headings: ``{heading_key: (field, unit)}`` of a customer's own column names
    :raises OrderBookError: the file as a whole is no order book, see its codes
    """
    if isinstance(data, str):
        data = data.encode("utf-8", "replace")
    if is_workbook(data):
        sheets = {title: _renamed(lines, headings) for title, lines in read_workbook(data).items()}
        return _build(*_only_table(sheets), is_dat=False)
    if is_pdf(data):
        return _build(*_renamed(read_pdf(data), headings), is_dat=False)
    error = None
    for lines in read_texts(data):
        try:
            return _read_lines(lines, filename.lower(), headings)
        except OrderBookError as fault:
            # What is no order book in one encoding may be one in the next; the first one's reason counts.
            error = error or fault
            if fault.code != "no_header":
                raise
    raise error


def _read_lines(lines, name, headings):
    blanks = split_blanks(lines)
    if name.endswith(".dat") or (not name.endswith((".csv", ".tsv")) and _is_dat(blanks)):
        return _build(blanks, {}, is_dat=True)
    for separator in _SEPARATORS:
        table, factors = _renamed(split_separated(lines, separator), headings)
        if find_header(table) is not None:
            return _build(table, factors, is_dat=False)
    return _build(blanks, {}, is_dat=True)


def _renamed(lines, headings):
    return rename_headings(lines, headings) if headings else (lines, {})


def _is_dat(lines):
    """Whether the head of blank-separated ``lines`` is that of a .dat order book."""
    place = find_header(lines)
    if place is None:
        return False
    try:
        dat_layout(lines[place])
        found = labelled_figures([_label_line(line) for line in lines[:place]])
    except OrderBookError:
        return False
    return set(found) == set(FIGURES)


def _only_table(sheets):
    """The lines of the one worksheet that holds a table of orders, and the factors of its columns."""
    tables = {title: table for title, table in sheets.items() if find_header(table[0]) is not None}
    if len(tables) > 1:
        raise OrderBookError(
            "several_tables",
            "The workbook has orders on several sheets ({sheets}); send one file for each.",
            sheets=", ".join(tables),
        )
    return next(iter(tables.values()), ([], {}))


def _build(lines, factors, is_dat):
    place = find_header(lines)
    if place is None:
        raise OrderBookError(
            "no_header", "There is no header line that names the columns of the orders."
        )
    head, header, below = lines[:place], lines[place], lines[place + 1 :]
    layout = dat_layout(header) if is_dat else table_layout(header, below)
    found = labelled_figures([_label_line(line) for line in head] if is_dat else head)
    marks = _marks(below, layout, found)
    figures = _figures(found, marks, layout, is_dat)
    results = [read_row(line, layout, marks, figures) for line in below]
    unreadable = [result for result in results if isinstance(result, RowProblem)]
    read = [scaled(result, factors) for result in results if isinstance(result, OrderRow)]
    rows, problems = find_contradictions(read)
    errors = sorted(unreadable + problems, key=lambda problem: problem.line_no)
    common = {field: _common(field, read, figures) for field in FIGURES}
    return OrderBook(rows=rows, errors=errors, ignored_columns=_ignored(layout, header, below), **common)


def _ignored(layout, header, below):
    """Return the names of the columns that are none of ours and that some row says something in."""
    if not layout.ignored:
        return ()
    named = [place for place, field in enumerate(layout.columns) if not field and header.cells[place] != ""]
    told = {place for line in below for place in named if place < len(line.cells) and line.cells[place] != ""}
    return tuple(str(header.cells[place]) for place in named if place in told)


def _marks(below, layout, found):
    cells = [cell for cell, _line_no in found.values()]
    for line in below:
        pairs = zip(layout.columns, line.cells, strict=False)
        cells += [cell for field, cell in pairs if field not in (None, "number")]
    return decimal_marks(cells)


def _figures(found, marks, layout, is_dat):
    needed = FIGURES if is_dat else ("basis_weight",)
    missing = [name for name in needed if name not in found and name not in layout.columns]
    if missing:
        raise OrderBookError(
            "missing_figures",
            "The header does not give {names}.",
            names=figure_names(missing),
        )
    try:
        return read_figures(found, marks)
    except CellError as error:
        params = error.params
        raise OrderBookError(
            "bad_figure",
            "Line {line_no}: {value!r} is not a usable figure for {name}.",
            line_no=params["line_no"],
            name=figure_names([params["field"]]),
            value=params.get("value", ""),
        ) from None


def _label_line(line):
    """A label of a .dat file has blanks inside: its line is one cell again, or label and figure."""
    label, _colon, figure = " ".join(line.cells).partition(":")
    cells = (label.strip(), figure.strip())
    return replace(line, cells=cells if all(cells) else (" ".join(line.cells),))


def _common(field, rows, figures):
    values = {getattr(row, field) for row in rows} if rows else {figures.get(field)}
    return (values.pop() or None) if len(values) == 1 else None
