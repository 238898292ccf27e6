"""Chinese numerals as contracts write them: articles, and amounts in capitals."""

from decimal import ROUND_HALF_UP, Decimal

PLAIN = "零一二三四五六七八九"
CAPITAL = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


def ordinal(number):
    """Write a small number as an article's: 1 to 99.

    >>> [ordinal(n) for n in (1, 10, 11, 20, 34)]
    ['一', '十', '十一', '二十', '三十四']
    """
    if not 0 < number < 100:
        raise ValueError(f"no article number: {number}")
    tens, ones = divmod(number, 10)
    text = ("" if tens == 0 else "十" if tens == 1 else PLAIN[tens] + "十") + (PLAIN[ones] if ones else "")
    return text


def _group(number):
    """Write 1 to 9999 in capitals, without the zeros at its end."""
    text, zero = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if zero and text else "") + CAPITAL[digit] + PLACES[place]
        zero = not digit
    return text


def amount(value):
    """Write an amount of yuan in capitals, as a Chinese contract does.

    >>> amount("0")
    '零元整'
    >>> amount("10005.5")
    '壹万零伍元伍角'
    >>> amount("120300.07")
    '壹拾贰万零叁佰元零柒分'
    >>> amount("100000000")
    '壹亿元整'
    >>> amount("2030000045")
    '贰拾亿叁仟万零肆拾伍元整'
    >>> amount("-12")
    '负壹拾贰元整'
    """
    value = Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    sign = "负" if value < 0 else ""
    cents = int(abs(value) * 100)
    yuan, cents = divmod(cents, 100)
    if yuan >= 10 ** (4 * len(GROUPS)):
        raise ValueError("the amount is too large to be written in capitals")
    text, gap = "", False
    for index in range(len(GROUPS) - 1, -1, -1):
        part = yuan // 10 ** (4 * index) % 10000
        if part:
            text += ("零" if text and (part < 1000 or gap) else "") + _group(part) + GROUPS[index]
        gap = not part
    jiao, fen = divmod(cents, 10)
    tail = (CAPITAL[jiao] + "角" if jiao else "") + (CAPITAL[fen] + "分" if fen else "")
    if not text and not tail:
        text = "零"
    if text:
        text += "元" + ("零" if fen and not jiao else "")
    return sign + text + (tail or "整")
