from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo


def at_hour(day, asked, zone):
    """Return a day at the hour of ``asked`` (UTC) in a time zone, at noon where nothing was asked; in UTC."""
    zone = ZoneInfo(zone)
    hour = asked.replace(tzinfo=UTC).astimezone(zone).time() if asked else time(12)
    return datetime.combine(day, hour, tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
