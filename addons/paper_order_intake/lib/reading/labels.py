# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Lines as ``label: value``: of a letter's text, and above or below a list."""

import re

from .cells import measured, read_basis, read_grain, read_price, read_quantity, read_size, read_thickness
from .dates import delivered, find_days, read_day
from .figures import plain
from .grids import shown
from .headings import read_heading
from .model import ASKED, PROPOSED, TAKEN, Fact

TEXTS = ("delivery_place", "payment", "trade_term", "remark", "quality", "packing", "certificate", "tolerance", "grade")
_LABEL = re.compile(r"^\s*[-•*·]?\s*([^:：]{1,40}?)\s*[:：]\s*(\S.*)$")
_BLANK_LABEL = re.compile(r"^(交货日期|交货地点|付款方式|付款条件|付款|交期|送货地址|收货地址|备注)\s*(?:送|为|是)?\s*(\S.*)$")
_ENDS = re.compile(r"(?<=[.。;；])\s+|[;；]\s*|。")
# Each part is bounded: what comes from outside must not keep the reader busy.
_CODE = (
    r"(?:[A-Za-z]{1,6} |[A-Za-z]{0,6}[A-Za-z0-9]{0,20}[-/_]?)[A-Za-z0-9]{0,20}\d[A-Za-z0-9]{0,20}"
    r"(?:[-/_.][A-Za-z0-9]{1,20}){0,5}(?:\s?/\s?\d{1,9})?"
)
_NUMBER = re.compile(
    r"(?:abrufliste|order sheet|要货计划|采购订单|采购单|订单编号|订单号|订单|訂單編號|訂單號|訂單|订货单|采购|"
    r"計劃號|计划号|合同号|(?<!快递)(?<!运)(?<!物流)(?:单号|單號)|"
    r"purchase order|order no\.?|order number|order|our order|p\.\s?o\.?|po|"
    r"bestellung|bestell-?nr\.?|bestellnummer|auftrag|auftragsnummer|abruf)"
    r"(?:\s*(?:no\.?|number|nr\.?|号|號|编号|编码|号码|#|is|ist))*\s*[:：#]?\s*(" + _CODE + r")",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:is|ist|号)\s*[:：]?\s*(" + _CODE + r")", re.IGNORECASE)
_DAY_LIKE = re.compile(r"^20\d\d[-/.年]\d{1,2}|^\d{1,2}[./-]\d{1,2}[./-]|^\d{1,3}$|^(?:rev|version)", re.IGNORECASE)
_PAPER = re.compile(r"\d\s*(?:吨|克|g\b|kg|令|张|公斤)|。")
MARKS = (frozenset(), frozenset())


def order_numbers(text, any_length=False):
    """Return the order numbers that a text names, in order.

    :param any_length: also those of a few figures, as where an order that is there is looked for by its number

    >>> order_numbers("采购订单 SX-2612-018"), order_numbers("PO-88213 containerboard"), order_numbers("订单HB-0927")
    (['SX-2612-018'], ['PO-88213'], ['HB-0927'])
    >>> order_numbers("Bestellung ZK 26/77"), order_numbers("our order of 2 December")
    (['ZK 26/77'], [])
    >>> order_numbers("> 订单 DF-8 5吨, PO no. 4711, order of 20 t"), order_numbers("PO 12"), order_numbers("PO 12", True)
    (['DF-8', '4711'], [], ['12'])
    >>> order_numbers("订单 M17 5吨"), order_numbers("订单 M1 5吨", True)
    (['M17'], ['M1'])
    """
    found, text = [], plain(text or "")
    for match in _NUMBER.finditer(text):
        number = match.group(1).strip(" .,-")
        begin = match.start(1)
        if text[begin - 1 : begin] == "-" and text[match.start() : begin].lower().startswith("po"):
            number = f"PO-{number}"
        if match.group().lower().startswith("po-") and not number.startswith("PO-"):
            number = f"PO-{number}"
        enough = any_length or sum(char.isdigit() for char in number) >= 2 or re.fullmatch(r"[A-Z]{2,}-\d", number)
        if re.match(r"[a-z]+ ", number):
            continue  # “order of 20 t”: words, no number
        is_day = _DAY_LIKE.search(number) and not (any_length and number.isdigit())
        if enough and not is_day and not re.fullmatch(r"\d+[.,]\d+", number) and number not in found:
            found.append(number)
    return found


def read_label(line, today, order=None):
    """Return ({name: Fact}, words not read) of a line ``label: value``; ({}, None) if it is none.

    The names of figures of one paper and of the order as a whole come together.
    """
    text = plain(line)
    match = _LABEL.match(text)
    if match:
        heading = read_heading(match.group(1))
        value = match.group(2).strip()
        if heading is None:
            return {}, None
    else:
        match = None if ":" in text else _BLANK_LABEL.match(text)
        if not match:
            return {}, None
        heading, value = read_heading(match.group(1)), match.group(2)
        facts, rest = _value_of(heading, value, today, order)
        return {name: _proposed(fact) for name, fact in facts.items()}, rest
    return _value_of(heading, value, today, order)


def _proposed(fact):
    return Fact(fact.value, PROPOSED, fact.unit, fact.per, fact.written, fact.why) if fact.state == TAKEN else fact


def pair(label, value, today, order=None):
    """Return the same of a label in one cell and its value in the next."""
    heading = read_heading(str(label).strip().rstrip(":：")) if isinstance(label, str) else None
    if heading and isinstance(value, str) and not any(map(str.isdigit, value)) and read_heading(value):
        return {}, None  # two headings side by side
    return ({}, None) if heading is None else _value_of(heading, value, today, order)


def _value_of(heading, value, today, order):
    field, unit = heading.field, heading.unit
    words = shown(value).strip()
    cell = words.rstrip("。;； ") if isinstance(value, str) else value
    if field in ("party", "contact", "order_date", "total", "index", "supplier_item", "amount", "deckle"):
        return {"_skip": None}, None
    if field in ("order_number", "number"):
        return {"order_number": Fact(words.rstrip("。.;；,，"), written=words)}, None
    if field == "delivery_date":
        return _date_of(cell, words, today, order)
    if field == "currency":
        return {}, None
    if field in TEXTS or field == "item_number":
        return {field: Fact(words.rstrip("。.;；"), written=words)}, None
    if field in ("width", "reel_width"):
        fact = measured(cell, unit, MARKS, "reel", default=300)
        return {"width_mm": fact} | ({"_reel": Fact("reel")} if field == "reel_width" else {}), None
    readers = {
        "size": lambda: read_size(cell, unit, MARKS),
        "length": lambda: {"length_mm": measured(cell, unit, MARKS, "sheet", default=300)},
        "diameter": lambda: {"diameter_mm": measured(cell, unit, MARKS, "diameter_mm", default=400)},
        "core": lambda: {"core_mm": measured(cell, unit, MARKS, "core_mm", default=63)},
        "basis_weight": lambda: {field: read_basis(cell, unit, MARKS)},
        "thickness": lambda: {"thickness_um": read_thickness(cell, unit, MARKS)},
        "quantity": lambda: {field: read_quantity(cell, unit, MARKS)},
        "price": lambda: read_price(cell, unit, MARKS, heading.tax),
        "grain": lambda: {field: read_grain(cell)},
    }
    if field not in readers:
        return {}, words
    return readers[field](), None


def _date_of(cell, words, today, order):
    if isinstance(cell, str) and not find_days(cell, today, order):
        head, comma, rest = words.partition(",")
        return {"delivery_date": Fact(None, ASKED, written=head[:100], why="no_day")}, rest.strip() if comma else None
    return {"delivery_date": delivered(read_day(cell, today, order), today)}, None


def sentences(text):
    """Return the lines of a text, those with several sentences cut at their ends.

    >>> sentences("Terms: net 45. Ship to: Dock 3.")
    ['Terms: net 45.', 'Ship to: Dock 3.']
    """
    found = []
    for line in str(text).splitlines():
        line = line.strip()
        if not line:
            continue
        parts = [part for part in _ENDS.split(line) if part and part.strip()]
        clauses = [part.strip() for part in re.split(r"[，,]", line) if part.strip()]
        if len(clauses) > 1 and any(_BLANK_LABEL.match(plain(part)) for part in clauses[1:]) and not _PAPER.search(line):
            found += clauses
            continue
        if len(parts) > 1 and any(_LABEL.match(part) and read_heading(_LABEL.match(part).group(1)) for part in parts):
            whole = _LABEL.match(line)
            if whole and read_heading(whole.group(1)) and not any(_is_label(part) for part in parts[1:]):
                found.append(line)
                continue
            found += [part.strip() for part in parts]
        else:
            found.append(line)
    return found


def _is_label(text):
    match = _LABEL.match(text)
    return bool(match and read_heading(match.group(1)))
