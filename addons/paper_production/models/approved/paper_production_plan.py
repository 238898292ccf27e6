from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ..plan.paper_production_plan import DISTRIBUTION, PLANNING, SALES, SUPERVISOR

_lt = LazyTranslate(__name__)

AMENDED = "amended"  # what the departments are told for


class PaperProductionPlan(models.Model):
    """What was approved stays, and what of it the supervisor changes, saying why (R5.1.2)."""

    _inherit = "paper.production.plan"

    _reason_steps = {
        "action_amend": ReasonStep(_lt("Amend the Approved Plan"), hint=_lt("What makes the change necessary"))
    }

    line_ids = fields.One2many("paper.plan.line", "plan_id", string="As Planned", readonly=True)
    amendment_ids = fields.One2many("paper.plan.amendment", "plan_id", string="Amendments", readonly=True)
    change_ids = fields.One2many("paper.plan.change", "plan_id", string="Changes", readonly=True)
    can_amend = fields.Boolean(compute="_compute_can_steps")
    can_end_amendment = fields.Boolean(compute="_compute_can_steps")

    # What was planned

    def _keep_lines(self):
        """Write down what the plans say now."""
        now = fields.Datetime.now()
        values = []
        for plan in self:
            for production in plan.production_ids.filtered(lambda rec: rec.state != "cancel"):
                shared = {"plan_id": plan.id, "taken_on": now, **production._prepare_plan_line()}
                values += [{**shared, **work._prepare_plan_line()} for work in production.workorder_ids] or [shared]
        # sudo: the step of the plan was checked; what it keeps is nobody's to write
        self.env["paper.plan.line"].sudo()._by_step().create(values)

    # Amending

    def action_amend(self, reason=None):
        """Open the approved plan for the supervisor, who says why: what he changes today is kept with the reason."""
        self.ensure_one()
        self.check_access("write")
        self._check_act("amend")
        reason = said(reason)
        if not reason:
            return self._ask_reason("action_amend")
        self.amendment_ids.filtered(lambda rec: rec.user_id == self.env.user)._close()
        # sudo: the act was checked; an amendment is nobody's to write
        return self.env["paper.plan.amendment"].sudo()._by_step().create(
            {
                "plan_id": self.id,
                "user_id": self.env.uid,
                "reason": reason,
                "opened_on": fields.Datetime.now(),
            }
        ) and True

    def action_end_amendment(self):
        """End the own amendment: from now on the plan stays as it is."""
        self.ensure_one()
        self._check_act("end_amendment")
        self._own_amendment()._close()
        return True

    def _own_amendment(self):
        """Return the amendment in which this person may change the approved plan now, if there is one."""
        self.ensure_one()
        if self.state not in ("approved", "done") or not self._is_one_of((SUPERVISOR,)):
            return self.env["paper.plan.amendment"]
        # sudo: who changes an order of the plan need not read its amendments
        return self.sudo().amendment_ids.filtered(lambda rec: rec.user_id == self.env.user and rec._is_open())[:1]

    def _act_objection(self, verb):
        if verb == "amend" and self._own_amendment():
            return self.env._("You are amending %(plan)s already: change what has to be changed.", plan=self.name)
        if verb == "end_amendment" and not self._own_amendment():
            return self.env._("You are not amending %(plan)s.", plan=self.name)
        return super()._act_objection(verb)

    @api.depends("amendment_ids.closed_on")
    def _compute_can_steps(self):
        return super()._compute_can_steps()

    def _record_changes(self, values):
        """Keep what the person changes in this plan, and tell the departments of it.

        :param values: values of ``paper.plan.change`` without what they share
        """
        self.ensure_one()
        amendment, now = self._own_amendment(), fields.Datetime.now()
        first = not amendment.sudo().change_ids  # sudo: as below
        # sudo: whether he may was asked; what is kept is nobody's to write
        changes = self.env["paper.plan.change"].sudo()._by_step().create(
            [{"amendment_id": amendment.id, "changed_on": now, **vals} for vals in values]
        )
        if first:
            companies = self.env["res.company"]
            companies._paper_told(self, AMENDED)
            for department in (PLANNING, *DISTRIBUTION):
                self.company_id._paper_tell(
                    department, self, lambda plan: plan._amended_words(amendment), kind=AMENDED,
                    activity_type="paper_production.activity_approved",
                )
        self._tell_sales_amended(amendment, self.production_ids.browse(rec["production_id"] for rec in values))
        return changes

    def _tell_sales_amended(self, amendment, productions):
        """Tell sales, once an amendment, of which of their orders the production was changed, and why."""
        # sudo: who amends a plan need not read the orders it is made for
        orders = productions.sudo()._paper_orders()
        for company, found in orders.grouped("company_id").items():
            company._paper_tell(
                lambda order: (order.user_id, SALES),
                found,
                lambda order: order.env._(
                    "The production of %(order)s was changed: %(reason)s. Tell the customer if the date or quantity moves.",
                    order=order.name,
                    reason=amendment.sudo().reason,  # sudo: see above
                ),
                kind=f"{AMENDED}:{amendment.id}",
            )

    def _amended_words(self, amendment):
        return self.env._("%(plan)s was changed: %(reason)s", plan=self.name, reason=amendment.sudo().reason)  # sudo: see above
