# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a customer answers in a sentence or two: a day, terms of payment, a quantity, a figure of the paper.

Only what can be read in one way is read: two days without a word for which is which are nobody's delivery date. What is
read is proposed to a person beside the words, never taken by itself.
"""

import re
import unicodedata
from datetime import date

from .reading.dates import find_days
from .reading.figures import QUANTITIES, plain, unit_name

_DELIVERY = re.compile(r"(?i)(交货|交貨|交期|到货|到貨|送货|送貨|交付|deliver|arriv|liefer)[^\n。；;]{0,16}$")
_OTHER_DAY = re.compile(r"(?i)(订单日期|下单|签订|合同日期|付款日|order date|dated|invoice|发票)[^\n。；;，,]{0,10}$")
_PAYMENT = (
    (re.compile(r"月结\s*(\d{1,3})\s*(?:天|日)"), True),
    (re.compile(r"(?:付款|账期|帐期|帳期|賬期|支付)[^\d\n。；;]{0,8}(\d{1,3})\s*(?:天|日)"), False),
    (re.compile(r"(?i)\b(?:payment|net|zahlung)\b[^\d\n.;]{0,20}(\d{1,3})\s*(?:days?|tage?n?)"), False),
)
_QUANTITY = re.compile(
    r"(?i)(?<![\d.,A-Za-z])(\d+(?:\.\d+)?)\s*(公吨|吨|噸|公斤|千克|tonnes?|tons?|kg|t|令|reams?|张|張|sheets?)(?![a-z/])"
)
_FROM_QUANTITY = re.compile(r"(?i)(原|从|由|from|instead of|statt)[^\d\n，,。；;]{0,6}$")
_FIGURES = {
    "core_diameter": re.compile(r"(?i)(?:纸芯|紙芯|芯径|管芯|内径|\bcore)[^\d\n]{0,8}(\d+(?:\.\d+)?)\s*(?:mm|毫米)"),
    "reel_diameter_max": re.compile(r"(?i)(?:卷径|捲徑|外径|\bdiameter)[^\d\n]{0,8}(\d+(?:\.\d+)?)\s*(?:mm|毫米)"),
    "width": re.compile(r"(?i)(?:幅宽|幅寬|门幅|門幅|\bwidth)[^\d\n]{0,8}(\d+(?:\.\d+)?)\s*(?:mm|毫米)"),
    "length": re.compile(r"(?i)(?:长度|長度|\blength)[^\d\n]{0,8}(\d+(?:\.\d+)?)\s*(?:mm|毫米)"),
    "basis_weight": re.compile(r"(?i)(?<![\d.])(\d+(?:\.\d+)?)\s*(?:g/m2|g/m²|gsm|克(?!重))"),
}


def read_reply(text, today):
    """Return what a sentence says, as far as that can be one thing only.

    :param today: date on which it is read; a day before it is no delivery date
    :return: dict with some of: commitment_date (date), payment (days, whether from the end of the month),
        quantity (figure, unit), and figures in mm or g/m² by the field's name

    >>> read_reply("交货日期 2026年12月15日，付款 月结30天", date(2026, 11, 29))
    {'commitment_date': datetime.date(2026, 12, 15), 'payment': (30, True)}
    >>> read_reply("请将数量改为20吨", date(2026, 11, 29))
    {'quantity': (20.0, 't')}
    >>> read_reply("deliver 15 December", date(2026, 11, 29)), read_reply("交期 05/06/2027", date(2026, 11, 29))
    ({'commitment_date': datetime.date(2026, 12, 15)}, {})
    >>> read_reply("20吨或者25吨", date(2026, 11, 29)), read_reply("12,500 kg", date(2026, 11, 29))
    ({}, {})
    """
    text = unicodedata.normalize("NFKC", text or "")
    found = {}
    if day := _delivery_day(text, today):
        found["commitment_date"] = day
    terms = [(int(match[1]), by_month) for pattern, by_month in _PAYMENT for match in pattern.finditer(text)]
    if terms and len({days for days, _by_month in terms}) == 1:
        found["payment"] = terms[0]
    if quantity := _quantity(text):
        found["quantity"] = quantity
    for name, pattern in _FIGURES.items():
        figures = {float(match[1]) for match in pattern.finditer(text)}
        if len(figures) == 1 and (figure := figures.pop()):
            found[name] = figure
    return found


def _delivery_day(text, today):
    """Return the only day that a text can mean by a delivery; one that has two senses leaves all of them open."""
    days = {}
    for line in map(plain, text.splitlines()):
        for begin, _end, fact in find_days(line, today):
            before = line[:begin]
            if fact.why != "no_such_day" and not _OTHER_DAY.search(before):
                days[fact.value] = days.get(fact.value, False) or bool(_DELIVERY.search(before))
    named = [day for day, is_named in days.items() if is_named] or list(days)
    day = date.fromisoformat(named[0]) if len(named) == 1 and named[0] else None
    return day if day and day >= today else None


def _quantity(text):
    """Return the only quantity of a text; one that it is changed from does not count."""
    found = {
        (float(match[1]), QUANTITIES[unit_name(match[2])])
        for match in _QUANTITY.finditer(text)
        if not _FROM_QUANTITY.search(text[: match.start()])
    }
    return found.pop() if len(found) == 1 and min(found)[0] > 0 else None
