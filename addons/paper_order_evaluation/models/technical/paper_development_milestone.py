from odoo import api, fields, models

from ...exceptions import DevelopmentPlanError
from .paper_development_plan import TECHNICAL


class PaperDevelopmentMilestone(models.Model):
    """One step of a development plan: what is reached, by whom, until when (R3.3.4)."""

    _name = "paper.development.milestone"
    _description = "Milestone of a Development Plan"
    _inherit = ["paper.step.mixin"]

    _order = "plan_id, date, id"
    _field_error = DevelopmentPlanError

    plan_id = fields.Many2one("paper.development.plan", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    name = fields.Char(string="What Is Reached", required=True)
    user_id = fields.Many2one("res.users", string="Owner", index=True)
    date = fields.Date(string="Until", required=True)
    done = fields.Boolean(copy=False)
    date_done = fields.Date(string="Reached on", by_steps=True)

    @api.model_create_multi
    def create(self, vals_list):
        steps = super().create(vals_list)
        steps._check_open()
        steps.filtered("done")._stamp_done()
        steps.filtered(lambda step: step.plan_id.state == "running" and not step.done)._call_owners()
        return steps

    def write(self, vals):
        self._check_open()
        changed = self.filtered(lambda step: "done" in vals and step.done != bool(vals["done"]))
        result = super().write(vals)
        self._check_open()
        changed._stamp_done()
        return result

    def _stamp_done(self):
        """Keep when these were reached, or that they were not; whoever was told to reach them is done."""
        for step in self:
            reached = step.company_id._paper_today() if step.done else False
            step._by_step().write({"date_done": reached})
            if step.done:
                self.env["res.company"]._paper_told(step.plan_id, step._call_kind())

    def _call_owners(self):
        """Put each of these before its owner, or the technical department, until it is reached."""
        for step in self:
            step.company_id._paper_tell(
                (step.user_id, TECHNICAL), step.plan_id, step.name, kind=step._call_kind(), deadline=step.date
            )

    def _call_kind(self):
        return f"milestone_{self.id}"

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_closed(self):
        self._check_open()

    def _check_open(self):
        if self.filtered(lambda step: step.plan_id.state in ("done", "cancelled")):
            raise DevelopmentPlanError(self.env._("The milestones of a closed development plan stay as they are."))
