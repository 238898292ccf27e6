from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.addons.paper_capacity.lib.moments import to_seconds

# What the closure of a machine follows from.
CLOSING = {"name", "equipment_id", "schedule_date", "schedule_end", "stage_id", "archive", "paper_stops_machine"}


class MaintenanceRequest(models.Model):
    """A maintenance that stops its machine stands in the machine's calendar as days off: Odoo's planner of work orders keeps
    clear of it, and so do the promise dates of orders (R3.3.2)."""

    _inherit = "maintenance.request"

    paper_workcenter_id = fields.Many2one(related="equipment_id.paper_workcenter_id", string="Work Center")
    paper_stops_machine = fields.Boolean(
        string="Stops the Machine",
        default=True,
        help="The work center of the equipment makes nothing from the scheduled date to the scheduled end.",
    )
    paper_leave_id = fields.Many2one(
        "resource.calendar.leaves", string="Closure", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )

    @api.model_create_multi
    def create(self, vals_list):
        requests = super().create(vals_list)
        requests._paper_close_machines()
        return requests

    def write(self, vals):
        result = super().write(vals)
        if CLOSING & vals.keys():
            self._paper_close_machines()
        return result

    def unlink(self):
        # sudo: the days off of a machine follow its maintenance, whoever deletes the request
        leaves = self.sudo().paper_leave_id
        result = super().unlink()
        leaves.unlink()
        return result

    def _paper_stops(self):
        """Say whether the machine stands still for this request, as it is scheduled now."""
        self.ensure_one()
        timed = self.schedule_date and self.schedule_end and self.schedule_date < self.schedule_end
        return bool(self.paper_stops_machine and self.paper_workcenter_id and timed and not self.archive and not self.done)

    def _paper_close_machines(self):
        """Bring the days off of the machines in line with these requests."""
        # sudo: the days off of a machine follow its maintenance, whoever schedules it
        requests = self.sudo()
        stopping = requests.filtered(lambda request: request._paper_stops())
        (requests - stopping).paper_leave_id.unlink()
        new = stopping.filtered(lambda request: not request.paper_leave_id)
        for request in stopping - new:
            request.paper_leave_id.write(request._prepare_paper_leave())
        leaves = requests.env["resource.calendar.leaves"].create([request._prepare_paper_leave() for request in new])
        for request, leave in zip(new, leaves, strict=True):
            request.paper_leave_id = leave

    def _prepare_paper_leave(self):
        centre = self.paper_workcenter_id
        return {
            "name": self.name,
            "resource_id": centre.resource_id.id,
            "calendar_id": centre.resource_calendar_id.id,
            "company_id": centre.company_id.id or self.company_id.id,
            "date_from": self.schedule_date,
            "date_to": self.schedule_end,
            "time_type": "leave",
        }

    def _paper_later_turns(self, start, stop):
        """Return when a recurring maintenance comes round again between two moments: [(start, stop)] in seconds.

        Its next request is made only when this one is done; the plan knows of it already.
        """
        self.ensure_one()
        spans, turn, begin = [], 1, self.schedule_date
        while begin < stop:
            step = relativedelta(**{f"{self.repeat_unit}s": max(self.repeat_interval, 1) * turn})
            begin, end = self.schedule_date + step, self.schedule_end + step
            if self.repeat_type == "until" and self.repeat_until and self.company_id._paper_day(begin) > self.repeat_until:
                break
            if end > start and begin < stop:
                spans.append((to_seconds(begin), to_seconds(end)))
            turn += 1
        return spans
