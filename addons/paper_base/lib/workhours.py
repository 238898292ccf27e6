# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Working time: every limit that is counted in minutes or hours of work, such as "hand an order over within 30 minutes"."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from .workdays import NoWorkingDayError, WorkCalendar

# Hours of a company whose working schedule names none (minutes of the day).
OFFICE = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))
DAY = timedelta(days=1)


def moment_of(day, hour, zone):
    """Return a time of a day in a time zone as the database keeps it, in UTC without a zone.

    >>> moment_of(datetime(2031, 3, 4), time(8, 30), "Asia/Shanghai")
    datetime.datetime(2031, 3, 4, 0, 30)
    """
    return datetime.combine(day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


@dataclass(frozen=True)
class WorkHours:
    """A company's working time: which days are worked, from when until when, where.

    :param days: :class:`WorkCalendar`
    :param hours: ``((weekday, ((from, to), …)), …)``, minutes of the day; a make-up day on a weekday without hours is
        worked like the first weekday that has some
    :param zone: name of the time zone
    :param closed: ``((from, to), …)`` moments (UTC) at which nobody works, other than on a make-up day

    >>> hours = WorkHours(WorkCalendar(), tuple((day, OFFICE) for day in range(5)), "Asia/Shanghai")
    >>> friday = datetime(2026, 1, 9, 8, 50)  # 16:50 there
    >>> hours.add_minutes(friday, 30)  # Monday, 8:20 there
    datetime.datetime(2026, 1, 12, 0, 20)
    """

    days: WorkCalendar = WorkCalendar()
    hours: tuple = ()
    zone: str = "UTC"
    closed: tuple = ()

    def add_minutes(self, moment, minutes):
        """Return the moment at which so many minutes have been worked since another one.

        :param moment: datetime (UTC, naive)
        :param minutes: above zero
        :raises NoWorkingDayError: the calendar has not that much working time within ten years
        """
        left = timedelta(minutes=minutes)
        since = moment.replace(tzinfo=UTC)
        day = first = since.astimezone(self._zone).date()  # day: of the calendar's own zone
        while (day - first).days < 3660:
            if self.days.is_working(day):
                for begin, end in self._spans(day):
                    begin = max(begin, since)
                    if begin >= end:
                        continue
                    if end - begin >= left:
                        return (begin + left).astimezone(UTC).replace(tzinfo=None)
                    left -= end - begin
                day += DAY
            else:
                day = self.days.add_working_days(day, 1)
        raise NoWorkingDayError(start=first, n=minutes)

    def _spans(self, day):
        """Return the spans (UTC) that are worked on a day, in their order, without what is closed."""
        midnight = datetime.combine(day, time.min, tzinfo=self._zone)
        spans = [
            # On the clock of the place: adding to a moment of a zone counts the hours that its clock shows.
            ((midnight + timedelta(minutes=begin)).astimezone(UTC), (midnight + timedelta(minutes=end)).astimezone(UTC))
            for begin, end in self._by_weekday.get(day.weekday()) or self._usual
        ]
        if day in self.days.makeup:
            return spans
        for off, on in self._closed:
            parts = [part for begin, end in spans for part in ((begin, min(end, off)), (max(begin, on), end))]
            spans = [(begin, end) for begin, end in parts if begin < end]
        return spans

    @cached_property
    def _zone(self):
        return ZoneInfo(self.zone)

    @cached_property
    def _by_weekday(self):
        return {weekday: _merged(spans) for weekday, spans in self.hours if spans}

    @cached_property
    def _usual(self):
        return self._by_weekday[min(self._by_weekday)] if self._by_weekday else OFFICE

    @cached_property
    def _closed(self):
        return tuple((off.replace(tzinfo=UTC), on.replace(tzinfo=UTC)) for off, on in self.closed)


def _merged(spans):
    """Return spans that neither overlap nor touch, in ascending order.

    >>> _merged([(480, 720), (600, 780), (900, 960)])
    ((480, 780), (900, 960))
    """
    merged = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return tuple(merged)
