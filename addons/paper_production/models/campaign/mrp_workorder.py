from dataclasses import replace

from odoo import models


class MrpWorkorder(models.Model):
    """The web of a campaign is made on its machine."""

    _inherit = "mrp.workorder"

    def _paper_is_web(self):
        """Say whether the work is that of a paper machine: what a campaign puts in sequence."""
        self.ensure_one()
        # sudo: whoever works on an order need not read how paper is made
        return self.sudo().operation_id.paper_level == "run" and not self.blocked_by_workorder_ids

    def _paper_run_choice(self, centre, quantity):
        choice = super()._paper_run_choice(centre, quantity)
        wanted = self.production_id.paper_campaign_id.workcenter_id
        if wanted and centre != wanted and self._paper_is_web():
            return replace(choice, able=False)
        return choice
