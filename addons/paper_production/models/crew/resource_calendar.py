from datetime import datetime, time, timedelta

import pytz
from odoo import models


class ResourceCalendar(models.Model):
    """Working hours as a shift: one span a day."""

    _inherit = "resource.calendar"

    def _paper_shift_hours(self, day):
        """Return (from, to) of the shift on a day, in hours of the day; None where it does not work."""
        self.ensure_one()
        own = self.attendance_ids.filtered(
            lambda one: one.dayofweek == str(day.weekday()) and not one.display_type and one.day_period != "lunch"
        )
        return (min(own.mapped("hour_from")), max(own.mapped("hour_to"))) if own else None

    def _paper_shift(self, day):
        """Return the moments (UTC) at which the shift of a day begins and ends; None where it does not work."""
        hours = self._paper_shift_hours(day)
        if not hours:
            return None
        zone = pytz.timezone(self.tz or "UTC")
        moments = (datetime.combine(day, time()) + timedelta(hours=hour) for hour in hours)
        return tuple(zone.localize(moment).astimezone(pytz.utc).replace(tzinfo=None) for moment in moments)
