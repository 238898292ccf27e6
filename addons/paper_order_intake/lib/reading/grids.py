# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From the bytes of a file to its tables: rows of cells with what is hidden, struck, merged or calculated."""

import datetime
import io
import re
import zipfile
from dataclasses import dataclass, field
from decimal import Decimal

from ..orderbook.model import OrderBookError
from ..orderbook.source import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, check_archive
from .figures import plain
from .unseen import ods_unseen, xlsb_unseen

# A workbook whose parts unpack to more is read row by row only, by the reader of order books.
MAX_WHOLE = 16 * 2**20
MAX_MERGED = 200_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass
class Row:
    """A row of a table: ``cells`` are texts, Decimals or dates ("" where empty), ``over`` what a heading merged over
    several columns says of a column."""

    no: int
    cells: list
    hidden: bool = False
    struck: bool = False
    formulas: dict = field(default_factory=dict)
    over: dict = field(default_factory=dict)

    def cell(self, place):
        return self.cells[place] if place < len(self.cells) else ""

    @property
    def text(self):
        return " | ".join(shown(cell) for cell in self.cells if cell != "")


@dataclass
class Grid:
    """A table: its title, its rows without the empty ones, and the names of columns that are hidden."""

    title: str
    rows: list
    hidden: bool = False
    hidden_columns: tuple = ()


def shown(cell):
    """Return a cell as a person reads it.

    >>> shown(Decimal("12.50")), shown(datetime.date(2026, 12, 1))
    ('12.5', '2026-12-01')
    """
    if isinstance(cell, Decimal):
        return format(cell.normalize(), "f")
    return cell.isoformat()[:10] if isinstance(cell, datetime.date) else str(cell)


def value_of(value):
    """Return what a library read of a cell as text, Decimal or date."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return plain(str(value))[:500]
    return Decimal(str(value)) if value == value and abs(value) < 1e18 else ""


def is_table_file(data):
    """Say whether bytes are a workbook of any kind."""
    return data.startswith((_ZIP, _OLE))


def read_workbook(data):
    """Return the :class:`Grid` list of a workbook: .xlsx, .xls, .xlsb or .ods.

    :raises OrderBookError: too_large, bad_workbook, unsafe_workbook, too_many_rows
    """
    if len(data) > MAX_BYTES:
        raise OrderBookError("too_large", "The file is larger than {limit} bytes.", limit=MAX_BYTES)
    if data.startswith(_ZIP):
        check_archive(data)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            unpacked = sum(member.file_size for member in archive.infolist())
            if unpacked > MAX_WHOLE:
                raise OrderBookError("unsafe_workbook", "The workbook unpacks to more than an order list can hold.")
            if "xl/workbook.xml" in names:
                _check_merged(archive)
    try:
        if data.startswith(_ZIP) and "xl/workbook.xml" in names:
            return _read_xlsx(data)
        if data.startswith(_OLE):
            return _read_xls(data)
        return _read_other(data)
    except OrderBookError:
        raise
    except Exception as error:  # a damaged workbook raises whatever its parser met
        raise OrderBookError("bad_workbook", "The workbook is damaged.") from error


def _check_merged(archive):
    """A merged range of a whole sheet would be unpacked cell by cell."""
    from openpyxl.utils import range_boundaries

    for member in archive.infolist():
        if not member.filename.startswith("xl/worksheets/") or not member.filename.endswith(".xml"):
            continue
        total = 0
        for ref in re.findall(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z0-9:]+)"', archive.read(member)):
            left, top, right, bottom = range_boundaries(ref.decode())
            total += (right - left + 1) * (bottom - top + 1)
            if total > MAX_MERGED:
                raise OrderBookError("unsafe_workbook", "The workbook merges more cells than an order list can hold.")


def _read_xlsx(data):
    from openpyxl import load_workbook  # only where a workbook comes

    book = load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    grids = []
    for sheet in book.worksheets:
        by_row, hidden = {}, set()
        for column in sheet.column_dimensions.values():
            if column.hidden:
                hidden |= set(range(column.min or 0, (column.max or 0) + 1))
        for (number, place), cell in sheet._cells.items():
            if cell.value is not None and place <= MAX_COLUMNS:
                by_row.setdefault(number, {})[place] = cell
        if len(by_row) > MAX_ROWS:
            raise OrderBookError("too_many_rows", "The file has more than {limit} rows.", limit=MAX_ROWS)
        merged = _merged(sheet)
        rows = [_xlsx_row(sheet, number, cells, merged) for number, cells in sorted(by_row.items())]
        columns = [place - 1 for place in sorted(hidden) if place <= MAX_COLUMNS and any(place in row for row in by_row.values())]
        grids.append(Grid(sheet.title, rows, sheet.sheet_state != "visible", tuple(columns)))
    return grids


def _merged(sheet):
    down, over = {}, {}
    for area in sheet.merged_cells.ranges:
        value = value_of(sheet.cell(area.min_row, area.min_col).value)
        if value == "":
            continue
        for number in range(area.min_row + 1, area.max_row + 1):
            down.setdefault(number, {})[area.min_col - 1] = value
        for place in range(area.min_col, min(area.max_col, MAX_COLUMNS)):
            over.setdefault(area.min_row, {})[place] = value
    return down, over


def _xlsx_row(sheet, number, cells, merged):
    values, formulas, struck = [""] * max(cells), {}, []
    for place, cell in cells.items():
        if cell.data_type == "f":
            formulas[place - 1] = cell.coordinate
            continue
        value = value_of(cell.value)
        if isinstance(value, Decimal) and "%" in (cell.number_format or ""):
            value = f"{shown(value * 100)}%"
        values[place - 1] = value
        if value != "":
            struck.append(bool(cell.font and cell.font.strike))
    _fill_down(values, merged[0].get(number, {}))
    dimension = sheet.row_dimensions.get(number) if number in sheet.row_dimensions else None
    hidden = bool(dimension is not None and dimension.hidden)
    return Row(number, values, hidden, bool(struck) and all(struck), formulas, merged[1].get(number, {}))


def _fill_down(values, given):
    for place, value in given.items():
        if place >= len(values):
            values.extend([""] * (place + 1 - len(values)))
        if values[place] == "":
            values[place] = value


def _read_xls(data):
    """Old Excel, with what is hidden or struck."""
    import xlrd  # only where one comes

    book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    grids = []
    for sheet in book.sheets():
        if sheet.nrows > MAX_ROWS:
            raise OrderBookError("too_many_rows", "The file has more than {limit} rows.", limit=MAX_ROWS)
        down, over = {}, {}
        for top, bottom, left, right in sheet.merged_cells:
            value = _xls_value(book, sheet.cell(top, left))
            for number in range(top + 1, min(bottom, sheet.nrows)):
                down.setdefault(number, {})[left] = value
            for place in range(left + 1, min(right, MAX_COLUMNS)):
                over.setdefault(top, {})[place] = value
        rows = []
        for number in range(sheet.nrows):
            cells = sheet.row(number)[:MAX_COLUMNS]
            values = [_xls_value(book, cell) for cell in cells]
            struck = [
                book.font_list[book.xf_list[cell.xf_index].font_index].struck_out
                for cell, value in zip(cells, values, strict=True)
                if value != ""
            ]
            _fill_down(values, down.get(number, {}))
            info = sheet.rowinfo_map.get(number)
            if any(value != "" for value in values):
                hidden = bool(info and info.hidden)
                rows.append(Row(number + 1, values, hidden, bool(struck) and all(struck), {}, over.get(number, {})))
        columns = [
            place for place, info in sheet.colinfo_map.items() if info.hidden and any(row.cell(place) != "" for row in rows)
        ]
        grids.append(Grid(sheet.name, rows, sheet.visibility != 0, tuple(columns)))
    return grids


def _xls_value(book, cell):
    import xlrd

    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(cell.value, book.datemode).date()
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
        return ""
    return value_of(cell.value)


def _read_other(data):
    """A binary workbook, or one of OpenDocument."""
    from python_calamine import CalamineWorkbook  # only where one comes

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    grids = []
    unseen = ods_unseen(data) or xlsb_unseen(data)
    for place, about in enumerate(book.sheets_metadata):
        sheet = book.get_sheet_by_index(place)
        if sheet.total_height > MAX_ROWS * 60:
            raise OrderBookError("too_many_rows", "The file has more than {limit} rows.", limit=MAX_ROWS)
        hidden, struck = unseen.get(about.name, (set(), set()))
        rows = []
        for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
            values = [value_of(cell) for cell in cells[:MAX_COLUMNS]]
            if any(value != "" for value in values):
                rows.append(Row(number, values, number in hidden, number in struck))
            if len(rows) > MAX_ROWS:
                raise OrderBookError("too_many_rows", "The file has more than {limit} rows.", limit=MAX_ROWS)
        grids.append(Grid(about.name, rows, "Visible" not in str(about.visible)))
    return grids
