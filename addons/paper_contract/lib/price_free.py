"""Text of a contract without its prices, for the copies of departments that may not see them (R4.1.3)."""

import re
from decimal import Decimal, InvalidOperation

HIDDEN = "***"
_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MARK = r"CNY|RMB|USD|EUR|GBP|HKD|JPY|人民币|美元|欧元|港元|港币|[¥￥$€£]"
_SCALE = r"(?:万|亿|千|百)?"
_UNIT = rf"{_SCALE}(?:元|圆|角|分钱|美元|欧元|港元|yuan\b|CNY|RMB|USD|EUR)"
_CAPITALS = r"[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+[元圆角分][零壹贰叁肆伍陆柒捌玖角分整正]*"
_MONEY = re.compile(
    rf"(?:(?:{_MARK})\s*(?:{_NUMBER})\s*(?:{_UNIT})?|(?:{_NUMBER})\s*(?:{_UNIT}|[¥￥$€£])|{_CAPITALS})", re.IGNORECASE
)
_PRICE_WORD = re.compile(
    rf"((?:单价|总价|价款|价格|货款|金额|税额|定金|预付款|price|amount|total|deposit|payment)[^\d\n。；;，,*]{{0,12}}?)(?:{_NUMBER})",
    re.IGNORECASE,
)
# Figures of paper, which may well be equal to a price: 80 g/m², 787 mm, 500 sheets, 8 %.
_MEASURE = re.compile(
    r"\s*(?:%|％|‰|°|mm|cm|µm|μm|m²|m2|m\b|g\b|g/|克|kg|t\b|吨|公斤|千克|毫米|微米|米|张|令|卷|件|日|天|个月|年|sheets?|reams?|reels?|rolls?|"
    r"pallets?|boxes|cartons?|lorr(?:y|ies)|trucks?|tonnes?|metres?|days?|weeks?|months?|hours?|h\b|托|箱|车|周|小时|份|条|×|x\d|\*\d)",
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


def without_prices(text, amounts=()):
    """Return ``text`` with every sum of money replaced by ``***``.

    A sum is known by its currency, by a word such as “单价” before it, by being written in capitals, or by being
    one of the contract's own ``amounts``, unless a unit of measure follows that makes it a figure of the paper.

    >>> without_prices("合同总金额 ¥ 25,696.18（大写：贰万伍仟陆佰玖拾陆元壹角捌分）。")
    '合同总金额 ***（大写：***）。'
    >>> without_prices("80 g/m²，787×1092 mm，单价为 6.5 元/kg，水分 5.0–8.0 %")
    '80 g/m²，787×1092 mm，单价为 ***/kg，水分 5.0–8.0 %'
    >>> without_prices("Unit price: 6.5 per kg, 100 reams of 500 sheets")
    'Unit price: *** per kg, 100 reams of 500 sheets'
    >>> without_prices("the sum of 22344.5, or 6.5 % of 3,437.6 kg", [22344.50, 6.5])
    'the sum of ***, or 6.5 % of 3,437.6 kg'
    """
    return _hidden(text, amounts, lambda text, match: True)


def names_prices(text, amounts=()):
    """Say whether a letter names a price; a small figure that only happens to be one of the ``amounts`` does not count.

    >>> names_prices("Total weight 2,000 kg, lorry at gate 6. Payment term 30 days, please load by Friday.", [6])
    False
    >>> [names_prices(text, [6, 650]) for text in ("6 per ream", "单价：6", "we pay 6 USD", "in all 650.00")]
    [True, True, True, True]
    """
    # As html2plaintext marks what is bold; sizes such as 787*1092 stay.
    text = re.sub(r"(?<!\d)\*|\*(?!\d)", "", text or "")
    return _hidden(text, amounts, _is_no_chance) != text


def _is_no_chance(text, match):
    return not _BARE.fullmatch(match.group(0)) or bool(_EACH.match(text, match.end()))


def _hidden(text, amounts, counts):
    """Replace sums of money; ``counts(text, match)`` says whether a figure equal to one of the amounts is one."""
    text = _MONEY.sub(HIDDEN, text or "")

    def hide_after_word(match):
        measured = _MEASURE.match(match.string, match.end())
        return match.group(0) if measured else match.group(1) + HIDDEN

    text = _PRICE_WORD.sub(hide_after_word, text)
    known = {_decimal(amount) for amount in amounts} - {None, Decimal(0)}

    def hide(match):
        if _decimal(match.group(0)) not in known or _MEASURE.match(text, match.end()) or not counts(text, match):
            return match.group(0)
        return HIDDEN

    return _ANY_NUMBER.sub(hide, text) if known else text


def amounts_in(terms):
    """Return every price and amount in a contract's terms, however deep.

    >>> sorted(amounts_in({"currency": "CNY", "lines": [{"price": 6.5, "quantity": 100, "subtotal": 650.0}]}))
    [6.5, 650.0]
    """
    found = set()
    if isinstance(terms, dict):
        for name, value in terms.items():
            if any(word in name for word in ("price", "amount", "total", "tax", "deposit")) and isinstance(value, int | float):
                found.add(value)
            else:
                found |= amounts_in(value)
    elif isinstance(terms, list):
        for item in terms:
            found |= amounts_in(item)
    return found
