from odoo import models

from .release import Release


class ResourceCalendarLeaves(models.Model):
    """The time that a work order takes on its machine is moved with the work order, not behind its back."""

    _inherit = "resource.calendar.leaves"

    def write(self, vals):
        if vals.keys() & {"date_from", "date_to", "resource_id", "calendar_id", "time_type"}:
            self._check_planned("field")
        return super().write(vals)

    def unlink(self):
        self._check_planned("unplanned")
        return super().unlink()

    def _check_planned(self, kind):
        booked = self.filtered(lambda leave: leave.time_type == "other")
        if booked and not Release.of(self.env):
            # sudo: the rule is the same whatever the user may read
            self.env["mrp.workorder"].sudo().search([("leave_id", "in", booked.ids)]).sudo(False)._check_agreed(kind)
