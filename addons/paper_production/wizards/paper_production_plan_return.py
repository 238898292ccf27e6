from odoo import fields, models


class PaperProductionPlanReturn(models.TransientModel):
    """Asks the supervisor why he returns a production plan (R5.1.2)."""

    _name = "paper.production.plan.return"
    _description = "Return a Production Plan"

    plan_ids = fields.Many2many("paper.production.plan", required=True)
    reason = fields.Text(required=True)

    def action_return(self):
        """Return the plans with the reason."""
        self.ensure_one()
        return self.plan_ids.action_return(self.reason)
