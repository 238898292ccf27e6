from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ..exceptions import PlanInputError


class PaperPlanReplan(models.TransientModel):
    """What happened to an approved plan, and what a plan made anew would move: first looked at, then kept as a version (R5.1.2).

    A machine that stands still is closed in its calendar or by its maintenance request; the plan reads it there.
    """

    _name = "paper.plan.replan"
    _description = "Plan Anew"

    plan_id = fields.Many2one("paper.production.plan", required=True, ondelete="cascade", readonly=True)
    company_id = fields.Many2one(related="plan_id.company_id")
    reason = fields.Char(string="What happened")
    late_ids = fields.Many2many(
        "mrp.production", "paper_plan_replan_late", string="Cannot Begin before", domain="[('paper_plan_id', '=', plan_id)]"
    )
    late_until = fields.Datetime(string="Moment", help="For example when the material comes that is late.")
    urgent_ids = fields.Many2many(
        "mrp.production", "paper_plan_replan_urgent", string="Comes First", domain="[('paper_plan_id', '=', plan_id)]"
    )
    added_ids = fields.Many2many(
        "mrp.production",
        "paper_plan_replan_added",
        string="Rush Orders",
        domain="[('company_id', '=', company_id), ('paper_plan_id', '=', False), ('state', '=', 'confirmed'),"
        " ('is_paper', '=', True)]",
    )
    without_ids = fields.Many2many(
        "mrp.production", "paper_plan_replan_without", string="Taken out", domain="[('paper_plan_id', '=', plan_id)]"
    )
    outcome = fields.Text(readonly=True)

    def _changes(self):
        self.ensure_one()
        if self.late_ids and not self.late_until:
            raise PlanInputError(self.env._("Say until when these orders cannot begin."))
        return {
            "ready": dict.fromkeys(self.late_ids, self.late_until),
            "urgent": self.urgent_ids | self.added_ids,
            "without": self.without_ids,
            "more": self.added_ids,
        }

    def action_what_if(self):
        """Say what would move; nothing is kept of it."""
        self.ensure_one()
        plan = self.plan_id
        plan._check_act("replan")
        problem, found = plan._what_if(**self._changes())
        self.outcome = plan._what_if_words(problem, found)
        return self._again()

    def action_keep(self):
        """Keep the plan made anew as a version that the supervisor puts in force."""
        self.ensure_one()
        if not said(self.reason):
            raise PlanInputError(self.env._("Say what happened: the departments and sales read it."))
        self.plan_id._replan(self.reason, **self._changes())
        return self.plan_id._get_records_action()

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
            "name": self.env._("Plan Anew"),
        }

    @api.model
    def _open_for(self, plan):
        return self.create({"plan_id": plan.id, "reason": plan.disturbed or False})._again()
