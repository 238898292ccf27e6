# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From a line of cells to an order, or to the reasons why it is none."""

import re
from decimal import Decimal

from .columns import FIGURES
from .model import CONTRADICTION, UNREADABLE, OrderRow, RowProblem, content_key

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:([.,])[0-9]+)?|([.,])[0-9]+)")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_NOT_FINITE = re.compile(r"[+-]?(?:s?nan|inf(?:inity)?)", re.IGNORECASE)
_MAX_DIGITS = 20
_MAX_NUMBER = 64
_ROW_FIELDS = (
    "width_mm",
    "length_mm",
    "weight_kg",
    "tolerance",
    "diameter_min_mm",
    "diameter_max_mm",
    "core_mm",
)


class CellError(Exception):
    """A cell cannot be taken for a figure. ``code`` and ``params`` as in a RowProblem."""

    def __init__(self, code, **params):
        self.code, self.params = code, params
        super().__init__(code)


def decimal_marks(cells):
    """Return the set of decimal marks ("," and ".") that a file's cells use beyond doubt.

    "2.500" or "12,267" may be thousands and prove nothing.

    >>> decimal_marks(["0,04", "2000", "12.267"])
    {','}
    """
    marks = set()
    for cell in cells:
        if isinstance(cell, str):
            text = cell.removesuffix("%")
            match = _NUMBER.fullmatch(text)
            if match and not _THOUSANDS.fullmatch(text):
                marks |= set(match.groups()) - {None}
    return marks


def read_number(cell, field, marks):
    """Return a cell as Decimal ≥ 0; an empty one is 0, not given.

    :param cell: text with a decimal comma or point and no thousands, or Decimal of a workbook
    :param field: name for the error
    :param marks: the file's :func:`decimal_marks`; what may be thousands is read as decimals
        only if the file writes its decimals that way and no other
    :raises CellError: not_a_number, not_finite, ambiguous_number, negative, out_of_range
    """
    if cell == "":
        return Decimal(0)
    if isinstance(cell, Decimal):
        number = cell
    elif _NOT_FINITE.fullmatch(cell):
        raise CellError("not_finite", field=field, value=cell)
    elif not _NUMBER.fullmatch(cell):
        raise CellError("not_a_number", field=field, value=cell[:_MAX_NUMBER])
    elif len(cell) > 2 * _MAX_DIGITS:
        raise CellError("out_of_range", field=field)
    else:
        mark = "," if "," in cell else "."
        if _THOUSANDS.fullmatch(cell) and marks != {mark}:
            raise CellError("ambiguous_number", field=field, value=cell)
        number = Decimal(cell.replace(",", "."))
    if not number.is_finite():
        raise CellError("not_finite", field=field, value=str(cell))
    if number < 0:
        raise CellError("negative", field=field, value=str(cell))
    if number and not -_MAX_DIGITS <= number.adjusted() <= _MAX_DIGITS:
        raise CellError("out_of_range", field=field)
    return abs(number)


def read_row(line, layout, marks, figures):
    """Return the :class:`OrderRow` of ``line``, or its :class:`RowProblem` if unreadable.

    :param line: Line; :param layout: Layout; :param marks: the file's decimal marks
    :param figures: ``{field: Decimal}`` of the file's header
    """
    number = _number_text(line, layout)
    reasons = _row_faults(line, layout, number)
    values = {name: Decimal(0) for name in _ROW_FIELDS} | figures
    whole = not reasons
    if whole:
        for field, cell in zip(layout.columns, line.cells, strict=False):
            try:
                values |= _read_cell(field, cell, marks, layout.percent)
            except CellError as error:
                reasons.append((error.code, error.params))
    if reasons:
        known = number if 0 < len(number) <= _MAX_NUMBER else None
        return RowProblem(line.line_no, known, line.raw, UNREADABLE, tuple(reasons), figures=values if whole else {})
    return OrderRow(line_no=line.line_no, number=number, raw=line.raw, **values)


def find_contradictions(rows):
    """Part ``rows`` into (orders, problems): what contradicts itself or repeats a row is a problem.

    A number that stands again with other content is a further item of the same request, an order too.

    :param rows: list of :class:`OrderRow` by line
    """
    reasons = {row.line_no: row_contradictions(row) for row in rows}
    first = {}
    for row in rows:
        first_line = first.setdefault(content_key(row), row.line_no)
        if first_line != row.line_no:
            params = {"number": row.number, "first_line": first_line}
            reasons[row.line_no].append(("duplicate_row", params))
    orders = [row for row in rows if not reasons[row.line_no]]
    problems = [
        RowProblem(
            row.line_no, row.number, row.raw, CONTRADICTION, tuple(reasons[row.line_no]), row
        )
        for row in rows
        if reasons[row.line_no]
    ]
    return orders, problems


def row_contradictions(row):
    """Return ``[(code, params)]`` of what in one :class:`OrderRow` cannot be true together.

    A figure that is not given contradicts nothing: that is incomplete, see ``row.missing``.
    """
    reasons = []
    low, high, core = row.diameter_min_mm, row.diameter_max_mm, row.core_mm
    if low and high and low > high:
        reasons.append(("diameter_range_backwards", {"min": low, "max": high}))
    if row.deckle_mm and row.width_mm > row.deckle_mm:
        reasons.append(("width_above_deckle", {"width": row.width_mm, "deckle": row.deckle_mm}))
    outside = min((value for value in (low, high) if value), default=None)
    if outside and core >= outside:
        reasons.append(("core_not_below_outside", {"core": core, "outside": outside}))
    if row.length_mm and (low or high or core):
        reasons.append(("sheet_with_reel_figures", {"length": row.length_mm}))
    return reasons


def read_figures(found, marks):
    """Return ``{field: Decimal > 0}`` of the labelled header figures.

    :param found: ``{field: (cell, line_no)}``
    :raises CellError: as :func:`read_number`, with ``line_no`` in its params; also for a zero
    """
    figures = {}
    for field in FIGURES:
        if field not in found:
            continue
        cell, line_no = found[field]
        try:
            figures[field] = read_number(cell, field, marks)
        except CellError as error:
            raise CellError(error.code, **error.params | {"line_no": line_no}) from None
        if not figures[field]:
            raise CellError("not_a_number", field=field, value=str(cell), line_no=line_no)
    return figures


def _number_text(line, layout):
    place = layout.columns.index("number")
    cell = line.cells[place] if place < len(line.cells) else ""
    if isinstance(cell, Decimal):
        return format(cell.normalize(), "f") if cell.is_finite() else ""
    return cell


def _row_faults(line, layout, number):
    """What keeps a row from being read at all."""
    found = len(line.cells)
    while found > layout.at_most and line.cells[found - 1] == "":
        found -= 1
    faults = []
    if line.formula:
        faults.append(("formula", {"cell": line.formula}))
    if found < layout.at_least:
        faults.append(("too_few_columns", {"found": found, "expected": layout.at_least}))
    elif found > layout.at_most:
        faults.append(("too_many_columns", {"found": found, "expected": layout.at_most}))
    elif not number:
        faults.append(("missing_number", {}))
    elif len(number) > _MAX_NUMBER:
        faults.append(("out_of_range", {"field": "number"}))
    return faults


def _read_cell(field, cell, marks, percent):
    """The fields that a cell fills; an empty one leaves what the file's header says."""
    if field in (None, "number") or cell == "":
        return {}
    if field == "tolerance":
        return {field: _read_tolerance(cell, marks, percent)}
    value = read_number(cell, field, marks)
    if field == "diameter_mm":
        return {"diameter_min_mm": value, "diameter_max_mm": value}
    return {field: value}


def _read_tolerance(cell, marks, percent):
    in_percent = percent
    if isinstance(cell, str) and cell.endswith("%"):
        cell, in_percent = cell[:-1].strip(), True
    value = read_number(cell, "tolerance", marks)
    if in_percent:
        value /= 100
    if value >= 1:
        raise CellError("tolerance_out_of_range", value=str(value))
    return value
