from odoo import api, models


class MrpWorkcenterProductivity(models.Model):
    """Time is booked on no operation that waits for an inspection."""

    _inherit = "mrp.workcenter.productivity"

    @api.constrains("workorder_id")
    def _check_controlled(self):
        # sudo: the rule is the same whatever the user may read
        works = self.sudo().workorder_id.filtered(lambda rec: len(rec.production_id.workorder_ids) > 1)
        for work in works.filtered("blocked_by_workorder_ids"):
            work.production_id._check_process_inspections(work)
