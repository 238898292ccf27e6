# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One cell or phrase as the fact of its column: number, unit, plausibility."""

import re
from decimal import Decimal

from .bounds import is_paper
from .figures import BASIS, LENGTHS, QUANTITIES, THICKNESS, plain, price_unit, senses, split_unit, unit_name
from .grids import shown
from .headings import tax_of
from .model import ASKED, PROPOSED, TAKEN, Fact

SIZE = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(mm|cm|inches|inch|in|寸|英寸|zoll|毫米|厘米|\"|″|”)?\s*(?:[×xX*✕╳乘]|by)\s*(\d+(?:[.,]\d+)?)\s*(mm|cm|inches|inch|in\b|毫米|厘米|公分|英寸|寸|zoll|\"|″|”)?",
    re.IGNORECASE,
)
_BASIS_WORD = re.compile(r"(?<![\d.,/])\d{2,4}(?:\.\d+)?\s*(?:g/m2|g/m²|g/㎡|gsm|克|g)(?![a-z])", re.IGNORECASE)
_BASIS_INSIDE = re.compile(r"(?<![\d.,/])(\d{2,4}(?:\.\d+)?)\s*(?:g/m2|g/m²|g/㎡|gsm|克|g)(?![a-z])", re.IGNORECASE)
_GRAIN = (
    ("long", "lg long 纵丝 长丝 纵纹 直丝 schmalbahn long-grain sb".split()),
    ("short", "sg short 横丝 短丝 横纹 breitbahn short-grain bb".split()),
)


def number_of(cell, column=frozenset(), document=frozenset()):
    """Return (Decimal or None, state, why) of a number as it is written.

    :param column, document: decimal marks that the column, the whole document proves
    """
    if isinstance(cell, Decimal):
        return cell, TAKEN, ""
    found = senses(cell)
    if not found:
        return None, ASKED, "not_a_number"
    if len(found) == 1:
        return next(iter(found)), TAKEN, ""
    for marks, state in ((column, TAKEN), (document, PROPOSED)):
        if len(marks) == 1:
            return next(value for value, mark in found.items() if mark in marks), state, "separator" * (state == PROPOSED)
    return None, ASKED, "ambiguous_number"


def _worse(*states):
    return max(states, key=(TAKEN, PROPOSED, ASKED).index)


def fact_of(number, state=TAKEN, why="", written="", **values):
    """Return a :class:`Fact` of a Decimal; one that is asked keeps no value."""
    value = None if state == ASKED or number is None else float(round(number, 6))
    return Fact(value, ASKED if value is None else state, written=plain(written)[:100], why=why, **values)


def measured(cell, unit, marks, bounds, default=None):
    """Return the :class:`Fact` of a length in mm.

    :param unit: that of the heading, "" where it names none
    :param bounds: name of the range that it must be in
    :param default: whether a figure without a unit is taken as mm where it can be nothing else
    """
    text, own = split_unit(cell) if isinstance(cell, str) else (cell, "")
    written = shown(cell)
    own = unit_name(own)
    if own and own not in LENGTHS:
        return Fact(None, ASKED, written=written, why="not_a_number")
    number, state, why = number_of(text, *marks)
    if number is None:
        return Fact(None, ASKED, written=written, why=why)
    name = own or unit_name(unit)
    if not name and not (default and is_paper(bounds, number) and number >= default):
        return Fact(None, ASKED, written=written, why="no_unit")
    value = number * LENGTHS.get(name, 1)
    if not is_paper(bounds, value):
        return Fact(None, ASKED, written=written, why="implausible")
    if own and unit and LENGTHS[own] != LENGTHS[unit_name(unit)]:
        state, why = _worse(state, PROPOSED), "unit_differs"
    return fact_of(value, state, why, written)


def read_size(cell, unit, marks, reel=False):
    """Return {name: Fact} of a cell as ``787×1092`` or ``64 x 90 cm``.

    >>> none = frozenset(), frozenset()
    >>> [(name, fact.value) for name, fact in read_size("64 x 90 cm", "", none).items()]
    [('width_mm', 640.0), ('length_mm', 900.0)]
    """
    written = shown(cell)
    match = SIZE.search(written)
    if not match:
        bare, own = split_unit(written)
        if bare and (not own or unit_name(own) in LENGTHS):
            fact = measured(written, unit, marks, "reel", default=300)
            if fact.state == TAKEN:
                fact = Fact(fact.value, PROPOSED, written=written, why="one_figure")
            return {"width_mm": fact}
        return {"width_mm": Fact(None, ASKED, written=written[:100], why="no_size")}
    unit = match.group(4) or match.group(2) or unit
    names = ("width_mm", "length_mm")
    facts = {name: measured(text, unit, marks, "sheet", default=300) for name, text in zip(names, match.group(1, 3), strict=True)}
    facts = {name: Fact(fact.value, fact.state, written=written[:100], why=fact.why) for name, fact in facts.items()}
    if any(fact.state == ASKED for fact in facts.values()):
        worst = next(fact for fact in facts.values() if fact.state == ASKED)
        return dict.fromkeys(names, worst)
    return facts


def read_description(text):
    """Return {name: Fact} of basis weight and size in the name of a paper, as proposals; what stands there twice is none.

    >>> {name: fact.value for name, fact in read_description("80g双胶纸 787×1092mm").items()}
    {'basis_weight': 80.0, 'width_mm': 787.0, 'length_mm': 1092.0}
    >>> read_description("70/80 g Offset"), read_description("双胶纸")
    ({}, {})
    """
    text, found = plain(text), {}
    bases = _BASIS_INSIDE.findall(text)
    if len(bases) == 1 and not re.search(r"\d\s*/\s*\d+\s*(?:g|克)", text) and is_paper("basis_weight", Decimal(bases[0])):
        found["basis_weight"] = Fact(float(bases[0]), PROPOSED, written=text[:100], why="description")
    sizes = list(SIZE.finditer(text))
    if len(sizes) == 1:
        size = read_size(sizes[0].group(), "", (frozenset(), frozenset()))
        found |= {
            name: fact if fact.state == ASKED else Fact(fact.value, PROPOSED, written=text[:100], why="description")
            for name, fact in size.items()
        }
    return found


def bare_name(text):
    """Return the name of a paper without the figures that stand in it.

    >>> bare_name("80g双胶纸 787×1092mm"), bare_name("Offset 80 gsm, 64x90 cm")
    ('双胶纸', 'Offset')
    """
    return plain(_BASIS_WORD.sub(" ", SIZE.sub(" ", plain(text)))).strip(" ,;/-*×")


def read_basis(cell, unit, marks):
    """Return the :class:`Fact` of a basis weight in g/m²; pounds of a basic size are asked."""
    text, own = split_unit(cell) if isinstance(cell, str) else (cell, "")
    written = shown(cell)
    if unit == "lb" or own and unit_name(own) not in BASIS:
        return Fact(None, ASKED, written=written[:100], why="basis_unit")
    number, state, why = number_of(text, *marks)
    if number is not None and not is_paper("basis_weight", number):
        return Fact(None, ASKED, written=written, why="implausible")
    return fact_of(number, state, why, written)


def read_thickness(cell, unit, marks):
    """Return the :class:`Fact` of a thickness in µm; without a unit it is asked."""
    text, own = split_unit(cell) if isinstance(cell, str) else (cell, "")
    name = unit_name(own) or unit_name(unit)
    written = shown(cell)
    if name not in THICKNESS:
        return Fact(None, ASKED, written=written, why="no_unit")
    number, state, why = number_of(text, *marks)
    if number is not None and not is_paper("thickness_um", number * THICKNESS[name]):
        return Fact(None, ASKED, written=written, why="implausible")
    return fact_of(number and number * THICKNESS[name], state, why, written)


def read_quantity(cell, unit, marks):
    """Return the :class:`Fact` of a quantity with its unit, or with a question."""
    text, own = split_unit(cell) if isinstance(cell, str) else (cell, "")
    written = shown(cell)
    own_name = QUANTITIES.get(unit_name(own), "")
    if own and not own_name:
        return Fact(None, ASKED, written=written[:100], why="not_a_number")
    name = own_name or QUANTITIES.get(unit_name(unit), "")
    number, state, why = number_of(text, *marks)
    if number is None:
        return Fact(None, ASKED, written=written[:100], why=why)
    if not name:
        return Fact(None, ASKED, written=written, why="no_unit")
    if own_name and unit and QUANTITIES.get(unit_name(unit)) not in ("", None, own_name):
        state, why = _worse(state, PROPOSED), "unit_differs"
    return fact_of(number, state, why, written, unit=name)


def read_price(cell, unit, marks, tax=""):
    """Return {name: Fact} of a price: the figure, currency and tax. Without "per what" the figure is asked."""
    written = shown(cell)
    text = plain(written)
    lead = re.match(r"^(usd|eur|cny|rmb|us\$|[$€¥])\s*(?=\d)", text, re.IGNORECASE)
    bare, own = (cell, "") if isinstance(cell, Decimal) else split_unit(text[lead.end() :] if lead else text)
    if lead:
        own = f"{lead.group(1)} {own}"
    tax = tax or tax_of(written)
    own = re.sub(r"[(\[].*?[)\]]", "", own).strip()
    currency, per, share = price_unit(own) if own else ("", "", 1)
    told = price_unit(unit) if unit else ("", "", 1)
    currency = currency or told[0]
    if not per:
        per, share = told[1:]
    facts = {}
    if currency in ("$", "¥"):
        facts["currency"] = Fact({"$": "USD", "¥": "CNY"}[currency], PROPOSED, written=currency, why="currency_sign")
    elif currency:
        facts["currency"] = Fact(currency, written=written)
    if tax:
        facts["tax"] = Fact(tax, written=tax)
    number, state, why = number_of(bare, *marks)
    if number is None or number <= 0:
        facts["price"] = Fact(None, ASKED, written=written[:100], why=why or "implausible")
    elif not per:
        facts["price"] = Fact(None, ASKED, written=written[:100], why="no_unit")
    else:
        if currency == "$":
            state = _worse(state, PROPOSED)
        facts["price"] = fact_of(number / share, state, why, written, per=per)
    return facts


def read_grain(cell):
    """Return the :class:`Fact` of a grain direction."""
    words = set(re.split(r"[\s/,;]+", plain(shown(cell)).lower()))
    found = [value for value, names in _GRAIN if words & set(names)]
    if len(found) == 1:
        return Fact(found[0], written=shown(cell))
    return Fact(None, ASKED, written=shown(cell)[:100], why="not_read")
