# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Working days and pausable deadlines: every "[X] working days" of the regulation.

A calendar is a weekly pattern, days off (public holidays), and make-up days (调休: weekend days
that are worked for them). Nothing walks day by day: the number of working days up to a date is
arithmetic, and a deadline is found by bisection in it, so the cost does not grow with n.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property

_FIRST = date.min.toordinal()
_LAST = date.max.toordinal()
_WEEK = 7


class WorkdaysError(ValueError):
    """A calendar, a count of days or a pause cannot be used. ``params`` hold the values."""

    template = "The working days cannot be computed."

    def __init__(self, **params):
        self.params = params
        super().__init__(self.template.format(**params))


class InvalidWeekdayError(WorkdaysError):
    """A weekday is not 0 (Monday) to 6 (Sunday). ``params``: weekday."""

    template = "{weekday!r} is no weekday: 0 is Monday, 6 is Sunday."


class InvalidCountError(WorkdaysError):
    """The number of working days is no whole number, or negative for a deadline. ``params``: n."""

    template = "{n!r} is not a number of working days."


class InvalidPauseError(WorkdaysError):
    """A pause ends before it begins. ``params``: begin, end."""

    template = "The pause ends on {end}, before it begins on {begin}."


class NoWorkingDayError(WorkdaysError):
    """The calendar has not enough working days in that direction. ``params``: start, n."""

    template = "The calendar does not have {n} working days from {start}."


@dataclass(frozen=True)
class WorkCalendar:
    """A company's working days.

    :param weekdays: weekdays that are worked, 0 Monday to 6 Sunday
    :param holidays: dates that are off, whatever their weekday
    :param makeup: dates that are worked, whatever their weekday; a date that is in both is
        off, since then somebody closed the company on a day that was to be worked
    :raises InvalidWeekdayError:

    >>> china = WorkCalendar(holidays={date(2026, 10, day) for day in range(1, 8)},
    ...                      makeup={date(2026, 10, 10)})
    >>> china.add_working_days(date(2026, 9, 30), 3)
    datetime.date(2026, 10, 10)
    """

    weekdays: frozenset = frozenset(range(5))
    holidays: frozenset = frozenset()
    makeup: frozenset = frozenset()

    def __post_init__(self):
        for name in ("weekdays", "holidays", "makeup"):
            object.__setattr__(self, name, frozenset(getattr(self, name)))
        for weekday in self.weekdays:
            if weekday not in range(_WEEK):
                raise InvalidWeekdayError(weekday=weekday)

    def is_working(self, day):
        """Return whether ``day`` (date) is worked.

        >>> WorkCalendar().is_working(date(2026, 1, 3))
        False
        """
        return self._count(day.toordinal()) > self._count(day.toordinal() - 1)

    def add_working_days(self, day, n):
        """Return the ``n``-th working day strictly after ``day``.

        :param day: date
        :param n: whole number; 0 is ``day`` itself or else the next working day; -1 the last
            working day strictly before ``day``, and so on ("X days ahead of the delivery")
        :return: date, always a working day
        :raises InvalidCountError: ``n`` is no whole number
        :raises NoWorkingDayError: the calendar has not that many

        >>> friday = date(2026, 1, 9)
        >>> [str(WorkCalendar().add_working_days(friday, n)) for n in (-5, 0, 1)]
        ['2026-01-02', '2026-01-09', '2026-01-12']
        """
        _check_count(n)
        start = day.toordinal()
        target = self._count(start) + n if n > 0 else self._count(start - 1) + n + 1
        found = _first_reaching(self._count, target)
        if found is None:
            raise NoWorkingDayError(start=day, n=n)
        return date.fromordinal(found)

    def working_days_between(self, begin, end):
        """Return the number of working days after ``begin`` up to and with ``end`` (dates).

        Negative where ``end`` is before ``begin``.

        >>> WorkCalendar().working_days_between(date(2026, 1, 9), date(2026, 1, 12))
        1
        """
        return self._count(end.toordinal()) - self._count(begin.toordinal())

    def deadline(self, start, n, pauses=(), today=None):
        """Return the date on which ``n`` working days after ``start`` have run out.

        :param start: date of the event that starts the clock; the day itself does not count
        :param n: whole number ≥ 0; 0 is ``start`` or else the next day that counts
        :param pauses: pairs (begin, end) of dates in any order, also overlapping: working days
            from ``begin`` up to but without ``end`` do not count. ``end`` None: not yet over
        :param today: date; pauses without an end that begin later are not in force yet
        :return: date, always a working day outside the pauses; None while an open pause has
            stopped the clock before the deadline
        :raises InvalidCountError, InvalidPauseError, NoWorkingDayError:

        >>> week = WorkCalendar()
        >>> week.deadline(date(2026, 1, 5), 3)
        datetime.date(2026, 1, 8)
        >>> week.deadline(date(2026, 1, 5), 3, [(date(2026, 1, 7), date(2026, 1, 9))])
        datetime.date(2026, 1, 12)
        >>> week.deadline(date(2026, 1, 5), 3, [(date(2026, 1, 7), None)])
        """
        _check_count(n)
        if n < 0:
            raise InvalidCountError(n=n)
        spans, has_open = _merge(pauses, today)

        def counted(ordinal):
            paused = 0
            for begin, end in spans:
                if begin <= ordinal:
                    paused += self._count(min(end - 1, ordinal)) - self._count(begin - 1)
            return self._count(ordinal) - paused

        origin = start.toordinal()
        target = counted(origin) + n if n else counted(origin - 1) + 1
        found = _first_reaching(counted, target)
        if found is not None:
            return date.fromordinal(found)
        if has_open:
            return None
        raise NoWorkingDayError(start=start, n=n)

    def projected_deadline(self, start, n, pauses, today):
        """Return the deadline as it would be if every open pause ended ``today``.

        Parameters and errors as :meth:`deadline`; the answer to "when, if the customer replies
        now?", never None.

        >>> WorkCalendar().projected_deadline(date(2026, 1, 5), 3, [(date(2026, 1, 7), None)],
        ...                                   date(2026, 1, 9))
        datetime.date(2026, 1, 12)
        """
        closed = [(begin, end if end is not None else max(begin, today)) for begin, end in pauses]
        return self.deadline(start, n, closed)

    def _count(self, ordinal):
        """Number of working days from the first day of the era up to and with ``ordinal``."""
        weeks, rest = divmod(ordinal, _WEEK)
        regular = weeks * len(self.weekdays) + self._in_part_week[rest]
        return regular - bisect_right(self._lost, ordinal) + bisect_right(self._gained, ordinal)

    @cached_property
    def _in_part_week(self):
        # Ordinal 1 is a Monday, so ordinal 7k + r ends with the weekdays 0 .. r-1.
        return [sum(weekday < rest for weekday in self.weekdays) for rest in range(_WEEK)]

    @cached_property
    def _lost(self):
        return sorted({day.toordinal() for day in self.holidays if day.weekday() in self.weekdays})

    @cached_property
    def _gained(self):
        extra = {day.toordinal() for day in self.makeup if day.weekday() not in self.weekdays}
        return sorted(extra - {day.toordinal() for day in self.holidays})


def _check_count(n):
    if isinstance(n, bool) or not isinstance(n, int):
        raise InvalidCountError(n=n)


def _first_reaching(count, target):
    """First ordinal at which the non-decreasing ``count`` is ``target``, None if there is none."""
    if target < 1 or count(_LAST) < target:
        return None
    return bisect_left(range(_LAST + 1), target, lo=_FIRST, key=count)


def _merge(pauses, today):
    """Disjoint, ascending [begin, end) spans of ordinals, and whether one of them is open."""
    spans, has_open = [], False
    for begin, end in pauses:
        if end is None:
            if today is not None and begin > today:
                continue
            has_open = True
            spans.append((begin.toordinal(), _LAST + 1))
        elif end < begin:
            raise InvalidPauseError(begin=begin, end=end)
        else:
            spans.append((begin.toordinal(), end.toordinal()))
    merged = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged, has_open
