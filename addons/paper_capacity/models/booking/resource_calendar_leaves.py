from odoo import api, models

from ..run.run_plan import RunPlan
from .mrp_workorder import BegunWork

MOVED = {"date_from", "date_to", "resource_id", "time_type", "name"}


class ResourceCalendarLeaves(models.Model):
    """Hours that a machine is closed, or has work, stand in the list of its slots, whoever enters them."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves.filtered(lambda leave: leave.time_type == "leave")._paper_mirror()
        return leaves

    def write(self, vals):
        result = super().write(vals)
        if MOVED & vals.keys():
            self._paper_mirror()
        return result

    def _paper_mirror(self, check=True):
        owned = (self - BegunWork.leaves_of(self.env)).filtered("resource_id")
        # The plan that is being made writes its work orders down together.
        if owned and not RunPlan.is_in(self.env):
            # sudo: the list follows what people may do with the hours themselves
            self.env["paper.slot.reservation"].sudo()._mirror(owned.sudo(), check=check)
