"""Whether a text names a price: nobody's copy is cut by it, it says which letters and clauses go to whom (R4.1.3)."""

import re
from decimal import Decimal, InvalidOperation

_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MARK = r"CNY|RMB|USD|EUR|GBP|HKD|JPY|人民币|美元|欧元|港元|港币|[¥￥$€£]"
_SCALE = r"(?:万|亿|千|百)?"
_UNIT = rf"{_SCALE}(?:元|圆|角|分钱|美元|欧元|港元|yuan\b|CNY|RMB|USD|EUR)"
_CAPITALS = r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+[元圆角分][零壹贰叁肆伍陆柒捌玖角分整正]*"
_WORDS = (
    r"[一二两三四五六七八九十百千万亿零〇点]+(?:元|圆|美元|欧元|港元)|"
    r"\b(?:hundred|thousand|million)\b[^.;\n]{0,24}\b(?:dollars|yuan|euros|renminbi)\b"
)
_MONEY = re.compile(
    rf"(?:(?:{_MARK})\s*(?:{_NUMBER})\s*(?:{_UNIT})?|(?:{_NUMBER})\s*(?:{_UNIT}|[¥￥$€£])|{_CAPITALS}|{_WORDS})", re.IGNORECASE
)
_PRICE_WORD = re.compile(
    rf"((?:单价|总价|价款|价格|货款|货值|金额|含税|税额|定金|预付款|price|amount|total|deposit|payment)[^\d\n。；;，,*]{{0,12}}?)(?:{_NUMBER})",
    re.IGNORECASE,
)
# Figures of paper, which may well be equal to a price: 80 g/m², 787 mm, 500 sheets, 8 %.
_MEASURE = re.compile(
    r"\s*(?:%|％|‰|°|mm|cm|µm|μm|m²|m2|m\b|g\b|g/|克|kg|t\b|吨|公斤|千克|毫米|微米|米|张|令|卷|件|日|天|个月|年|sheets?|reams?|reels?|rolls?|"
    r"copies|originals|pallets?|boxes|cartons?|lorr(?:y|ies)|trucks?|tonnes?|metres?|days?|weeks?|months?|hours?|h\b|托|箱|车|周|小时|份|条|×|x\d|\*\d)",
    re.IGNORECASE,
)
# What makes a small figure equal to a price that price: 6 per ream, 6/kg, 每令 6.
_EACH = re.compile(r"\s*(?:/\s*[^\W\d]|per\b|each\b|apiece\b|每)", re.IGNORECASE)
_BARE = re.compile(r"\d{1,3}")
_ANY_NUMBER = re.compile(rf"(?<![\d.,])(?:{_NUMBER})(?![\d])")


def _decimal(text):
    try:
        return Decimal(str(text).replace(",", "").replace("，", "")).normalize()
    except InvalidOperation:
        return None


def names_prices(text, amounts=()):
    """Say whether a text names a price; a small figure that only happens to be one of the ``amounts`` does not count.

    A price is known by its currency, by a word such as “单价” before it, by being written in words or capitals, or by being
    one of the ``amounts``, unless a unit of measure follows that makes it a figure of the paper.

    >>> names_prices("Total weight 2,000 kg, lorry at gate 6. Payment term 30 days, please load by Friday.", [6])
    False
    >>> [names_prices(text, [6, 650]) for text in ("6 per ream", "单价：6", "we pay 6 USD", "in all 650.00")]
    [True, True, True, True]
    >>> [names_prices(text) for text in ("卷筒 Ø1000 芯76，GB/T 24988-2020", "芙蓉北路 800 号，EV-1000", "80 g/m²，787×1092 mm")]
    [False, False, False]
    >>> [names_prices(text) for text in ("每吨五千二百元", "（大写：贰万伍仟元整）", "five thousand US dollars a tonne")]
    [True, True, True]
    """
    # As html2plaintext marks what is bold; sizes such as 787*1092 stay.
    text = re.sub(r"(?<!\d)\*|\*(?!\d)", "", text or "")
    if _MONEY.search(text):
        return True
    if any(not _MEASURE.match(text, match.end()) for match in _PRICE_WORD.finditer(text)):
        return True
    known = {_decimal(amount) for amount in amounts} - {None, Decimal(0)}
    return any(
        _decimal(match.group(0)) in known
        and not _MEASURE.match(text, match.end())
        and (not _BARE.fullmatch(match.group(0)) or bool(_EACH.match(text, match.end())))
        for match in _ANY_NUMBER.finditer(text)
    )
