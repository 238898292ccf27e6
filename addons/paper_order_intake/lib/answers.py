# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reading what somebody typed as an answer: figures, dates and words, from outside and not to be trusted."""

import re
import unicodedata
from datetime import date

MAX_TEXT = 500
# Beyond it a figure is a typing fault, and the database could not hold it.
MAX_FIGURE = 1_000_000_000
FORMULA = ("=", "+", "-", "@")
_PLAIN = re.compile(r"\d{1,12}(?:\.\d{1,9})?")
_GROUPED = re.compile(r"\d{1,3}(?:[, ]\d{3})+(?:\.\d{1,9})?")
_COMMA = re.compile(r"\d{1,12},\d{1,2}")


class AnswerError(ValueError):
    """An answer cannot be taken. ``code`` and ``params`` let a caller word it."""

    def __init__(self, code, **params):
        self.code, self.params = code, params
        super().__init__(code)


def read_text(raw):
    """Return a line or lines of plain text, without control characters.

    :raises AnswerError: too_long; formula, which a spreadsheet would execute

    >>> read_text("  on pallets, \\x00 wrapped ")
    'on pallets,  wrapped'
    >>> read_text("=1+1")
    Traceback (most recent call last):
    ...
    paper_order_intake_lib.answers.AnswerError: formula
    """
    text = "".join(sign for sign in str(raw) if sign in "\n" or unicodedata.category(sign)[0] != "C").strip()
    if len(text) > MAX_TEXT:
        raise AnswerError("too_long", limit=MAX_TEXT)
    if unicodedata.normalize("NFKC", text).startswith(FORMULA):
        raise AnswerError("formula")
    return text


def read_figure(raw, whole=False, zero=False, minimum=0, maximum=0):
    """Return a figure as float (int if ``whole``), whatever digits and separators it was typed with.

    :param zero: whether 0 is an answer
    :param minimum, maximum: bounds of a sensible answer; 0 sets none
    :raises AnswerError: no_figure, not_positive, not_whole, too_small, too_large

    >>> read_figure("１,０５０.5"), read_figure("0,5"), read_figure("500", whole=True)
    (1050.5, 0.5, 500)
    """
    text = unicodedata.normalize("NFKC", str(raw)).strip()
    negative = text.startswith(("-", "\u2212"))
    if negative:
        text = text[1:].strip()
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[, ]", "", text)
    elif _COMMA.fullmatch(text):
        text = text.replace(",", ".")
    if not _PLAIN.fullmatch(text):
        raise AnswerError("no_figure")
    figure = float(text)
    if (negative and figure) or (not figure and not zero):
        raise AnswerError("not_positive")
    if whole and figure != int(figure):
        raise AnswerError("not_whole")
    if minimum and figure < minimum:
        raise AnswerError("too_small", limit=f"{minimum:.10g}")
    if figure > (maximum or MAX_FIGURE):
        raise AnswerError("too_large", limit=f"{maximum or MAX_FIGURE:.10g}")
    return int(figure) if whole else figure


def read_day(raw, today, years=5):
    """Return a day that lies not before ``today`` and not more than ``years`` after it.

    :raises AnswerError: no_day, past, too_far

    >>> read_day("2031-03-04", date(2031, 3, 1))
    datetime.date(2031, 3, 4)
    """
    text = unicodedata.normalize("NFKC", str(raw)).strip().replace("/", "-").replace(".", "-")
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        raise AnswerError("no_day")
    if day < today:
        raise AnswerError("past")
    if day.year > today.year + years:
        raise AnswerError("too_far", years=years)
    return day
