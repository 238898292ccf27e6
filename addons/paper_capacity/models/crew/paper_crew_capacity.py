from collections import defaultdict
from datetime import datetime

import pytz
from odoo import api, fields, models

from ...lib.machine import merge_intervals


class PaperCrewCapacity(models.Model):
    """How many people with a skill a machine needs on a shift, and how many there are. Kept by production planning; a
    machine for which it is stated runs only in the shifts that have all their people, one for which nothing is stated
    runs by its calendar. A record with dates replaces the one without for these days: holidays, illness, a training (R3.3.2).
    """

    _name = "paper.crew.capacity"
    _description = "Crew of a Work Center by Shift"
    _order = "workcenter_id, calendar_id, skill, date_from, id"
    _check_company_auto = True

    workcenter_id = fields.Many2one(
        "mrp.workcenter", string="Work Center", required=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="workcenter_id.company_id", store=True, index=True)
    calendar_id = fields.Many2one("resource.calendar", string="Shift", required=True, check_company=True)
    skill = fields.Char(required=True, help="What the people can do, for example machine tender or winder operator.")
    needed = fields.Integer(string="People Needed", required=True, default=1)
    available = fields.Integer(string="People There", required=True, default=1)
    date_from = fields.Date(string="From", help="Empty: always.")
    date_to = fields.Date(string="Until", help="Empty: always.")
    is_manned = fields.Boolean(string="Shift Can Run", compute="_compute_is_manned")

    _positive = models.Constraint("CHECK(needed >= 0 AND available >= 0)", "A number of people cannot be negative.")
    _dates_in_order = models.Constraint("CHECK(date_to >= date_from)", "The crew ends before it begins.")

    @api.depends("needed", "available")
    def _compute_is_manned(self):
        for crew in self:
            crew.is_manned = crew.available >= crew.needed

    @api.depends("workcenter_id", "calendar_id", "skill")
    def _compute_display_name(self):
        for crew in self:
            names = (crew.workcenter_id.name, crew.calendar_id.name, crew.skill)
            crew.display_name = ", ".join(name for name in names if name)

    def _manned(self, patterns):
        """Return the hours in which the machine has its people: those of any shift that has every skill.

        :param patterns: ``{calendar: [(start, stop)]}`` in seconds
        """
        return merge_intervals(
            span
            for calendar, crews in self.grouped("calendar_id").items()
            for span in crews._manned_shift(patterns.get(calendar, []))
        )

    def _manned_shift(self, hours):
        """Return those hours of one shift on whose day every skill has its people."""
        zone = pytz.timezone(self.calendar_id.tz or "UTC")
        by_day = defaultdict(list)
        for span in hours:
            # day: of the crew's own calendar
            by_day[datetime.fromtimestamp(span[0], zone).date()].append(span)
        missing = set()
        for crews in self.grouped("skill").values():
            figures = [(crew.date_from, crew.date_to, crew.is_manned) for crew in crews]
            always = [manned for first, last, manned in figures if not first and not last]
            dated = [(first, last, manned) for first, last, manned in figures if first or last]
            for day in by_day:
                special = [
                    manned
                    for first, last, manned in dated
                    if (not first or first <= day) and (not last or day <= last)
                ]
                if not all(special or always):
                    missing.add(day)
        return [span for day, spans in by_day.items() if day not in missing for span in spans]
