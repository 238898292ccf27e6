# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_base_lib.workdays import NoWorkingDayError, WorkCalendar
from paper_base_lib.workhours import OFFICE, WorkHours

WEEK = tuple((day, OFFICE) for day in range(5))
CHINA = WorkHours(WorkCalendar(holidays={date(2026, 10, 1)}, makeup={date(2026, 10, 10)}), WEEK, "Asia/Shanghai")


def there(text, zone="Asia/Shanghai"):
    """Return the moment (UTC) that a clock of that place shows."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("since", "minutes", "due"),
    [
        ("2026-09-28 09:00", 30, "2026-09-28 09:30"),
        ("2026-09-28 11:45", 30, "2026-09-28 13:15"),  # over the lunch break
        ("2026-09-28 16:50", 30, "2026-09-29 08:20"),  # over the night
        ("2026-09-28 16:30", 30, "2026-09-28 17:00"),  # to the last minute
        ("2026-09-28 22:00", 30, "2026-09-29 08:30"),  # at night
        ("2026-09-30 16:50", 30, "2026-10-02 08:20"),  # over a public holiday
        ("2026-10-02 16:50", 30, "2026-10-05 08:20"),  # over the weekend
        ("2026-10-09 16:50", 30, "2026-10-10 08:20"),  # a Saturday that is worked
        ("2026-09-28 08:00", 480 * 3, "2026-09-30 17:00"),
    ],
)
def test_minutes_of_work(since, minutes, due):
    """R3.1.2: only the company's working time counts."""
    assert CHINA.add_minutes(there(since), minutes) == there(due)


def test_closed_for_some_hours():
    """R3.1.2: hours in which the company is closed do not count, other than on a make-up day."""
    days = WorkCalendar(makeup={date(2026, 10, 10)})
    closed = ((there("2026-09-28 09:00"), there("2026-09-28 15:00")), (there("2026-10-10 00:00"), there("2026-10-11 00:00")))
    hours = WorkHours(days, WEEK, "Asia/Shanghai", closed)
    assert hours.add_minutes(there("2026-09-28 08:30"), 60) == there("2026-09-28 15:30")
    assert hours.add_minutes(there("2026-10-10 08:00"), 60) == there("2026-10-10 09:00")


def test_the_clock_of_the_place():
    """R3.1.2: the hours are those of the mill's clock, also on a day on which it is put forward."""
    nights = WorkHours(WorkCalendar(range(7)), ((6, ((0, 1440),)),), "Europe/Oslo")
    assert nights.add_minutes(there("2026-03-29 01:00", "Europe/Oslo"), 120) == there("2026-03-29 04:00", "Europe/Oslo")


def test_a_schedule_without_hours_or_days():
    """R3.1.2: a schedule that names no hours has office hours; one without working days is told."""
    assert WorkHours().add_minutes(datetime(2026, 1, 5, 7), 10) == datetime(2026, 1, 5, 8, 10)
    with pytest.raises(NoWorkingDayError):
        WorkHours(WorkCalendar(frozenset())).add_minutes(datetime(2026, 1, 5), 1)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.integers(1, 3000), st.integers(1, 3000))
def test_one_after_another(since, one, two):
    """R3.1.2: two spans of work one after another end where both together do, and later than they began."""
    assert CHINA.add_minutes(CHINA.add_minutes(since, one), two) == CHINA.add_minutes(since, one + two)
    assert CHINA.add_minutes(since, one) >= since + timedelta(minutes=one)
