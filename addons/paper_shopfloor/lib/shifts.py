# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which shift a moment belongs to: three of eight hours, early, late and night; the night belongs to the day it began."""

from datetime import datetime, time, timedelta

SHIFTS = ("early", "late", "night")
HOURS = 8


def shift_of(moment, first_hour):
    """Return (day, shift) of a moment of the mill's clock.

    :param moment: datetime as the mill's clock shows it
    :param first_hour: when the early shift begins, such as 7.5 for half past seven

    >>> from datetime import datetime
    >>> shift_of(datetime(2026, 11, 30, 8, 0), 8)
    (datetime.date(2026, 11, 30), 'early')
    >>> shift_of(datetime(2026, 12, 1, 7, 59), 8)
    (datetime.date(2026, 11, 30), 'night')
    """
    since = moment - timedelta(hours=first_hour)
    return since.date(), SHIFTS[int(since.hour // HOURS)]


def span_of(day, shift, first_hour):
    """Return (begin, end) of a shift on the mill's clock.

    >>> from datetime import date
    >>> span_of(date(2026, 11, 30), "night", 8)
    (datetime.datetime(2026, 12, 1, 0, 0), datetime.datetime(2026, 12, 1, 8, 0))
    """
    begin = datetime.combine(day, time()) + timedelta(hours=first_hour + HOURS * SHIFTS.index(shift))
    return begin, begin + timedelta(hours=HOURS)
