# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Days as people write them in Chinese, English and German."""

import datetime
import re

from .figures import plain
from .model import ASKED, PROPOSED, TAKEN, Fact

_MONTHS = {
    name: number
    for number, names in enumerate(
        "january jan januar|february feb februar|march mar märz maerz|april apr|may mai|june jun juni|july jul juli|"
        "august aug|september sep sept|october oct oktober okt|november nov|december dec dezember dez".split("|"),
        1,
    )
    for name in names.split()
}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR_FIRST = re.compile(r"(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号號]?(?!\d)")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d)年(\d{1,2})月(\d{1,2})[日号號]")
_GERMAN = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(20\d\d)(?!\d)")
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})[/-](\d{1,2})[/-](20\d\d)(?!\d)")
_DAY_NAME = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|\.)?\s+({_NAME})\.?,?\s+(20\d\d)", re.IGNORECASE)
_NAME_DAY = re.compile(rf"\b({_NAME})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(20\d\d)", re.IGNORECASE)
_NO_YEAR = re.compile(rf"(\d{{1,2}})月(\d{{1,2}})[日号號]|(?<!\d)(\d{{1,2}})\.(\d{{1,2}})\.(?!\d)|(?<!\d)(\d{{1,2}})(?:st|nd|rd|"
    rf"th|\.)?\s+({_NAME})\b", re.IGNORECASE)  # fmt: skip
_AROUND = "".join(sorted(set(" .。,，;前之以内到货交")))  # what may stand around a day and changes nothing
_SPAN = re.compile(
    r"\b(kw|week|calendar week)\s*\d|第?\d+周|月(初|底|中|内)|上旬|中旬|下旬|\d\s*(?:-|–|bis|to|至)\s*\d", re.IGNORECASE
)


def find_days(text, today, order=None):
    """Return [(begin, end, Fact)] of the days that a text names, by place in ``plain(text)``.

    >>> today = datetime.date(2026, 11, 29)
    >>> [fact.value for _begin, _end, fact in find_days("12月15號, 28年1月5日, 3. März 2027", today)]
    ['2026-12-15', '2028-01-05', '2027-03-03']

    :param today: date on which it was written, for days without a year
    :param order: ``dm`` or ``md`` where other days of the document prove it
    """
    text, found, taken = plain(text), [], []

    def note(match, year, month, day, state=TAKEN, why=""):
        if any(match.start() < end and begin < match.end() for begin, end in taken):
            return
        taken.append(match.span())
        try:
            value = datetime.date(int(year), int(month), int(day)).isoformat()
            fact = Fact(value, state, written=match.group(), why=why)
        except ValueError:
            fact = Fact(None, ASKED, written=match.group(), why="no_such_day")
        found.append((*match.span(), fact))

    for match in _YEAR_FIRST.finditer(text):
        note(match, *match.groups())
    for match in _SHORT_YEAR.finditer(text):
        note(match, f"20{match.group(1)}", *match.groups()[1:])
    for match in _GERMAN.finditer(text):
        note(match, match.group(3), match.group(2), match.group(1))
    for match in _DAY_NAME.finditer(text):
        note(match, match.group(3), _MONTHS[match.group(2).lower()], match.group(1))
    for match in _NAME_DAY.finditer(text):
        note(match, match.group(3), _MONTHS[match.group(1).lower()], match.group(2))
    for match in _SLASHED.finditer(text):
        _note_slashed(match, order, note, found, taken)
    for match in _NO_YEAR.finditer(text):
        if any(match.start() < end and begin < match.end() for begin, end in taken):
            continue
        one, two, three, four, five, name = match.groups()
        month, day = (one, two) if one else (four, three) if three else (_MONTHS[name.lower()], five)
        year = _next_year(today, int(month), int(day))
        note(match, year, month, day, PROPOSED, "no_year")
    return sorted(found, key=lambda one: one[0])


def _note_slashed(match, order, note, found, taken):
    first, second, year = match.groups()
    if int(first) > 12 or first == second:
        note(match, year, second, first)
    elif int(second) > 12:
        note(match, year, first, second)
    elif order:
        day, month = (first, second) if order == "dm" else (second, first)
        note(match, year, month, day, PROPOSED, "day_or_month")
    else:
        taken.append(match.span())
        found.append((*match.span(), Fact(None, ASKED, written=match.group(), why="day_or_month")))


def _next_year(today, month, day):
    try:
        this = datetime.date(today.year, month, day)
    except ValueError:
        return today.year
    return today.year if this >= today - datetime.timedelta(days=30) else today.year + 1


def delivered(fact, today):
    """Return the :class:`Fact` of a day to deliver on: one that is past when it is written, or years ahead, is asked.

    >>> today = datetime.date(2026, 11, 29)
    >>> delivered(Fact("2025-01-05"), today).why, delivered(Fact("2026-12-05"), today).value
    ('no_day_to_deliver', '2026-12-05')
    """
    if fact is None or not fact.value:
        return fact
    day = datetime.date.fromisoformat(fact.value)
    if today <= day <= today + datetime.timedelta(days=3 * 366):
        return fact
    return Fact(None, ASKED, written=fact.written or fact.value, why="no_day_to_deliver")


def day_order(texts):
    """Return ``dm`` or ``md`` where days as 12/18/2026 prove it, None where they do not or differ.

    >>> day_order(["12/18/2026", "01/05/2027"]), day_order(["01/05/2027"])
    ('md', None)
    """
    found = set()
    for text in texts:
        for first, second, _year in _SLASHED.findall(plain(text)):
            found |= {"dm"} if int(first) > 12 else {"md"} if int(second) > 12 else set()
    return found.pop() if len(found) == 1 else None


def read_day(cell, today, order=None):
    """Return the :class:`Fact` of a cell or phrase that is to be a day; None of an empty one.

    >>> read_day("KW 2/2027", datetime.date(2026, 12, 1)).why
    'no_day'
    """
    if isinstance(cell, datetime.datetime):
        cell = cell.date()
    if isinstance(cell, datetime.date):
        return Fact(cell.isoformat(), written=cell.isoformat())
    text = plain(cell)
    if not text:
        return None
    days = find_days(text, today, order)
    if len(days) == 1 and not _SPAN.search(text[: days[0][0]] + " " + text[days[0][1] :]):
        fact = days[0][2]
        rest = (text[: days[0][0]] + text[days[0][1] :]).strip(_AROUND)
        if (
            fact.state == TAKEN
            and rest
            and not re.fullmatch(
                r"(?:by|latest|spätestens|bis|zum|am|until|before|on|早|最迟|\d{2}:\d{2}(:\d{2})?|00:00:00)*", rest.lower()
            )
        ):
            return Fact(fact.value, PROPOSED, written=text, why="more_words")
        return fact
    return Fact(None, ASKED, written=text[:100], why="no_day")
