# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A customer's own headings: which figure stands under them, and in which unit."""

from dataclasses import replace
from decimal import Decimal

from .columns import field_of
from .source import clean

# Units of a figure, as factors to the unit that it is kept in. International definitions: 1 in = 25.4 mm,
# 1 lb = 0.45359237 kg (International Yard and Pound Agreement, 1959).
FACTORS = {
    "mm": Decimal(1),
    "cm": Decimal(10),
    "m": Decimal(1000),
    "in": Decimal("25.4"),
    "kg": Decimal(1),
    "t": Decimal(1000),
    "g": Decimal("0.001"),
    "lb": Decimal("0.45359237"),
    "um": Decimal(1),
    "mm_caliper": Decimal(1000),
    "gsm": Decimal(1),
    "percent": Decimal(1),
}
HEAD_LINES = 100
# The heading that this reader knows each figure by.
PLAIN = {
    "number": "number",
    "width_mm": "width",
    "length_mm": "length",
    "weight_kg": "weight",
    "tolerance": "tolerance",
    "diameter_min_mm": "diameter from",
    "diameter_max_mm": "diameter to",
    "core_mm": "core",
    "basis_weight": "basis weight",
    "caliper_um": "caliper",
    "deckle_mm": "deckle",
}


def heading_key(text):
    """Return a heading as it is compared: width of characters, case and blanks do not count.

    >>> heading_key(" 门 幅（ＭＭ）"), heading_key("Roll  width")
    ('门幅(mm)', 'rollwidth')
    """
    return "".join(clean(text).lower().split())


def rename_headings(lines, headings):
    """Return ``lines`` with the mapped headings as this reader knows them, and the factors of their columns.

    :param lines: list of Line
    :param headings: ``{heading_key: (field, unit)}``
    :return: lines, ``{field: Decimal}``
    """
    factors, renamed = {}, []
    for line in lines[:HEAD_LINES]:
        cells = []
        for cell in line.cells:
            field, unit = headings.get(heading_key(cell), (None, None)) if isinstance(cell, str) else (None, None)
            if field:
                factors[field] = FACTORS.get(unit, Decimal(1))
                cell = PLAIN[field] + ("(%)" if unit == "percent" else "")
            elif isinstance(cell, str) and field_of(cell)[0] in {mapped for mapped, _unit in headings.values()}:
                cell = f"({cell})"  # the customer's own heading is the one that counts, not one that we guess
            cells.append(cell)
        renamed.append(replace(line, cells=tuple(cells)))
    return renamed + lines[HEAD_LINES:], factors


def scaled(row, factors):
    """Return an :class:`OrderRow` with its figures in the units that they are kept in.

    A tolerance in percent is read as such by its heading.
    """
    values = {name: getattr(row, name) * factor for name, factor in factors.items() if name != "number" and factor != 1}
    return replace(row, **values) if values else row
