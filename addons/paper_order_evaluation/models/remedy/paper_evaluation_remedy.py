from odoo import api, fields, models

from ...exceptions import OpinionFrozenError
from ...lib.panel import margin_percent


class PaperEvaluationRemedy(models.Model):
    """A way out that a department proposes where the answer is not a plain yes: overtime, another
    machine, subcontracting, another supplier …, with what it costs and how it moves the delivery
    date (R3.3.2, R3.3.3). Written with the opinion, frozen with it. Of those that are
    computed with the figures one may be chosen: verdict, promise and slots follow it (R3.3.2).
    """

    _name = "paper.evaluation.remedy"
    _description = "Remedy of an Evaluation Opinion"
    _inherit = ["paper.step.mixin"]
    _order = "opinion_id, computed desc, in_time desc, cost_effect, id"

    _field_error = OpinionFrozenError

    opinion_id = fields.Many2one("paper.evaluation.opinion", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="opinion_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [
            ("overtime", "Overtime"),
            ("equipment", "More Equipment"),
            ("subcontracting", "Subcontracting"),
            ("supplier", "Alternative Supplier"),
            ("other", "Other"),
        ],
        required=True,
        default="overtime",
    )
    name = fields.Char(string="What is Done", required=True)
    cost_effect = fields.Monetary(string="Effect on Cost", help="Added cost of the order, in company currency.")
    days_effect = fields.Integer(string="Effect on Date (days)", help="Days by which the delivery moves; negative is earlier.")
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

    # The department writes it, until it gives its opinion; what is computed with the figures, a step alone

    @api.model_create_multi
    def create(self, vals_list):
        remedies = super().create(vals_list)
        if not self._is_step():
            remedies._check_typed()
        return remedies

    def write(self, vals):
        if self._is_step():
            return super().write(vals)
        self._check_typed()
        result = super().write(vals)
        self._check_typed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_given(self):
        if not self._is_step():
            self._check_typed()

    def _check_typed(self):
        self.opinion_id._check_may_write()
        if any(remedy.computed for remedy in self):
            self._refuse_hand(["computed"])

    def _refused_hand_message(self, names):
        return self.env._("What is computed with the figures is not written by hand.")

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
