from odoo import api, models


class MrpWorkcenterProductivity(models.Model):
    _inherit = "mrp.workcenter.productivity"

    @api.constrains("workorder_id")
    def _check_plan_approved(self):
        """No time is booked on what may not be made yet (R5.1.2)."""
        works = self.workorder_id.filtered(lambda rec: rec.production_id.state not in ("done", "cancel"))
        works.production_id._check_produce()
        works._check_in_turn(works.browse())
        works.filtered(lambda rec: rec.production_id._unreleased())._check_means()
