# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where in an order book which figure stands: the three labelled lines and the column header."""

import re
from dataclasses import dataclass

from .model import OrderBookError
from .source import clean

FIGURES = ("deckle_mm", "basis_weight", "caliper_um")
REQUIRED = ("number", "width_mm", "length_mm", "weight_kg")

# The columns of a .dat row. Its header names the two outside diameters once and the last not.
DAT_COLUMNS = (
    "number",
    "width_mm",
    "length_mm",
    "weight_kg",
    "tolerance",
    "diameter_min_mm",
    "diameter_max_mm",
    "core_mm",
    None,
)
_DAT_HEADER = (*DAT_COLUMNS[:5], "outside", "core_mm")

_NAMES = {
    "deckle_mm": "masterreelwidth masterwidth deckle decklewidth 母卷幅宽 纸机幅宽 最大幅宽 抄宽",
    "basis_weight": "grade basisweight grammage gsm 定量 克重",
    "caliper_um": "thickness caliper 厚度",
    "number": "fabreq number no orderno ordernumber order 订单号 订单编号 单号 编号 訂單號",
    "width_mm": "width 幅宽 宽度 門幅 幅寬",
    "length_mm": "length 长度 長度",
    "weight_kg": "weigth weight netweight 重量 净重",
    "tolerance": "toler tolerance 公差 数量公差",
    "diameter_min_mm": "diamextmin diamextfrom diametermin diameterfrom outsidediameterfrom"
    " outsidediametermin 外径下限 最小外径 外徑下限",
    "diameter_max_mm": "diamextmax diamextto diametermax diameterto outsidediameterto"
    " outsidediametermax 外径上限 最大外径 外徑上限",
    "outside": "diamext outsidediameter diameter 外径 外徑",
    "core_mm": "diamint core corediameter coreinsidediameter insidediameter"
    " 芯径 纸芯内径 内径 芯徑",
}
_FIELDS = {name.lower(): field for field, names in _NAMES.items() for name in names.split()}
_UNITS = {
    "basis_weight": "g/m2 g/m^2 gsm g 克/平方米 克",
    "caliper_um": "um \N{GREEK SMALL LETTER MU}m microm micron microns 微米",
    "weight_kg": "kg kgs 公斤 千克",
    "tolerance": "% fraction 比例",
    "number": "",
}
_MILLIMETRES = "mm 毫米"
_UNIT = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
MAX_LABEL = 200  # characters; nothing that names a column is longer


@dataclass(frozen=True)
class Layout:
    """Which field stands in which column.

    ``columns``: field or None by position; ``at_least``/``at_most``: cells that a row must/may
    have; ``percent``: the tolerance column is in percent; ``ignored``: names of other columns.
    """

    columns: tuple
    at_least: int
    at_most: int
    percent: bool = False
    ignored: tuple = ()


def field_of(label):
    """Return (field, unit) of a column name or label; (None, "") if it is none of ours.

    >>> field_of("Grade(g/m2)"), field_of("Toler."), field_of("幅宽（mm）")
    (('basis_weight', 'g/m2'), ('tolerance', ''), ('width_mm', 'mm'))
    """
    if not isinstance(label, str) or len(label) > MAX_LABEL:
        return None, ""
    label = clean(label).lower()
    units = _UNIT.findall(label)
    name = re.sub(r"[\s._:=\-/#]+", "", _UNIT.sub("", label))
    field = _FIELDS.get(name)
    return (field, "".join(units[:1]).replace(" ", "")) if field else (None, "")


def check_unit(label, field, unit):
    """Refuse a column whose unit is not the one its figures will be taken for.

    :raises OrderBookError: unknown_unit
    """
    if unit and unit not in _UNITS.get(field, _MILLIMETRES).split():
        raise OrderBookError(
            "unknown_unit",
            "The unit {unit!r} of {name!r} is not one that this reader knows.",
            name=label,
            unit=unit,
        )


def find_header(lines):
    """Return the index of the column header in ``lines`` (list of Line), None if there is none.

    It is the first line that names width and weight and one column more.
    """
    for index, line in enumerate(lines):
        fields = {field_of(cell)[0] for cell in line.cells} - {None}
        if {"width_mm", "weight_kg"} <= fields and len(fields) > 2:
            return index
    return None


def labelled_figures(lines):
    """Return ``{field: (cell, line_no)}`` of the labelled lines above the column header.

    The figure stands right of its label or in the line below it.

    :param lines: list of Line
    :raises OrderBookError: unknown_unit
    """
    found, waiting = {}, None
    for line in lines:
        cells = [cell for cell in line.cells if cell != ""]
        field, unit = field_of(cells[0])
        if waiting and not field:
            found.setdefault(waiting, (cells[0], line.line_no))
        waiting = None
        if field in FIGURES:
            check_unit(cells[0], field, unit)
            if len(cells) > 1:
                found.setdefault(field, (cells[1], line.line_no))
            else:
                waiting = field
    return found


def dat_layout(header):
    """Return the :class:`Layout` of a .dat file; its header line is only checked.

    :raises OrderBookError: column_order, unknown_unit
    """
    fields, percent = [], False
    for cell in header.cells:
        field, unit = field_of(cell)
        if field:
            check_unit(cell, field, unit)
            fields.append(field)
            percent = percent or (field, unit) == ("tolerance", "%")
    places = [_DAT_HEADER.index(field) if field in _DAT_HEADER else -1 for field in fields]
    if places != sorted(set(places)) or places[0] < 0:
        raise OrderBookError(
            "column_order", "The columns are not in the order that a .dat order book has."
        )
    return Layout(DAT_COLUMNS, len(DAT_COLUMNS), len(DAT_COLUMNS), percent)


def table_layout(header, rows):
    """Return the :class:`Layout` of a table by the names in its header.

    :param header: Line; :param rows: list of Line below it
    :raises OrderBookError: missing_columns, duplicate_column, unknown_unit
    """
    cells = list(header.cells)
    while cells and cells[-1] == "":
        cells.pop()
    named = [field_of(cell) for cell in cells]
    for cell, (field, unit) in zip(cells, named, strict=True):
        check_unit(cell, field, unit)
    fields = [field for field, _unit in named]
    percent = ("tolerance", "%") in named
    widest = max((_used(row) for row in rows), default=0)
    if tuple(fields) == _DAT_HEADER and widest == len(DAT_COLUMNS):
        # The .dat header, taken over with the columns that it does not name.
        return Layout(DAT_COLUMNS, widest, widest, percent)
    fields = _split_outside(fields, cells)
    for field in set(fields) - {None}:
        if fields.count(field) > 1:
            name = cells[fields.index(field)]
            raise OrderBookError(
                "duplicate_column", "The column {name!r} is there twice.", name=name
            )
    missing = [name for name in REQUIRED if name not in fields]
    if missing:
        raise OrderBookError(
            "missing_columns", "The table lacks the columns {names}.", names=", ".join(missing)
        )
    pairs = zip(cells, fields, strict=True)
    ignored = tuple(str(cell) for cell, field in pairs if cell != "" and not field)
    return Layout(tuple(fields), len(fields), len(fields), percent, ignored)


def _used(row):
    return max(place for place, cell in enumerate(row.cells, start=1) if cell != "")


def _split_outside(fields, cells):
    """Name the columns of a single "outside diameter": from and to, or one for both."""
    if "outside" not in fields:
        return fields
    fields = list(fields)
    place = fields.index("outside")
    fields[place] = "diameter_min_mm"
    if place + 1 < len(fields) and cells[place + 1] == "":
        fields[place + 1] = "diameter_max_mm"
    elif "diameter_max_mm" not in fields and "diameter_min_mm" not in fields[:place]:
        fields[place] = "diameter_mm"
    return fields


def figure_names(fields):
    """Return the names of header figures as a reader of the file knows them.

    >>> figure_names(["deckle_mm"])
    'Master Reel Width'
    """
    names = {
        "deckle_mm": "Master Reel Width",
        "basis_weight": "Grade(g/m2)",
        "caliper_um": "Thickness(microm)",
    }
    return ", ".join(names[field] for field in fields)
