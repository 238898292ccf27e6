# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An order in plain sentences: all that is read of it is a proposal."""

import re

from .bounds import is_paper, quantity_doubt
from .cells import SIZE, number_of, read_size
from .dates import delivered, find_days
from .figures import LENGTHS, QUANTITIES, in_figures, plain, price_unit, unit_name
from .labels import order_numbers
from .model import ASKED, PROPOSED, Fact, Item

_N = r"\d+(?:[.,  ]\d+)*"
_MASS = r"(?:吨|公吨|公斤|千克|令|张|卷|tonnes|tonne|tons|ton|tonnen|mt|t|kgs|kg|lbs|lb|reams|ream|ries|sheets|bogen)"
_QUANTITY = re.compile(rf"(?<![A-Za-z0-9/.-])(?<!\d,)({_N})\s*({_MASS})(?![a-z/²])", re.IGNORECASE)
_BASIS = re.compile(rf"(?<![A-Za-z0-9/.-])(?<!\d,)({_N})\s*(g/m²|g/㎡|g/m2|gsm|g/qm|克/平方米|克|g(?![a-z/]))", re.IGNORECASE)
_REEL = re.compile(
    rf"(?:卷筒.{{0,4}}?幅宽|幅宽|门幅|reels? of|reels?|reel width|rollenbreite|rollen)\s*[:：]?\s*({_N})\s*(mm|cm|毫米|寸|英寸|"
    rf"inch|in\b)",
    re.IGNORECASE,
)
_DIAMETER = re.compile(
    rf"(?:直径|外径|diameter|durchmesser)\s*[:：]?\s*(?:max\.?\s*)?({_N})\s*(mm|cm|毫米|寸|英寸|inch|in\b)", re.IGNORECASE
)
CORE = re.compile(rf"(?:纸芯|芯径|芯|core|hülse)\s*[:：]?\s*({_N})\s*(mm|cm|毫米|寸|英寸|inches|inch|in\b|\")", re.IGNORECASE)
_PRICE = re.compile(
    rf"(?:(usd|eur|cny|rmb)\s*({_N})\s*(?:per|je|/)\s*({_MASS}))|({_N})\s*((?:元|美元|欧元|usd|eur|€)\s*(?:/|每|per|je)\s*{_MASS})",
    re.IGNORECASE,
)
_PLACE = (
    re.compile(r"(?:送到|送至|发到|运到|送)\s*([^\s，,。；;：:]{3,40})"),
    re.compile(r"ship to\s*:?\s*([^.;\n]{3,90})", re.IGNORECASE),
    re.compile(r"\bdeliver(?:y)?\s+to\s+(?:our |the )?([^.;\n]{3,90})", re.IGNORECASE),
    re.compile(r"for delivery on [^,.;\n]{4,30}? to ([^.;\n]{3,90})", re.IGNORECASE),
    re.compile(r"an unser Lager (?:in der |in |im )?([^.;\n]{3,60}?) liefern", re.IGNORECASE),
    re.compile(r"Lieferung am [\d. ]+an ([^.;\n]{3,90})", re.IGNORECASE),
    re.compile(r"bis [\d. ]+,\s*([^.;\n]{5,90})", re.IGNORECASE),
)
_PAYMENT = re.compile(
    r"payment (?:by|:)?\s*([^.;\n]{3,80})|(先付[^。\n]{3,40})|(月结\s*\d{1,3}\s*[天日]?)|(t/t \d+%[^.;\n]{0,80})", re.IGNORECASE
)
_TERM = re.compile(
    r"\b((?:CIF|CFR|FOB|DAP|DDP|EXW|FCA|CPT|CIP)\s+[A-Z][\w-]*(?:\s+[A-Z][\w-]*)?)|(frei Haus(?:\s+[A-ZÄÖÜ][\w-]+)?)"
)
_GRAIN = (("short", re.compile("breitbahn|横丝|short grain", re.I)), ("long", re.compile("schmalbahn|纵丝|long grain", re.I)))
_FURTHER = "另外|还有|以及|另要|另需|另订|再要|再订|另|and|und|sowie|plus"
_SPLIT = re.compile(rf"(?:[,，;；。]\s*|\s)(?:{_FURTHER})(?=\s*{_N}\s*(?:{_MASS}|克|g))", re.IGNORECASE)
_WANTED = re.compile(
    r"订|要|安排|急需|需|order|book|supply|need|enter|please (?:send|deliver)|bestell|brauchen|liefern sie|purchase|请按|排产",
    re.IGNORECASE,
)
_CHINESE_COMMA = re.compile(r"，(?!(?<=(?<!\d)\d，)\d{3}(?!\d)|(?<=(?<!\d)\d\d，)\d{3}(?!\d)|(?<=(?<!\d)\d{3}，)\d{3}(?!\d))")
_UNWANTED = re.compile(
    r"不需要|不再需要|不要|无需|not (?:need|want|order|require)|don't (?:need|want)|no longer|nicht mehr|brauchen (?:wir )?kein",
    re.IGNORECASE,
)
_PAPER_ZH = re.compile(
    r"(?:的|吨|克|g|令|订|要|^|[\s,，])((?:[\u4e00-\u9fff]{0,5}?)(?:双胶纸|铜版纸|书写纸|白卡纸|白卡|箱板纸|瓦楞纸|新闻纸|轻型纸|轻涂纸|牛皮纸|复印纸|纸))"
)
_GRADE_AFTER = re.compile(
    rf"{_N}\s*{_MASS}\s+(?:of\s+)?(?:the\s+)?([A-Za-zÄÖÜäöüß][A-Za-zÄÖÜäöüß0-9 ]{{2,40}}?)(?=,?\s*(?:in\s+)?{_N}\s*(?:g\b|"
    rf"g/|gsm))",
    re.IGNORECASE,
)
_GRADE_BEFORE = re.compile(
    rf"(?:[:,]|sie uns|\bof)\s+([A-Za-zÄÖÜäöüß][A-Za-zÄÖÜäöüß0-9 ]{{2,40}}?),?\s+(?=(?:in\s+)?{_N}\s*(?:g\b|g/|gsm))",
    re.IGNORECASE,
)
_DUE = re.compile(r"交|送|到货|deliver|ship|due|need|liefer|\bbis\b|before|until|\bby\b|not later", re.IGNORECASE)
_UNSURE = re.compile(
    r"价格按.{0,12}|按上次.{0,6}|as last time|wie zuletzt|before (?:christmas|easter|new year)|春节前|年前", re.IGNORECASE
)


def _flat(text):
    """Return a text as one line of plain characters; a Chinese comma parts what stands around it, but for thousands.

    >>> _flat("787×1092，二十吨，1，250令")
    '787×1092, 20吨, 1,250令'
    """
    return in_figures(plain(_CHINESE_COMMA.sub(", ", text)))


def wants_paper(text):
    """Say whether a text asks for paper: words of an order, and a quantity with a basis weight or a size.

    >>> wants_paper("我们要订80克双胶纸20吨"), wants_paper("thank you for the 20 t")
    (True, False)
    >>> wants_paper("We do not need the 20 t of 80 g/m2 any more")
    False
    """
    text = _flat(text)
    if _UNWANTED.search(text):
        return False
    return bool(_WANTED.search(text) and _QUANTITY.search(text) and (_BASIS.search(text) or SIZE.search(text)))


def read_prose(text, today, order, reading):
    """Read an order's papers out of sentences, and what holds for all of them."""
    text = _flat(text)
    parts = [part for part in _SPLIT.split(text) if part.strip()]
    if len([part for part in parts if _BASIS.search(part)]) < len(parts):
        parts = [text]
    if len(parts) == 1:
        apart = [part for part in re.split(r"[;。]", text) if _BASIS.search(part)]
        parts = apart if len(apart) > 1 and all(_QUANTITY.search(part) for part in apart) else parts
    items = []
    for place, part in enumerate(parts, 1):
        facts = _paper(part)
        if facts:
            items.append(Item(facts, place, str(place), part[:500]))
    _share(items, parts)
    reading.items += items
    for name, fact in read_terms(text, today, order, reading).items():
        reading.head.setdefault(name, fact)
    for match in _UNSURE.finditer(text):
        reading.tell("not_read", match.group())


def read_terms(text, today, order, reading):
    """Return {name: Fact} of what sentences say of an order as a whole, as proposals."""
    text, facts = _flat(text), {}
    days = find_days(text, today, order) if _DUE.search(text) else []
    if len(days) == 1:
        fact = delivered(days[0][2], today)
        facts["delivery_date"] = Fact(
            fact.value, PROPOSED if fact.value else ASKED, written=fact.written, why=fact.why or "prose"
        )
        if not fact.value:
            reading.tell(fact.why, fact.written)
    elif days:
        facts["delivery_date"] = Fact(None, ASKED, written=" / ".join(day[2].written for day in days), why="several_days")
    numbers = order_numbers(text)
    if len(numbers) == 1:
        facts["order_number"] = Fact(numbers[0], PROPOSED, written=numbers[0], why="prose")
    if place := _place(text):
        facts["delivery_place"] = Fact(place, PROPOSED, written=place, why="prose")
    for match in _PAYMENT.finditer(text):
        words = next(part for part in match.groups() if part).strip(" .,")
        facts.setdefault("payment", Fact(words, PROPOSED, written=words, why="prose"))
    if match := _TERM.search(text):
        facts["trade_term"] = Fact(match.group().strip(), PROPOSED, written=match.group(), why="prose")
    return facts


def _place(text):
    for pattern in _PLACE:
        for match in pattern.finditer(text):
            words = re.split(r"\.\s|Our order|订单号", match.group(1))[0].strip(" .,，。")
            words = re.sub(r"就可以$", "", words)
            if len(words) > 1 and not re.match(rf"{_N}\s*{_MASS}(?![A-Za-z])", words, re.IGNORECASE):
                return words
    return ""


def _paper(text):
    """Return {name: Fact} of one paper in a text; {} where it names none."""
    facts = {}
    bases = list(_BASIS.finditer(text))
    if len({match.group().replace(" ", "").lower() for match in bases}) > 1:
        written = " / ".join(match.group().strip() for match in bases)[:100]
        return dict.fromkeys(("basis_weight", "quantity"), Fact(None, ASKED, written=written, why="several_papers"))
    if len(bases) == 1:
        number, _state, _why = number_of(bases[0].group(1))
        if number is not None and is_paper("basis_weight", number):
            facts["basis_weight"] = _proposal(number, bases[0].group())
    prices = list(_PRICE.finditer(text))
    if len(prices) == 1:
        facts |= _price(prices[0])
    covered = [match.span() for match in prices]
    quantities = [one for one in _QUANTITY.finditer(text) if not any(begin <= one.start() < end for begin, end in covered)]
    quantities = [
        one for one in quantities if not re.search(r"(?:about|approx|ca\.|per|je|每.?)\s*$", text[: one.start()], re.IGNORECASE)
    ]
    if quantities:
        facts["quantity"] = _quantity(quantities)
    size = SIZE.search(text)
    if size:
        facts |= {name: _doubted(fact) for name, fact in read_size(size.group(), "", (frozenset(), frozenset())).items()}
        facts["form"] = Fact("sheet", PROPOSED, why="prose")
    for name, pattern in (("width_mm", _REEL), ("diameter_mm", _DIAMETER), ("core_mm", CORE)):
        match = pattern.search(text)
        if match and (name != "width_mm" or not size):
            number, _state, _why = number_of(match.group(1))
            if number is not None:
                facts[name] = _proposal(number * LENGTHS[unit_name(match.group(2))], match.group())
                facts["form"] = Fact("reel", PROPOSED, why="prose")
    if grade := _grade(text):
        facts["grade"] = Fact(grade, PROPOSED, written=grade, why="prose")
    for value, pattern in _GRAIN:
        if pattern.search(text):
            facts["grain"] = Fact(value, PROPOSED, why="prose")
    if match := re.search(r"packed (?:on|in) ([^.;]+?)(?=\. |;|$)", text):
        facts["packing"] = Fact(match.group(1), PROPOSED, written=match.group(), why="prose")
    if match := re.search(r"Volumen [\d,]+-?fach", text):
        facts["quality"] = Fact(match.group(), PROPOSED, written=match.group(), why="prose")
    return facts if {"basis_weight", "quantity"} & set(facts) else {}


def _proposal(number, written, **values):
    return Fact(float(number), PROPOSED, written=written.strip(), why="prose", **values)


def _doubted(fact):
    return fact if fact.state == ASKED else Fact(fact.value, PROPOSED, written=fact.written, why="prose")


def _quantity(found):
    if len({one.group().replace(" ", "") for one in found}) > 1:
        return Fact(None, ASKED, written=" / ".join(one.group() for one in found)[:100], why="several_quantities")
    number, state, why = number_of(found[0].group(1))
    unit = QUANTITIES[unit_name(found[0].group(2))]
    if number is None or state == ASKED:
        return Fact(None, ASKED, written=found[0].group(), why=why)
    if quantity_doubt(float(number), unit, "sheet") == "implausible":
        return Fact(None, ASKED, written=found[0].group(), why="implausible")
    return _proposal(number, found[0].group(), unit=unit)


def _price(match):
    code, lead, per, tail, unit = match.groups()
    text = lead or tail
    currency, name, share = price_unit(f"{code}/{per}" if code else unit)
    number, _state, why = number_of(text)
    facts = {"currency": Fact(currency, PROPOSED, written=match.group(), why="prose")} if currency else {}
    if number is None and why == "ambiguous_number":
        whole = re.sub(r"[.,]", "", text)  # a tonne of paper costs hundreds and more, in any currency
        number = number_of(whole)[0] if name == "t" else None
    if number is None:
        return facts | {"price": Fact(None, ASKED, written=match.group(), why=why)}
    return facts | {"price": _proposal(number / share, match.group(), per=name)}


def _grade(text):
    if match := _PAPER_ZH.search(text):
        return re.sub(r"^(?:我们|我司|请|想|要|需要|需|订购|订|买|购|安排)+(?=.)", "", match.group(1))
    for pattern in (_GRADE_AFTER, _GRADE_BEFORE):
        for match in pattern.finditer(text):
            words = re.sub(r"^(?:of|the|uns|sie)\s+", "", match.group(1).strip(), flags=re.IGNORECASE)
            if words and not re.search(r"same paper|order", words, re.IGNORECASE):
                return words
    return ""


def _share(items, parts):
    """What a later paper says to be the same as the first one's is the first one's."""
    if len(items) < 2:
        return
    first = items[0].facts
    for item in items[1:]:
        words = item.raw
        if re.search(r"尺寸同上|same size|gleiches Format", words):
            item.facts |= {name: first[name] for name in ("width_mm", "length_mm", "form") if name in first}
        if re.search(r"same paper|gleiches Papier|同样的纸", words) and "grade" in first:
            item.facts["grade"] = first["grade"]
    prices = list(_PRICE.finditer(parts[-1]))
    if len(prices) == len(items):
        for item, match in zip(items, prices, strict=True):
            item.facts |= _price(match)
        if term := _TERM.search(parts[-1]):
            first["trade_term"] = Fact(term.group().strip(), PROPOSED, written=term.group(), why="prose")
