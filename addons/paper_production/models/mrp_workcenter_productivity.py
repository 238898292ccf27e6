from odoo import api, models


class MrpWorkcenterProductivity(models.Model):
    _inherit = "mrp.workcenter.productivity"

    @api.constrains("workorder_id")
    def _check_plan_approved(self):
        """No time is booked on what may not be made yet (R5.1.2)."""
        self.workorder_id.production_id.filtered(lambda rec: rec.state not in ("done", "cancel"))._check_produce()
