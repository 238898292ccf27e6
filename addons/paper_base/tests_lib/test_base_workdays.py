# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import time
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from paper_base_lib import workdays
from paper_base_lib.workdays import WorkCalendar

DAY = timedelta(days=1)
DATES = st.dates(date(2023, 12, 1), date(2027, 1, 31))
COUNTS = st.integers(0, 60)


@st.composite
def calendars(draw):
    return WorkCalendar(
        weekdays=draw(st.frozensets(st.integers(0, 6), min_size=1)),
        holidays=draw(st.frozensets(DATES, max_size=60)),
        makeup=draw(st.frozensets(DATES, max_size=30)),
    )


@st.composite
def closed_pauses(draw):
    begin = draw(DATES)
    return begin, begin + DAY * draw(st.integers(0, 40))


PAUSES = st.lists(closed_pauses(), max_size=6)


def works(calendar, day):
    """The definition, apart from the product's arithmetic."""
    if day in calendar.holidays:
        return False
    return day in calendar.makeup or day.weekday() in calendar.weekdays


def brute_deadline(calendar, start, n, pauses=()):
    """Walk day by day."""

    def counts(day):
        paused = any(begin <= day and (end is None or day < end) for begin, end in pauses)
        return works(calendar, day) and not paused

    day = start if n == 0 else start + DAY
    for _i in range(4000):
        if counts(day):
            n -= 1
            if n <= 0:
                return day
        day += DAY
    return None


@given(calendars(), DATES)
def test_is_working_against_oracle(calendar, day):
    """R3.3.1: holidays are off, make-up days are on, else the weekday decides."""
    assert calendar.is_working(day) == works(calendar, day)


@given(calendars(), DATES, COUNTS)
def test_add_against_oracle(calendar, day, n):
    """R3.3.1: n working days after a date, as walked day by day."""
    assert calendar.add_working_days(day, n) == brute_deadline(calendar, day, n)


@given(calendars(), DATES, st.integers(1, 60))
def test_backwards_against_oracle(calendar, day, n):
    """R6.2.1: n working days ahead of a date, as walked day by day."""
    expected, left = day, n
    while left:
        expected -= DAY
        left -= works(calendar, expected)
    assert calendar.add_working_days(day, -n) == expected


@given(calendars(), DATES, DATES)
def test_between_against_oracle(calendar, begin, end):
    """R3.3.1: the working days in (begin, end] are counted, and negatively the other way."""
    low, high = sorted((begin, end))
    days = sum(works(calendar, low + DAY * i) for i in range(1, (high - low).days + 1))
    assert calendar.working_days_between(low, high) == days
    assert calendar.working_days_between(high, low) == -days


@given(calendars(), DATES, st.integers(1, 500))
def test_add_and_count_are_inverse(calendar, day, n):
    """R3.3.1: between a date and its n-th working day there are n working days."""
    end = calendar.add_working_days(day, n)
    assert calendar.working_days_between(day, end) == n
    assert calendar.is_working(end)
    assert calendar.add_working_days(end, -n) == calendar.add_working_days(day + DAY, -1)


@given(calendars(), DATES, COUNTS, PAUSES)
def test_deadline_against_oracle(calendar, start, n, pauses):
    """R3.3.1: a deadline with pauses, overlapping or not, as walked day by day."""
    assert calendar.deadline(start, n, pauses) == brute_deadline(calendar, start, n, pauses)


@given(calendars(), DATES, COUNTS, PAUSES, DATES)
def test_open_pause_against_oracle(calendar, start, n, pauses, begin):
    """R3.3.1: an open pause stops the clock unless the deadline was reached before it."""
    every = [*pauses, (begin, None)]
    assert calendar.deadline(start, n, every) == brute_deadline(calendar, start, n, every)


@given(calendars(), DATES, COUNTS, COUNTS, PAUSES)
def test_monotone_in_n(calendar, start, one, two, pauses):
    """R3.3.1: more days never make an earlier deadline."""
    low, high = sorted((one, two))
    assert calendar.deadline(start, low, pauses) <= calendar.deadline(start, high, pauses)


@given(calendars(), DATES, DATES, COUNTS, PAUSES)
def test_monotone_in_start(calendar, one, two, n, pauses):
    """R3.3.1: a later start never makes an earlier deadline."""
    low, high = sorted((one, two))
    assert calendar.deadline(low, n, pauses) <= calendar.deadline(high, n, pauses)


@given(calendars(), DATES, COUNTS, PAUSES)
def test_never_on_a_day_off_nor_in_a_pause(calendar, start, n, pauses):
    """R3.3.1: a deadline is a day on which somebody can meet it."""
    result = calendar.deadline(start, n, pauses)
    assert calendar.is_working(result)
    assert not any(begin <= result < end for begin, end in pauses)
    assert result >= start


@given(calendars(), DATES, COUNTS, st.integers(0, 60), st.integers(0, 60))
def test_pause_shifts_by_exactly_the_pause(calendar, start, n, offset, length):
    """R3.3.1: a pause before the deadline shifts it by exactly the working days in the pause."""
    plain = calendar.deadline(start, n)
    begin = start + DAY * (offset + (n > 0))
    assume(begin <= plain)
    end = begin + DAY * length
    inside = sum(works(calendar, begin + DAY * i) for i in range(length))
    shifted = calendar.deadline(start, n, [(begin, end)])
    assert calendar.working_days_between(plain, shifted) == inside


@given(calendars(), DATES, COUNTS, closed_pauses())
def test_pause_after_the_deadline_changes_nothing(calendar, start, n, pause):
    """R3.3.1: what is paused after the deadline was due comes too late."""
    plain = calendar.deadline(start, n)
    assume(pause[0] > plain)
    assert calendar.deadline(start, n, [pause]) == plain
    assert calendar.deadline(start, n, [(pause[0], None)]) == plain


@given(calendars(), DATES, COUNTS, PAUSES)
def test_pauses_are_a_set_of_days(calendar, start, n, pauses):
    """R3.3.1: order, overlap and splitting of pauses do not matter."""
    days = [
        (begin + DAY * i, begin + DAY * (i + 1))
        for begin, end in pauses
        for i in range((end - begin).days)
    ]
    expected = calendar.deadline(start, n, pauses)
    assert calendar.deadline(start, n, days) == expected
    assert calendar.deadline(start, n, [*reversed(pauses), *pauses]) == expected


@given(calendars(), DATES, COUNTS, PAUSES, DATES, DATES)
def test_projection_is_the_deadline_after_resuming_today(calendar, start, n, pauses, begin, today):
    """R3.3.1: the projected date is the one that holds if the customer answers today."""
    projected = calendar.projected_deadline(start, n, [*pauses, (begin, None)], today)
    resumed = [*pauses, (begin, max(begin, today))]
    assert projected == calendar.deadline(start, n, resumed)


def test_open_pause_of_the_future():
    """R3.3.1: a pause that is only announced does not stop the clock yet."""
    pauses = [(date(2026, 1, 7), None)]
    week = WorkCalendar()
    assert week.deadline(date(2026, 1, 5), 3, pauses) is None
    assert week.deadline(date(2026, 1, 5), 3, pauses, today=date(2026, 1, 6)) == date(2026, 1, 8)
    assert week.deadline(date(2026, 1, 5), 3, pauses, today=date(2026, 1, 7)) is None


def test_day_off_wins_over_makeup():
    """R3.3.1: a make-up day on which the company is closed is off."""
    saturday = date(2026, 1, 10)
    assert WorkCalendar(makeup={saturday}).is_working(saturday)
    assert not WorkCalendar(makeup={saturday}, holidays={saturday}).is_working(saturday)


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: WorkCalendar(weekdays={7}), workdays.InvalidWeekdayError),
        (lambda: WorkCalendar(weekdays={-1}), workdays.InvalidWeekdayError),
        (
            lambda: WorkCalendar(()).add_working_days(date(2026, 1, 5), 1),
            workdays.NoWorkingDayError,
        ),
        (
            lambda: WorkCalendar(()).add_working_days(date(2026, 1, 5), 0),
            workdays.NoWorkingDayError,
        ),
        (
            lambda: WorkCalendar(()).add_working_days(date(2026, 1, 5), -1),
            workdays.NoWorkingDayError,
        ),
        (lambda: WorkCalendar(()).deadline(date(2026, 1, 5), 1), workdays.NoWorkingDayError),
        (
            lambda: WorkCalendar((), makeup={date(2026, 1, 6)}).add_working_days(
                date(2026, 1, 5), 2
            ),
            workdays.NoWorkingDayError,
        ),
        (lambda: WorkCalendar().add_working_days(date.max, 1), workdays.NoWorkingDayError),
        (lambda: WorkCalendar().add_working_days(date.min, -1), workdays.NoWorkingDayError),
        (
            lambda: WorkCalendar().add_working_days(date(2026, 1, 5), 10**12),
            workdays.NoWorkingDayError,
        ),
        (
            lambda: WorkCalendar().add_working_days(date(2026, 1, 5), 1.5),
            workdays.InvalidCountError,
        ),
        (
            lambda: WorkCalendar().add_working_days(date(2026, 1, 5), True),
            workdays.InvalidCountError,
        ),
        (lambda: WorkCalendar().deadline(date(2026, 1, 5), -1), workdays.InvalidCountError),
        (
            lambda: WorkCalendar().deadline(
                date(2026, 1, 5), 1, [(date(2026, 1, 9), date(2026, 1, 8))]
            ),
            workdays.InvalidPauseError,
        ),
    ],
)
def test_errors_are_named(call, error):
    """R3.3.1: a calendar without working days is an error at once, never an endless loop."""
    with pytest.raises(error) as caught:
        call()
    assert isinstance(caught.value, workdays.WorkdaysError)
    assert str(caught.value)


def test_last_working_day_of_an_odd_calendar():
    """R3.3.1: a calendar of single make-up days works as far as they reach."""
    only = WorkCalendar((), makeup={date(2026, 1, 6), date(2026, 3, 1)})
    assert only.add_working_days(date(2026, 1, 5), 2) == date(2026, 3, 1)
    assert only.add_working_days(date(2026, 3, 2), -2) == date(2026, 1, 6)


def test_a_decade_of_holidays_and_ten_thousand_days_are_fast():
    """R3.3.1: the cost does not grow with the number of days."""
    start = date(2024, 1, 1)
    calendar = WorkCalendar(holidays={start + DAY * i for i in range(0, 3650, 9)})
    begin = time.perf_counter()
    for n in range(9_000, 10_000):
        calendar.deadline(start, n, [(date(2025, 1, 1), date(2026, 1, 1))])
    assert time.perf_counter() - begin < 5
    assert calendar.deadline(start, 10_000) == brute_deadline_long(calendar, start, 10_000)


def brute_deadline_long(calendar, day, n):
    while n:
        day += DAY
        n -= works(calendar, day)
    return day
