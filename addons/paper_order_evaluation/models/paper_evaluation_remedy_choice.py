from odoo import api, fields, models

from ..lib.panel import margin_percent


class PaperEvaluationRemedy(models.Model):
    """What a computed way out does to date, cost and margin, and choosing one of them (R3.3.2)."""

    _inherit = "paper.evaluation.remedy"
    _order = "opinion_id, computed desc, in_time desc, cost_effect, id"

    computed = fields.Boolean(by_steps=True, help="Planned by the machine plan, not typed.")
    chosen = fields.Boolean(by_steps=True)
    cost_known = fields.Boolean(default=True, by_steps=True)
    date_after = fields.Date(
        string="Promise Date", by_steps=True, help="When the whole order can be with the customer this way."
    )
    in_time = fields.Boolean(by_steps=True, help="The date that the customer asked for is kept.")
    slots = fields.Json(by_steps=True)
    details = fields.Json(by_steps=True)
    margin_after = fields.Float(
        string="Margin (%)",
        compute="_compute_margin_after",
        groups="paper_base.group_finance,paper_base.group_management,paper_base.group_sales,paper_base.group_paper_overview",
    )
    can_choose = fields.Boolean(compute="_compute_can_choose")

    @api.depends("cost_effect", "opinion_id.evaluation_id.opinion_ids.cost_evidence")
    def _compute_margin_after(self):
        for remedy in self:
            remedy.margin_after = remedy._margin_with(remedy.opinion_id.evaluation_id, remedy.cost_effect) or 0.0

    @api.model
    def _margin_with(self, evaluation, added):
        """Return the margin of an order in percent with an added cost; None where its cost is not known."""
        # sudo: the field's groups, or the caller, asked who reads margins
        costs = evaluation.sudo().opinion_ids.filtered(lambda rec: rec.dimension == "cost").cost_evidence or {}
        return margin_percent(costs["revenue"], costs["cost"] + added) if costs.get("cost") else None

    @api.depends("computed", "chosen", "opinion_id.waiting_for_me")
    @api.depends_context("uid")
    def _compute_can_choose(self):
        for remedy in self:
            remedy.can_choose = remedy.computed and not remedy.chosen and remedy.opinion_id.waiting_for_me

    def action_choose(self):
        """Take this way: the verdict, the promise and the slots of the order follow it.

        :raises WrongDepartmentError, OpinionFrozenError: for anybody else, or when the opinion is given
        :raises SlotTakenError: where another order has the machine in the meantime
        """
        self.ensure_one()
        self.opinion_id._check_may_write()
        self.opinion_id.remedy_ids.filtered("chosen")._by_step().write({"chosen": False})
        self._by_step().write({"chosen": True})
        self._apply_choice()
        if self.computed:
            evaluation = self.opinion_id.evaluation_id.sudo()  # sudo: the slots of other orders have to be known
            evaluation._hold_slots({evaluation: self.opinion_id._slots_to_hold()}, check=True)

    def action_undo(self):
        """Go back to the plan as it stands."""
        self.ensure_one()
        opinion = self.opinion_id
        opinion._check_may_write()
        self._by_step().write({"chosen": False})
        opinion.write({"verdict": False, "condition": False})
        evaluation, facts = opinion.evaluation_id.sudo(), opinion.evidence or {}  # sudo: see action_choose
        opinion._by_step().write({"proposal": self._proposal_of(facts)})
        evaluation._by_step().write(evaluation._prepare_promise_values(facts))
        evaluation._hold_slots({evaluation: opinion._slots_to_hold()}, check=True)

    def _proposal_of(self, facts):
        if not facts.get("late"):
            return "yes"
        return "conditional" if any(found["in_time"] for found in facts.get("remedies", ())) else "no"

    def _apply_choice(self):
        """Let verdict and promise follow the way that was chosen."""
        self.ensure_one()
        opinion = self.opinion_id
        verdict = "conditional" if self.in_time else "no"
        # sudo: the figures are taken anew by whoever submits the order, too
        opinion.sudo()._by_step().write({"proposal": verdict})
        if opinion.waiting_for_me:
            opinion.write({"verdict": verdict, "condition": self.name, "comment": opinion.comment or self._choice_comment()})
        if self.date_after:
            evaluation = opinion.evaluation_id.sudo()  # sudo: as above
            evaluation._by_step().write({"promise_date": self.date_after, "promise_late": not self.in_time})

    def _choice_comment(self):
        date = self.opinion_id._shown_date(self.date_after)
        return self.env._("%(remedy)s: promised for %(date)s.", remedy=self.name, date=date)
