"""Places of a contract's text that are still left open.

>>> [is_blank(text) for text in (None, "", "  ", "____", "待填", "TBD", "HT-____-1", "0", "无", "GB_T")]
[True, True, True, True, True, True, True, False, False, False]
>>> count("Telephone: ____, freight: ____.")
2
>>> fill("____ days, ____ days", {1: "7"})
'____ days, 7 days'
>>> excerpt("Claims are made within ____ days of receipt.", 0, around=8)
'… within ____ days of…'
"""

import re

BLANK = "____"
# What people leave in a text for a later hand: a line to write on, in half or full width, or the word for it.
PLACE = re.compile(r"_{3,}|＿{2,}|待填")
PROMISES = {"待填", "待定", "待补", "tbd", "tba"}


def is_blank(text):
    """Say whether a value says nothing yet: it is empty, holds a line to write on, or promises to be filled in later."""
    rest = (text or "").strip(" \t\r\n_＿　")
    return not rest or rest.lower() in PROMISES or bool(PLACE.search(rest))


def count(text):
    """Return the number of places that a text leaves open."""
    return len(PLACE.findall(text or ""))


def fill(text, values):
    """Return ``text`` with the values typed for its open places, ``{number from 0: value}``; the others stay open."""
    numbers = iter(range(count(text)))

    def value_of(match):
        value = values.get(next(numbers))
        return match.group(0) if is_blank(value) else value.strip()

    return PLACE.sub(value_of, text or "")


def excerpt(text, number, around=24):
    """Return the words around one open place, for a person to know it by."""
    match = list(PLACE.finditer(text))[number]
    start, end = max(match.start() - around, 0), match.end() + around
    words = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{words if not start else ' ' + words}{'…' if end < len(text) else ''}"
