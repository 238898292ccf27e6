from odoo import fields, models
from odoo.addons.paper_capacity.lib.machine import subtract_intervals
from odoo.addons.paper_capacity.lib.moments import unnamed


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    paper_freeze_hours = fields.Float(
        string="Freeze Fence (h)",
        help="What begins on this machine within so many hours is not moved any more: pulp is being prepared for it.",
    )

    _paper_freeze_range = models.Constraint("CHECK(paper_freeze_hours >= 0)", "A freeze fence is no negative time.")

    def _paper_frozen_until(self, now):
        """Return the moment up to which nothing that is planned on the machine is moved.

        :param now: moment (UTC, naive)
        """
        self.ensure_one()
        return fields.Datetime.add(now, hours=self.paper_freeze_hours)

    def _paper_open_hours_left(self, start, stop):
        """Return ``{machine: [(start, stop)]}`` in seconds: the working hours without those in which it is closed.

        What is booked on it is not looked up.
        """
        hours, closures = self._paper_open_hours(start, stop), self._paper_closures(start, stop)
        leaves = self._paper_leaves(start, stop)
        found = {}
        for centre in self:
            closed = [span for leave, span in leaves if leave.time_type == "leave" and centre._paper_leave_counts(leave)]
            closed += [*unnamed(closures.get(centre, ())), *centre._paper_holidays(start, stop)]
            found[centre] = subtract_intervals(hours[centre] if centre.active else [], closed)
        return found
