from datetime import datetime, time, timedelta

import pytz
from odoo import fields, models

# What the hours of a plan's requests follow from.
SPAN = {"duration", "paper_start_hour", "company_id", "equipment_id"}


class MaintenancePlan(models.Model):
    """A plan shuts its machine for all of its hours, from the hour of the day at which the work begins where the machine
    stands (R3.3.2)."""

    _inherit = "maintenance.plan"

    paper_start_hour = fields.Float(
        string="Begins at",
        default=8.0,
        help="Hour of the day at which the machine is stopped, in the time zone of its working hours.",
    )

    _paper_start_hour_of_day = models.Constraint(
        "CHECK(paper_start_hour >= 0 AND paper_start_hour < 24)", "The hour at which a maintenance begins lies between 0 and 24."
    )

    def write(self, vals):
        following = {plan: plan._paper_following_requests() for plan in self} if SPAN & vals.keys() else {}
        result = super().write(vals)
        for plan, requests in following.items():
            plan._paper_schedule(requests)
        return result

    def _paper_span(self, equipment, date):
        """Return when a maintenance of this plan on ``date`` begins and ends, as the database keeps it.

        Without a duration it takes Odoo's hour.
        """
        self.ensure_one()
        # sudo: only the time zone is read, whoever plans
        centre = equipment.sudo().paper_workcenter_id
        company = self.company_id or equipment.company_id or self.env.company
        zone = pytz.timezone(centre.resource_calendar_id.tz or company.sudo().resource_calendar_id.tz or "UTC")
        begin = datetime.combine(date, time()) + timedelta(minutes=round(self.paper_start_hour * 60))
        begin = zone.localize(begin).astimezone(pytz.utc).replace(tzinfo=None)
        return begin, begin + timedelta(hours=self.duration if self.duration > 0 else 1)

    def _paper_following_requests(self):
        """Return the open requests of the plan that stand where it put them; what somebody moved by hand stays there."""
        self.ensure_one()
        return self._paper_open_requests().filtered(
            lambda rec: (rec.schedule_date, rec.schedule_end) == self._paper_span(rec.equipment_id, rec.request_date)
        )

    def _paper_open_requests(self):
        # sudo: the hours of a plan's requests follow the plan, whoever may read them
        return self.sudo().maintenance_ids.filtered(
            lambda rec: not rec.done and not rec.archive and rec.request_date and rec.schedule_date
        )

    def _paper_schedule(self, requests):
        self.ensure_one()
        for request in requests:
            begin, end = self._paper_span(request.equipment_id, request.request_date)
            request.write({"schedule_date": begin, "schedule_end": end})
