# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers as people write them, and their units."""

import re
import unicodedata
from decimal import Decimal

from ..orderbook.headings import FACTORS

INCH = FACTORS["in"]
KG = {unit: FACTORS[unit] for unit in ("t", "kg", "lb")}

LENGTHS = {
    "mm": Decimal(1), "毫米": Decimal(1), "cm": Decimal(10), "厘米": Decimal(10), "公分": Decimal(10),
    "m": Decimal(1000), "米": Decimal(1000), "in": INCH, "inch": INCH, "inches": INCH, '"': INCH, "″": INCH, "”": INCH,
    "寸": INCH, "英寸": INCH, "吋": INCH, "zoll": INCH,
}  # fmt: skip
QUANTITIES = {
    name: unit
    for unit, names in {
        "t": "t mt to ton tons tonne tonnes tonnen 吨 噸 公吨 吨数",
        "kg": "kg kgs 公斤 千克 kilo kilos",
        "lb": "lb lbs pound pounds",
        "ream": "ream reams 令 令数 ries rm",
        "sheet": "sheet sheets 张 張 张数 bogen sht shts",
        "reel": "reel reels roll rolls 卷 rolle rollen",
        "pallet": "pallet pallets 托 托盘 palette paletten",
    }.items()
    for name in names.split()
}
BASIS = set("g/m2 g/m^2 g/㎡ gsm g/qm 克/平方米 克/m2 克/㎡ g 克 gr g/sqm".split())
THICKNESS = {
    "um": Decimal(1), "μm": Decimal(1), "micron": Decimal(1), "microns": Decimal(1), "微米": Decimal(1),
    "mm": Decimal(1000), "毫米": Decimal(1000), "丝": Decimal(10),
}  # fmt: skip
CURRENCIES = {
    "元": "CNY", "人民币": "CNY", "rmb": "CNY", "cny": "CNY", "usd": "USD", "us$": "USD", "美元": "USD", "eur": "EUR",
    "€": "EUR", "euro": "EUR", "欧元": "EUR", "$": "USD", "¥": "CNY",
}  # fmt: skip
DOUBTFUL_CURRENCIES = {"$", "¥"}

_NUMBER = r"[+-]?\d+(?:[.,  '’]\d+)*"
NUMBER = re.compile(_NUMBER)


def plain(text):
    """Return a text with full-width characters as plain ones, trimmed.

    >>> plain(" ７８７×１０９２ ")
    '787×1092'
    """
    text = str(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).replace("μ", "μ")
    return " ".join(text.split())


def key(text):
    """Return a word as it is compared: no blanks, points, capitals."""
    return re.sub(r"[\s._:：\-#°'’*/]+", "", plain(text).lower())


_DIGITS = {sign: place for place, signs in enumerate("零〇 一 二两 三 四 五 六 七 八 九".split()) for sign in signs}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_SPELLED = re.compile(
    r"[零〇一二两三四五六七八九十百千万]+(?:点[零〇一二三四五六七八九]+)?"
    r"(?=\s*(?:公?吨|克(?!重)|令|公斤|千克|毫米|寸|英寸|乘|月[零〇一二三四五六七八九十\d]|[日号號]))"
    r"|(?<=乘)[零〇一二三四五六七八九十百千]+"
)


def in_figures(text):
    """Return a text with the numbers that are spelled in Chinese before a unit or in a day as figures.

    >>> in_figures("八十克双胶纸二十吨，十二月十八日"), in_figures("一百零五克，两千三百公斤，一万二千令，三点五吨，统一克重")
    ('80克双胶纸20吨，12月18日', '105克，2300公斤，12000令，3.5吨，统一克重')
    """
    return _SPELLED.sub(lambda match: _figure_of(match.group()) or match.group(), text)


def _figure_of(word):
    whole, _point, rest = word.partition("点")
    total = below = digit = 0
    if not set(whole) & {*_PLACES, "万"}:  # said figure by figure
        figures = "".join(str(_DIGITS[sign]) for sign in whole)
    else:
        for sign in whole:
            if sign in _DIGITS:
                digit = _DIGITS[sign]
            elif sign in _PLACES:
                below, digit = below + (digit or 1) * _PLACES[sign], 0
            else:
                total, below, digit = (below + digit) * 10_000, 0, 0
        figures = str(total + below + digit)
    return f"{figures}.{''.join(str(_DIGITS[sign]) for sign in rest)}" if rest else figures


def senses(text):
    """Return {Decimal: decimal mark or None} of all that a number may mean; {} if it is none.

    >>> sorted(map(str, senses("12,500"))), sorted(map(str, senses("1,250.5"))), sorted(map(str, senses("2.500,5")))
    (['12.500', '12500'], ['1250.5'], ['2500.5'])
    >>> senses("60 000"), senses("1.234.567"), senses("5,62")
    ({Decimal('60000'): None}, {Decimal('1234567'): ','}, {Decimal('5.62'): ','})
    """
    text = plain(text)
    if not NUMBER.fullmatch(text) or len(text) > 40:
        return {}
    if re.search(r"\d[ '’]\d", text):
        if not re.fullmatch(r"[+-]?\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?", text):
            return {}
        text = re.sub(r"[ '’]", "", text)
        mark = "," if "," in text else "." if "." in text else None
        return {Decimal(text.replace(",", ".")): mark}
    marks = [char for char in text if char in ".,"]
    if not marks:
        return {Decimal(text): None}
    last = marks[-1]
    groups = re.split(r"[.,]", text.lstrip("+-"))
    grouped = all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3 and groups[0] != "0"
    if len(set(marks)) == 2:
        whole, _mark, rest = text.rpartition(last)
        other = marks[0]
        if marks.count(last) > 1 or not all(len(group) == 3 for group in whole.split(other)[1:]):
            return {}
        return {Decimal(whole.replace(other, "") + "." + rest): last}
    if len(marks) > 1:
        return {Decimal(text.replace(last, "")): "." if last == "," else ","} if grouped else {}
    decimal = Decimal(text.replace(",", "."))
    if not grouped:
        return {decimal: last}
    return {decimal: last, Decimal(text.replace(last, "")): "." if last == "," else ","}


def proven_marks(texts):
    """Return the decimal marks that texts use beyond doubt.

    >>> sorted(proven_marks(["1.234", "63,0", "12"]))
    [',']
    """
    found = set()
    for text in texts:
        for number in NUMBER.findall(plain(text)) if isinstance(text, str) else ():
            marks = set(senses(number).values())
            if len(senses(number)) == 1:
                found |= marks - {None}
    return found


def split_unit(text):
    """Return (number text, rest) of a cell as ``12.5吨``; ("", text) where it does not begin with a number.

    >>> split_unit("18.5 t"), split_unit("约5吨")
    (('18.5', 't'), ('', '约5吨'))
    """
    text = plain(text)
    match = re.match(_NUMBER, text)
    return (match.group().strip(), text[match.end() :].strip()) if match else ("", text)


def unit_name(text):
    """Return a unit as the tables of this module name it.

    >>> unit_name("G/M²"), unit_name("µm")
    ('g/m2', 'μm')
    """
    return plain(text).lower().replace("µ", "μ").replace("²", "2").replace("㎡", "m2").replace(" ", "").strip(".,;()[]")


def price_unit(text):
    """Return (currency, per, share) of a price's unit; share is what the figure is divided by. Empty where it is none.

    >>> price_unit("元/吨"), price_unit("EUR/100 kg"), price_unit("USD per MT"), price_unit("$/cwt")
    (('CNY', 't', 1), ('EUR', 'kg', 100), ('USD', 't', 1), ('$', 'lb', 100))
    """
    name = plain(text).lower()
    currency = next((word for word in sorted(CURRENCIES, key=len, reverse=True) if word in name), "")
    if not currency:
        return "", "", 1
    rest = name.replace(currency, " ", 1)
    rest = re.sub(r"^[\s/每]*(?:per|je|pro)?[\s/每]*", "", rest.strip(" ()[],;")).strip(" ()[],;")
    rest = re.sub(r"[,(].*", "", rest).strip()
    share = 1
    match = re.match(r"(\d+)\s*(.*)", rest)
    if match:
        share, rest = int(match.group(1)), match.group(2)
    if rest == "cwt":
        rest, share = "lb", 100
    code = currency if currency in DOUBTFUL_CURRENCIES else CURRENCIES[currency]
    return code, QUANTITIES.get(rest.replace("%", "").strip("."), ""), share
