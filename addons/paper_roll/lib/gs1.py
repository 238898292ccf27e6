# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Element strings of GS1 for rolls: application identifiers 00, 01, 10, 21, 310n and 8001 (GS1 General Specifications)."""

import re

FNC1 = "\x1d"
# Lengths that a reader knows; everything else ends with a separator, unless it is the last.
FIXED = ("00", "01", "31")
# GS1's character set 82.
TEXT = re.compile(r"[!-\"%-?A-Z_a-z]{1,20}")


def check_digit(digits):
    """Return the check digit of a GS1 number.

    >>> check_digit("0950110153000"), check_digit("37610425002123456")
    ('3', '9')
    """
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def sscc(prefix, serial, extension=0):
    """Return the serial shipping container code of a serial number, "" where the prefix leaves no room for it.

    >>> sscc("7610425", 2123456, 3)
    '376104250021234569'
    >>> sscc("761042500000", 123456)
    ''
    """
    room = 16 - len(prefix)
    if not prefix.isdigit() or room < len(str(serial)):
        return ""
    body = f"{extension}{prefix}{serial:0{room}d}"
    return body + check_digit(body)


def is_variable_gtin(number):
    """Say whether a number is a GTIN-14 of goods of variable measure, which begins with 9.

    >>> is_variable_gtin("90614141000015"), is_variable_gtin("90614141000014"), is_variable_gtin("6901234567892")
    (True, False, False)
    """
    return len(number) == 14 and number.isdigit() and number[0] == "9" and check_digit(number[:-1]) == number[-1]


def weight(kg):
    """Return the element of a net weight, as exact as six digits allow.

    >>> weight(616.25), weight(2498.7), weight(24000)
    (('3103', '616250'), ('3102', '249870'), ('3101', '240000'))
    """
    for decimals in (3, 2, 1, 0):
        value = round(kg * 10**decimals)
        if 0 <= value < 10**6:
            return f"310{decimals}", f"{value:06d}"
    raise ValueError(f"{kg} kg have no place in six digits")


def roll_product(width_mm, length_m, core_mm, joints, winding=9):
    """Return the element 8001: width, length, core, direction of winding (0 face out, 1 face in, 9 undefined), splices.

    >>> roll_product(787, 9788, 76, 2, 0)
    ('8001', '07870978807602')
    """
    figures = (round(width_mm), round(length_m), round(core_mm))
    if any(figure < 0 or figure >= 10**places for figure, places in zip(figures, (4, 5, 3), strict=True)):
        raise ValueError("a figure has no place in its digits")
    return "8001", f"{figures[0]:04d}{figures[1]:05d}{figures[2]:03d}{winding}{min(joints, 9)}"


def element_string(elements):
    """Return what a bar code holds: elements of fixed length need no separator, nor does the last one.

    >>> element_string([("10", "AB"), ("21", "7")])
    '10AB\\x1d217'
    >>> element_string([("01", "90614141000015"), ("3103", "616250")])
    '01906141410000153103616250'
    """
    parts = []
    for place, (code, value) in enumerate(elements):
        last = place == len(elements) - 1
        parts.append(code + value + ("" if last or code[:2] in FIXED else FNC1))
    return "".join(parts)


def readable(elements):
    """Return the elements as they stand below a bar code.

    >>> readable([("00", "376104250021234569")])
    '(00)376104250021234569'
    """
    return "".join(f"({code}){value}" for code, value in elements)
