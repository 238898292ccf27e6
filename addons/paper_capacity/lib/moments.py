# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Moments as the plan counts them, whole seconds, and as the database keeps them, UTC without a zone."""

from datetime import datetime, timedelta

import pytz

EPOCH = datetime(1970, 1, 1)
HOLIDAY = "public holiday"  # the name of a closure that each reader is told in his language


def to_seconds(moment):
    """Return a moment of the database as whole seconds.

    >>> to_seconds(datetime(1970, 1, 2))
    86400
    """
    return round((moment - EPOCH).total_seconds())


def to_datetime(seconds):
    """Return whole seconds as a moment of the database.

    >>> to_datetime(86400)
    datetime.datetime(1970, 1, 2, 0, 0)
    """
    return EPOCH + timedelta(seconds=seconds)


def unnamed(closures):
    """Return closures, [(start, stop, name)], as intervals.

    >>> unnamed([(1, 2, "Felt change")])
    [(1, 2)]
    """
    return [closure[:2] for closure in closures]


def zone_of(calendar):
    """Return the time zone of a calendar, anything that has a ``tz``.

    >>> from types import SimpleNamespace
    >>> zone_of(SimpleNamespace(tz=False)).zone
    'UTC'
    """
    return pytz.timezone(calendar.tz or "UTC")
