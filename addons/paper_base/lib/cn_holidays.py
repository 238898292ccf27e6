# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Chinese public holidays and make-up days (调休) as a table that anybody can import.

The State Council publishes the schedule of a year in the autumn before it. It cannot be
computed, so it is data: ``date,kind,name`` rows, kind ``holiday`` (off, weekend days within the
holiday included) or ``makeup`` (a weekend day that is worked). The reader takes what offices
send: UTF-8 or GB18030, commas, semicolons or tabs, Chinese headers and dates. What it cannot
read it reports by line, and goes on.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from .workdays import WorkCalendar

HOLIDAY = "holiday"
MAKEUP = "makeup"

_KINDS = {
    **dict.fromkeys(
        ("holiday", "off", "休", "休息", "休假", "放假", "假", "假日", "节假日"), HOLIDAY
    ),
    **dict.fromkeys(("makeup", "make-up", "work", "班", "上班", "补班", "调休上班"), MAKEUP),
}
_HEADERS = {
    **dict.fromkeys(("date", "day", "日期"), "date"),
    **dict.fromkeys(("kind", "type", "类型", "类别", "休/班"), "kind"),
    **dict.fromkeys(("name", "holiday", "名称", "节日", "假期"), "name"),
}
_COLUMNS = ("date", "kind", "name")
_SEPARATORS = (",", ";", "\t", "，", "；")
_MIDNIGHT = r"(?:[ T]0?0:00(?::00)?)?"
_DATE = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-|/([0-9]{1,2})/|\.([0-9]{1,2})\.|年([0-9]{1,2})月)([0-9]{1,2})日?"
    + _MIDNIGHT
)
_COMPACT_DATE = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_FIXED_DAYS = ((1, 1), (5, 1), (10, 1))


@dataclass(frozen=True)
class CalendarDay:
    """One day that differs from the plain week: its line in the file, date, kind and name."""

    line_no: int
    date: date
    kind: str
    name: str


@dataclass(frozen=True)
class CalendarProblem:
    """A line that could not be used.

    ``code``: ``empty``, ``not_text``, ``too_few_columns`` (found), ``bad_date`` (value),
    ``unknown_kind`` (value), ``duplicate`` (date, first_line), ``contradiction`` (date, lines).
    """

    line_no: int
    raw: str
    code: str
    params: dict = field(default_factory=dict)


def parse_calendar_csv(text):
    """Read a holiday table and return ``(rows, errors)``.

    :param text: str, or the file's bytes (UTF-8, UTF-16 with BOM, GB18030)
    :return: list of :class:`CalendarDay` by date, list of :class:`CalendarProblem` by line. Each
        non-empty line after the header is in exactly one of them. The first of equal lines is
        kept; of lines that contradict each other none is.

    The header may be missing; the columns are then date, kind, name.

    >>> text = "日期;类型;名称\\n2026年10月1日;休;国庆节\\n2026/10/32;休;?"
    >>> rows, errors = parse_calendar_csv(text)
    >>> rows
    [CalendarDay(line_no=2, date=datetime.date(2026, 10, 1), kind='holiday', name='国庆节')]
    >>> [(error.line_no, error.code, error.params) for error in errors]
    [(3, 'bad_date', {'value': '2026/10/32'})]
    """
    if isinstance(text, bytes | bytearray):
        text = _decode(bytes(text))
        if text is None:
            return [], [CalendarProblem(1, "", "not_text")]
    lines = [
        (number, line)
        for number, line in enumerate(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")), start=1)
        if line.strip(" \t,;，；")
    ]
    if not lines:
        return [], [CalendarProblem(1, "", "empty")]
    columns, separator, has_header = _read_header(lines[0][1])
    days, errors = [], []
    for number, line in lines[1 if has_header else 0 :]:
        try:
            days.append((_read_line(number, line, columns, separator), line))
        except _LineError as error:
            errors.append(CalendarProblem(number, line, error.code, error.params))
    rows, clashes = _resolve(days)
    return rows, sorted(errors + clashes, key=lambda problem: problem.line_no)


def covered_years(rows):
    """Return the set of years for which ``rows`` hold a whole schedule.

    Whole means that the holidays with a fixed date, 1 January, 1 May and 1 October, are in it:
    the last days of December that belong to the next New Year do not cover their year.

    :param rows: iterable of :class:`CalendarDay`

    >>> covered_years(parse_calendar_csv("2026-01-01,休,元旦")[0])
    set()
    """
    off = {row.date for row in rows if row.kind == HOLIDAY}
    years = {day.year for day in off}
    return {year for year in years if all(date(year, *day) in off for day in _FIXED_DAYS)}


def work_calendar(rows, weekdays=frozenset(range(5))):
    """Return the :class:`~.workdays.WorkCalendar` of ``rows`` on a week of ``weekdays``.

    >>> rows, _errors = parse_calendar_csv("2026-01-01,休,元旦\\n2026-01-04,班,元旦")
    >>> work_calendar(rows).is_working(date(2026, 1, 4))
    True
    """
    rows = list(rows)
    return WorkCalendar(
        weekdays=weekdays,
        holidays={row.date for row in rows if row.kind == HOLIDAY},
        makeup={row.date for row in rows if row.kind == MAKEUP},
    )


class _LineError(Exception):
    def __init__(self, code, **params):
        self.code, self.params = code, params


def _decode(data):
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None


def _cells(line, separator):
    # One line at a time: an unclosed quote must not swallow the lines after it.
    try:
        cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True), [])
    except csv.Error:
        cells = line.split(separator)
    return [unicodedata.normalize("NFKC", cell).strip() for cell in cells]


def _read_header(line):
    for separator in _SEPARATORS:
        names = [_HEADERS.get(cell.lower()) for cell in _cells(line, separator)]
        if "date" in names and "kind" in names:
            return names, separator, True
    separator = max(_SEPARATORS, key=line.count)
    return list(_COLUMNS), separator, False


def _read_line(number, line, columns, separator):
    cells = _cells(line, separator)
    values = {}
    for column, cell in zip(columns, cells, strict=False):
        if column and column not in values:
            values[column] = cell
    if "date" not in values or "kind" not in values:
        raise _LineError("too_few_columns", found=len(cells))
    kind = _KINDS.get(values["kind"].lower())
    day = _read_date(values["date"])
    if kind is None:
        raise _LineError("unknown_kind", value=values["kind"])
    return CalendarDay(number, day, kind, values.get("name", ""))


def _read_date(value):
    match = _DATE.fullmatch(value) or _COMPACT_DATE.fullmatch(value)
    try:
        return date(*(int(part) for part in match.groups() if part is not None))
    except (AttributeError, ValueError):
        raise _LineError("bad_date", value=value) from None


def _resolve(days):
    rows, errors = [], []
    by_date = sorted(days, key=lambda pair: (pair[0].date, pair[0].line_no))
    for day, group in groupby(by_date, key=lambda pair: pair[0].date):
        group = list(group)
        numbers = [row.line_no for row, _line in group]
        if len({row.kind for row, _line in group}) > 1:
            errors += [
                CalendarProblem(row.line_no, line, "contradiction", {"date": day, "lines": numbers})
                for row, line in group
            ]
            continue
        rows.append(group[0][0])
        errors += [
            CalendarProblem(row.line_no, line, "duplicate", {"date": day, "first_line": numbers[0]})
            for row, line in group[1:]
        ]
    return rows, errors
