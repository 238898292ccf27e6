from datetime import UTC, time
from zoneinfo import ZoneInfo

from ...lib.workhours import moment_of


def at_hour(day, asked, zone):
    """Return a day at the hour of ``asked`` (UTC) in a time zone, at noon where nothing was asked; in UTC."""
    hour = asked.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).time() if asked else time(12)
    return moment_of(day, hour, zone)
