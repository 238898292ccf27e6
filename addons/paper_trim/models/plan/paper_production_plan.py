from odoo import api, fields, models

from ...exceptions import TrimEmptyError, TrimRightError

PLANNING = "paper_base.group_planning"
# From the plan's sketch until it is made.
OPEN = ("draft", "submitted", "approved")


class PaperProductionPlan(models.Model):
    """The trim of a plan: a problem for each of its papers; what is chosen there is what the winder winds (R5.1.1)."""

    _inherit = "paper.production.plan"

    trim_problem_ids = fields.One2many("paper.trim.problem", "plan_id", string="Trim Problems")
    trim_set_ids = fields.One2many("paper.trim.set", "plan_id", string="Sets")
    trim_count = fields.Integer(compute="_compute_trim")
    trim_chosen_count = fields.Integer(compute="_compute_trim")
    can_plan_trim = fields.Boolean(compute="_compute_can_plan_trim")

    @api.depends("trim_problem_ids.state")
    def _compute_trim(self):
        for plan in self:
            live = plan.trim_problem_ids.filtered(lambda rec: rec.state != "cancelled")
            plan.trim_count = len(live)
            plan.trim_chosen_count = len(live.filtered(lambda rec: rec.state == "chosen"))

    @api.depends("state", "production_ids")
    @api.depends_context("uid")
    def _compute_can_plan_trim(self):
        for plan in self:
            plan.can_plan_trim = plan._may_plan_trim() and bool(plan._trim_productions())

    def _may_plan_trim(self):
        return self.state in OPEN and self._is_one_of((PLANNING,))

    def _trim_productions(self):
        """Return the orders of paper of these plans that are to be cut still: of a specification, no runs, and not made."""
        return self.production_ids.filtered(
            lambda rec: rec.state not in ("done", "cancel") and rec.is_paper and rec.paper_spec_id and rec.paper_kind != "run"
        )

    def action_plan_trim(self):
        """Open the trim of the plan: a problem for each of its papers, made where there is none yet (R5.1.1).

        :raises TrimEmptyError: if nothing of the plan is to be cut
        """
        self.ensure_one()
        if not self._may_plan_trim():
            raise TrimRightError(self.env._("%(plan)s: planning plans the trim, until the plan is done.", plan=self.name))
        productions = self._trim_productions()
        if not productions:
            raise TrimEmptyError(self.env._("%(plan)s holds no order of paper that is to be cut.", plan=self.name))
        live = self.trim_problem_ids.filtered(lambda rec: rec.state != "cancelled")
        left = productions - live.item_ids.production_id
        problems = self.env["paper.trim.problem"]
        for _paper, group in left.grouped(lambda rec: rec._trim_papers().pop()).items():
            problem = problems.create({"plan_id": self.id, "company_id": self.company_id.id, **self._prepare_trim_winder(group)})
            problem._take_productions(group)
        return self.action_view_trim()

    def _prepare_trim_winder(self, productions):
        winders = productions.workorder_ids.workcenter_id.filtered("paper_is_winder")
        winder = winders[:1] or self.env["paper.trim.problem"]._default_winder(self.company_id)
        # Of a cut the run has the machine whose web is wound.
        runs = self.production_ids.filtered(lambda rec: rec.product_id in productions.paper_base_id)
        webs = [width for width in (productions | runs).workorder_ids.workcenter_id.mapped("paper_deckle") if width]
        return {"workcenter_id": winder.id, **({"web_mm": max(webs)} if webs else {})}

    def action_view_trim(self):
        """Open the trim problems of the plan."""
        self.ensure_one()
        problems = self.trim_problem_ids.filtered(lambda rec: rec.state != "cancelled")
        action = self.env["ir.actions.act_window"]._for_xml_id("paper_trim.action_paper_trim_problem")
        if len(problems) == 1:
            return {**action, "views": [(False, "form")], "view_mode": "form", "res_id": problems.id}
        return {**action, "domain": [("plan_id", "=", self.id)], "context": {}}
