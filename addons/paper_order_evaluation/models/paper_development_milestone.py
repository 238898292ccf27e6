from odoo import api, fields, models

from ..exceptions import DevelopmentPlanError


class PaperDevelopmentMilestone(models.Model):
    """One step of a development plan: what is reached, by whom, until when (R3.3.4)."""

    _name = "paper.development.milestone"
    _description = "Milestone of a Development Plan"
    _order = "plan_id, date, id"

    plan_id = fields.Many2one("paper.development.plan", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    name = fields.Char(string="What Is Reached", required=True)
    user_id = fields.Many2one("res.users", string="Owner", index=True)
    date = fields.Date(string="Until", required=True)
    done = fields.Boolean(copy=False)
    date_done = fields.Date(string="Reached on", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps._check_open()
        return steps

    def write(self, vals):
        self._check_open()
        if "done" in vals:
            vals = {**vals, "date_done": fields.Date.context_today(self) if vals["done"] else False}
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_closed(self):
        self._check_open()

    def _check_open(self):
        if self.filtered(lambda step: step.plan_id.state in ("done", "cancelled")):
            raise DevelopmentPlanError(self.env._("The milestones of a closed development plan stay as they are."))
