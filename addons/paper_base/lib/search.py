# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What people type or scan into the one search box, and the kinds of records that it looks through.

A text is one line without control characters; a page pasted by mistake is no number:

>>> clean("  沪A·12345\\r\\n"), clean("x" * 500), clean("\\x00")
('沪A·12345', '', '')

Plates and telephone numbers are written with dots, spaces, dashes and brackets, and found without:

>>> compact("沪a·123 45"), compact("+86 (730) 888-1234"), compact("－")
('沪A12345', '867308881234', '')

The country and the zero of the trunk are dialled, not looked for:

>>> without_country("+86 138 0000 1234"), without_country("0086-730-8881234"), without_country("0730 8881234")
('13800001234', '7308881234', '7308881234')
>>> without_country("沪A12345"), without_country("86001")
('沪A12345', '86001')

A code of GS1 says several things, of which each may be what is looked for, the roll before its article:

>>> scanned("]C1010690123456789210R-2026-07\\x1d2100012")
['00012', 'R-2026-07', '06901234567892']
>>> scanned("(00)106901234567890123(10)L7")
['106901234567890123', 'L7']
>>> scanned("00018"), scanned("HT2026-00001")
(['00018'], ['HT2026-00001'])
"""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LONGEST = 120
LONGEST_LINK = 500
# What a plate or a telephone number is written with, and is found without.
SEPARATORS = " \t\u00a0\u3000·•・.．。-－‐‑–—_()（）+＋/"
# Application identifiers of GS1 and how long their values are; negative: at most so long, ended by FNC1. Which of them
# names a thing best stands first: the package, the serial, the lot, the customer's order, the article.
TOLD = ("00", "21", "10", "400", "01", "02")
LENGTHS = {
    "00": 18,
    "01": 14,
    "02": 14,
    "10": -20,
    "11": 6,
    "13": 6,
    "15": 6,
    "17": 6,
    "21": -20,
    "37": -8,
    "240": -30,
    "241": -30,
    "400": -30,
}
MEASURES = re.compile(r"3[1-6]\d\d")  # weight, length, width, area, volume: six digits
SYMBOLOGY = re.compile(r"^\](?:C1|d2|Q3|e0|J1)")
FNC1 = "\x1d"
BRACKETED = re.compile(r"\((\d{2,4})\)([^(]*)")


@dataclass(frozen=True)
class Sought:
    """One kind of records that the search box looks through.

    :param code: stable name of the kind
    :param name: what it is called, in the user's language
    :param model: of the records
    :param numbers: stored fields that hold a number; the whole of it, or a part of at least three characters
    :param texts: stored fields in which words stand; two Chinese characters of them are enough
    :param marks: stored fields that hold plates or telephone numbers: looked for from their end, without separators.
        Each needs the index of :func:`mark_index`
    :param domain: which of the records
    :param order: path from a record to its order, "" where it has none, "id" where it is one
    :param partner: path to the customer; the order's if left out
    :param spec: path to the specification; the order's if left out
    :param stage: field that says where it stands; the order's if left out
    :param link: pattern of the path of its page in the portal, with the record's id
    :param sequence: code of the sequence that numbers it, so that 18 finds S00018
    """

    code: str
    name: str
    model: str
    numbers: tuple = ("name",)
    texts: tuple = ()
    marks: tuple = ()
    domain: list = field(default_factory=list)
    order: str = ""
    partner: str = ""
    spec: str = ""
    stage: str = ""
    link: str = ""
    sequence: str = ""


def clean(text):
    """Return a text as one line without control characters, "" where it is none or too long to be looked for."""
    if not isinstance(text, str) or len(text) > LONGEST_LINK:
        return ""
    text = "".join(char for char in text if char == FNC1 or char.isprintable()).strip()
    return text if len(text) <= LONGEST or text.startswith("http") else ""


def compact(text):
    """Return a plate or telephone number without what it is written with, in capitals."""
    return text.translate(str.maketrans("", "", SEPARATORS)).upper()


def without_country(text):
    """Return the part of a telephone number that is dialled within the country; what is none stays."""
    mark = compact(text)
    if not mark.isdecimal():
        return mark
    shorter = re.sub(r"^(?:00)?86(?=\d{9,})", "", mark)
    return re.sub(r"^0(?=\d{9,})", "", shorter)


def literal(text):
    """Return a text as LIKE takes it for itself.

    >>> print(literal("50%_\\\\x"))
    50\\%\\_\\\\x
    """
    return re.sub(r"([\\%_])", r"\\\1", text)


def has_chinese(text):
    """Say whether a text holds a Chinese character.

    >>> has_chinese("华印 12"), has_chinese("S00012")
    (True, False)
    """
    return any("\u3400" <= char <= "\u9fff" for char in text)


def scanned(text):
    """Return what a code says that may be looked for, what names a thing best first; a plain text is itself."""
    if text.startswith("("):
        told = dict(BRACKETED.findall(text))
    elif SYMBOLOGY.match(text) or FNC1 in text:
        told = _told(SYMBOLOGY.sub("", text).lstrip(FNC1))
    else:
        return [text]
    return [value for ai in TOLD if (value := told.get(ai, "").replace(FNC1, "").strip())] or [text.replace(FNC1, "")]


def _told(text):
    told = {}
    while text:
        ai = next((text[:size] for size in (2, 3) if text[:size] in LENGTHS), None)
        if ai:
            length = LENGTHS[ai]
        elif MEASURES.match(text):
            ai, length = text[:4], 6
        else:
            return told  # the rest says something that nobody looks for
        rest = text[len(ai) :]
        end = length if length > 0 else min(rest.find(FNC1) if FNC1 in rest else len(rest), -length)
        told[ai] = rest[:end]
        text = rest[end:].lstrip(FNC1)
    return told


def linked(text, hosts):
    """Return the path of a link of ours, "" of anything else.

    >>> linked("https://mill.example/my/orders/18?access_token=x", {"mill.example"})
    '/my/orders/18'
    >>> linked("https://other.example/my/orders/18", {"mill.example"}), linked("S00018", {"mill.example"})
    ('', '')
    """
    if not re.match(r"https?://", text):
        return ""
    try:
        parts = urlsplit(text)
        return parts.path if parts.hostname in hosts else ""
    except ValueError:
        return ""


def mark_sql(column):
    """Return the SQL of a plate or telephone number read from its end, as it is indexed and asked for."""
    return f"reverse(upper(translate({column}, '{SEPARATORS}', '')))"


def mark_index(column):
    """Return the definition of the index of a field in ``marks``."""
    return f"({mark_sql(column)} text_pattern_ops)"
