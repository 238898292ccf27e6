from odoo import api, fields, models
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering

from ...exceptions import DevelopmentPlanError

TECHNICAL = "paper_base.group_technical"


class PaperDevelopmentPlan(models.Model):
    """How the mill comes to make a paper that it cannot make today: milestones with owners and dates, for a line of an
    order or all of it. The technical department writes and runs it; the date promised to the customer waits for it
    (R3.3.4).
    """

    _name = "paper.development.plan"
    _description = "Development Plan"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin"]

    _order = "id desc"
    _check_company_auto = True
    _steps = {
        "draft": {"running": (TECHNICAL,), "cancelled": (TECHNICAL,)},
        "running": {"done": (TECHNICAL,), "cancelled": (TECHNICAL,)},
    }
    _step_verbs = {"start": "running", "finish": "done", "cancel": "cancelled"}
    _entering = {
        "running": Entering(check="_check_running", then="_action_running"),
        "done": Entering(check="_check_done", then="_action_ended"),
        "cancelled": Entering(then="_action_ended"),
    }
    _state_error = DevelopmentPlanError
    _right_error = DevelopmentPlanError
    _field_error = DevelopmentPlanError

    name = fields.Char(string="Goal", required=True, tracking=True)
    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="order_id.partner_id", string="Customer")
    line_id = fields.Many2one(
        "sale.order.line",
        string="Order Line",
        ondelete="cascade",
        index="btree_not_null",
        domain="[('order_id', '=', order_id)]",
        help="Blank: for all paper of the order.",
    )
    gap = fields.Text(string="What Is Missing", help="What was asked and could not be made.")
    user_id = fields.Many2one("res.users", string="Leader", default=lambda self: self.env.user, index=True, tracking=True)
    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("done", "Done"), ("cancelled", "Cancelled")],
        required=True,
        default="draft",
        by_steps=True,
        index=True,
        tracking=True,
    )
    can_start = fields.Boolean(compute="_compute_can_steps")
    can_finish = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")
    milestone_ids = fields.One2many("paper.development.milestone", "plan_id", string="Milestones", copy=True)
    date_end = fields.Date(
        string="Ready on",
        compute="_compute_date_end",
        store=True,
        by_steps=True,
        help="The last milestone that is still to be reached.",
    )
    late = fields.Boolean(compute="_compute_late", search="_search_late")

    @api.depends("milestone_ids.date", "milestone_ids.done")
    def _compute_date_end(self):
        for plan in self:
            plan.date_end = max((step.date for step in plan.milestone_ids if not step.done), default=False)

    @api.depends("state", "milestone_ids.date", "milestone_ids.done")
    def _compute_late(self):
        for plan in self:
            today = (plan.company_id or self.env.company)._paper_today()
            plan.late = plan.state == "running" and any(not step.done and step.date < today for step in plan.milestone_ids)

    def _search_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = fields.Domain(
            [("state", "=", "running"), ("milestone_ids", "any", [("done", "=", False), ("date", "<", "today")])]
        )
        return fields.Domain.OR([late if wanted else ~late for wanted in value])

    @api.constrains("line_id", "order_id")
    def _check_line(self):
        for plan in self:
            if plan.line_id and plan.line_id.order_id != plan.order_id:
                raise DevelopmentPlanError(
                    self.env._("%(plan)s: the line is not one of the order.", plan=plan.display_name)
                )

    # Steps

    def action_start(self):
        """Start the plan: every milestone has an owner and a date, and its owner is told."""
        return self._as_step("running")

    def action_done(self):
        """Close the plan: the paper can be made."""
        return self._as_step("done")

    def action_cancel(self):
        """Give the plan up."""
        return self._as_step("cancelled")

    def _as_step(self, state):
        self._check_step(state)  # before the access, so that another department is told whose step it is
        self.check_access("write")
        return self._take_step(state)

    def _refused_step_message(self, state):
        return self.env._("The technical department runs development plans.")

    def _check_running(self):
        for plan in self:
            if not plan.milestone_ids or plan.milestone_ids.filtered(lambda step: not step.user_id):
                raise DevelopmentPlanError(
                    self.env._("%(plan)s: give every milestone an owner and a date first.", plan=plan.display_name)
                )

    def _check_done(self):
        for plan in self:
            if plan.milestone_ids.filtered(lambda step: not step.done):
                raise DevelopmentPlanError(
                    self.env._("%(plan)s: milestones are still to be reached.", plan=plan.display_name)
                )

    def _action_running(self):
        """Tell the owners of the milestones. Override to do more."""
        self.milestone_ids.filtered(lambda step: not step.done)._call_owners()

    def _action_ended(self):
        """End what the owners of the milestones were told. Override to do more."""
        self.env["res.company"]._paper_told(self)

    def action_open_order(self):
        """Open the order that the plan is for."""
        self.ensure_one()
        return self.order_id._get_records_action(name=self.env._("Order"))
