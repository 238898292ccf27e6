from odoo import models


class PaperProductionPlan(models.Model):
    _inherit = "paper.production.plan"

    def action_board(self):
        """Open the board of the campaigns of this plan."""
        self.ensure_one()
        return self.version_id.action_board()

    def action_replan(self):
        """Ask what happened, and look at what a plan made anew would move."""
        self.ensure_one()
        self._check_act("replan")
        return self.env["paper.plan.replan"]._open_for(self)
