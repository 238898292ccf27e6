# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where the headings of a table stand, in one row or two, and which unit each column is in."""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from ..orderbook.headings import heading_key
from .figures import LENGTHS, QUANTITIES, unit_name
from .grids import shown
from .headings import fits, read_heading

PAPER = {"basis_weight", "size", "width", "reel_width", "length", "quantity", "grade", "diameter"}
HEAD_ROWS = 60


@dataclass
class Column:
    """A column: its field ("" where it means nothing here), unit, heading, and the unit that contradicts it."""

    field: str
    unit: str = ""
    text: str = ""
    tax: str = ""
    other_unit: str = ""


@dataclass
class Layout:
    """The columns of a table by place, and how many rows its headings take."""

    columns: dict = field(default_factory=dict)
    depth: int = 1

    @property
    def fields(self):
        return {column.field for column in self.columns.values()}


# A customer's own heading, as one that this reader knows.
_OWN = {
    "number": ("order number", ""), "width_mm": ("width", "mm"), "length_mm": ("length", "mm"), "weight_kg": ("quantity", "kg"),
    "tolerance": ("tolerance", "%"), "basis_weight": ("basis weight", "g/m2"), "caliper_um": ("thickness", "um"),
    "diameter_min_mm": ("diameter from", "mm"), "diameter_max_mm": ("diameter to", "mm"), "core_mm": ("core", "mm"),
    "deckle_mm": ("deckle", "mm"),
}  # fmt: skip
_OWN_UNITS = {"gsm": "g/m2", "mm_caliper": "mm", "percent": "%", "fraction": ""}


def renamed(grid, headings):
    """Return a grid in which the headings that a channel explains are ones that this reader knows."""
    for row in grid.rows[:HEAD_ROWS] if headings else ():
        for place, cell in enumerate(row.cells):
            field, unit = headings.get(heading_key(cell), (None, None)) if isinstance(cell, str) and cell else (None, None)
            if field:
                name, usual = _OWN[field]
                unit = _OWN_UNITS.get(unit, unit) if unit else usual
                row.cells[place] = f"{name} ({unit})" if unit else name
    return grid


def heading_of(cell):
    """Return the heading that a cell is; None of a number, a date, an empty cell or other words."""
    return read_heading(cell) if isinstance(cell, str) and cell else None


def _is_words(row):
    return all(isinstance(cell, str) for cell in row.cells if cell != "")


def find_layout(rows, place):
    """Return the :class:`Layout` whose headings begin at a row, or None.

    >>> from .grids import Row
    >>> rows = [Row(1, ["定量", "规格", "数量"]), Row(2, ["g/m2", "cm", "t"]), Row(3, [Decimal(80), "78.7×109.2", Decimal(12)])]
    >>> layout = find_layout(rows, 0)
    >>> layout.depth, [(column.field, column.unit) for column in layout.columns.values()]
    (2, [('basis_weight', 'g/m2'), ('size', 'cm'), ('quantity', 't')])
    """
    row = rows[place]
    if row.hidden or row.struck or not any(isinstance(cell, str) and cell for cell in row.cells):
        return None
    if sum(isinstance(cell, Decimal | datetime.date) for cell in row.cells):
        return None
    below = rows[place + 1] if place + 1 < len(rows) else None
    layout = _one_row(row)
    if below is not None and _is_words(below) and not below.hidden:
        two = _two_rows(row, below)
        if two and (len(two.fields & PAPER) > len(layout.fields & PAPER) or two.depth == 2 and layout.fields == two.fields):
            layout = two
    if len(layout.fields & PAPER) < 2 or len(layout.fields - {""}) < 3 and len(layout.columns) > 3:
        return None
    units = rows[place + layout.depth] if place + layout.depth < len(rows) else None
    if units is not None and _take_units(layout, units):
        layout.depth += 1
    return layout


def _one_row(row):
    layout = Layout()
    for place, cell in enumerate(row.cells):
        if cell != "":
            heading = heading_of(cell)
            layout.columns[place] = _column(heading, shown(cell))
    return layout


def _column(heading, text):
    if heading:
        return Column(heading.field, heading.unit, text, heading.tax)
    return Column("", text=text)


def _two_rows(row, below):
    """The headings of two rows as those of one: a heading over several columns is said more closely below."""
    layout, split = Layout(depth=2), 0
    upper = [cell for cell in row.cells if cell != ""]
    known = sum(bool(heading_of(cell)) for cell in upper)
    if known < 2 or 2 * known < len(upper):
        return None
    for place in range(max(len(row.cells), len(below.cells))):
        upper, lower = row.cell(place) or row.over.get(place, ""), below.cell(place)
        if lower == upper:
            lower = ""
        if upper == "" and lower == "":
            continue
        high, low = heading_of(upper), heading_of(lower)
        if lower == "":
            layout.columns[place] = _column(high, shown(upper))
        elif low and (not high or high.field == "size" or low.field == high.field):
            tax = low.tax or (high.tax if high else "")
            column = Column(low.field, low.unit, f"{upper} {lower}".strip(), tax)
            layout.columns[place] = _contradicted(column, high)
            split += 1
        elif high and fits(high.field, lower):
            layout.columns[place] = _contradicted(Column(high.field, lower, f"{upper} {lower}", high.tax), high)
            if place in row.over or place + 1 in row.over:
                split += 1
        else:
            return None
    return layout if split else None


def _contradicted(column, high):
    """Note that the upper heading names another unit than the lower one."""
    if high and high.field == column.field and high.unit and column.unit and not _same_unit(high.unit, column.unit):
        column.other_unit = high.unit
    return column


def _take_units(layout, row):
    """Note the units of a row that names nothing but units; return whether it does."""
    cells = {place: cell for place, cell in enumerate(row.cells) if cell != ""}
    known = {place: layout.columns[place] for place in cells if place in layout.columns}
    if not cells or len(known) < len(cells) or not all(isinstance(cell, str) for cell in cells.values()):
        return False
    if not all(fits(column.field, cells[place]) for place, column in known.items() if column.field):
        return False
    if not any(column.field for column in known.values()):
        return False
    for place, column in known.items():
        if column.unit and not _same_unit(column.unit, cells[place]):
            column.other_unit = cells[place]
        else:
            column.unit = cells[place]
    return True


def _same_unit(one, other):
    one, other = unit_name(one), unit_name(other)
    for table in (LENGTHS, QUANTITIES):
        if one in table and other in table:
            return table[one] == table[other]
    return True


def heads(row):
    """Return how many columns a row of headings names; 0 of a row that names none of a paper.

    >>> from .grids import Row
    >>> heads(Row(1, ["PO", "gsm", "size", "t"])), heads(Row(2, ["A", "80", "640x900", "5"]))
    (4, 0)
    """
    fields = {heading.field for cell in row.cells if (heading := heading_of(cell))}
    return len(fields) if fields & PAPER else 0
