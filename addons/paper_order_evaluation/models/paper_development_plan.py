from odoo import api, fields, models

from ..exceptions import DevelopmentPlanError


class PaperDevelopmentPlan(models.Model):
    """How the mill comes to make a paper that it cannot make today: milestones with owners and dates, for a line of an
    order or all of it. The technical department writes and runs it; the date promised to the customer waits for it
    (R3.3.4).
    """

    _name = "paper.development.plan"
    _description = "Development Plan"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

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
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    milestone_ids = fields.One2many("paper.development.milestone", "plan_id", string="Milestones", copy=True)
    date_end = fields.Date(
        string="Ready on", compute="_compute_date_end", store=True, help="The last milestone that is still to be reached."
    )
    late = fields.Boolean(compute="_compute_late", search="_search_late")

    @api.depends("milestone_ids.date", "milestone_ids.done")
    def _compute_date_end(self):
        for plan in self:
            plan.date_end = max((step.date for step in plan.milestone_ids if not step.done), default=False)

    @api.depends("state", "milestone_ids.date", "milestone_ids.done")
    def _compute_late(self):
        for plan in self:
            today = plan.company_id._paper_today() if plan.company_id else fields.Date.context_today(plan)
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

    def write(self, vals):
        if "state" in vals and not self.env.su:
            raise DevelopmentPlanError(self.env._("A development plan is moved on by its own steps only."))
        return super().write(vals)

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        if not self.env.su and plans.filtered(lambda plan: plan.state != "draft"):
            raise DevelopmentPlanError(self.env._("A development plan begins as a draft."))
        return plans

    # Steps

    def action_start(self):
        """Start the plan: every milestone has an owner and a date, and its owner is told."""
        self._check_step("draft")
        for plan in self:
            if not plan.milestone_ids or plan.milestone_ids.filtered(lambda step: not step.user_id):
                raise DevelopmentPlanError(
                    self.env._("%(plan)s: give every milestone an owner and a date first.", plan=plan.display_name)
                )
        self._move("running")
        for step in self.milestone_ids.filtered(lambda step: not step.done):
            step.plan_id.activity_schedule(
                "mail.mail_activity_data_todo", summary=step.name, user_id=step.user_id.id, date_deadline=step.date
            )

    def action_done(self):
        """Close the plan: the paper can be made."""
        self._check_step("running")
        for plan in self:
            if plan.milestone_ids.filtered(lambda step: not step.done):
                raise DevelopmentPlanError(
                    self.env._("%(plan)s: milestones are still to be reached.", plan=plan.display_name)
                )
        self._move("done")
        self.activity_ids.unlink()

    def action_cancel(self):
        """Give the plan up."""
        self._check_step("draft", "running")
        self._move("cancelled")
        self.activity_ids.unlink()

    def _check_step(self, *states):
        if not self.env.user.has_group("paper_base.group_technical"):
            raise DevelopmentPlanError(self.env._("The technical department runs development plans."))
        self.check_access("write")
        for plan in self:
            if plan.state not in states:
                raise DevelopmentPlanError(self.env._("%(plan)s is not at this step.", plan=plan.display_name))

    def _move(self, state):
        # sudo: the state is written by the steps alone
        self.sudo().write({"state": state})

    def action_open_order(self):
        """Open the order that the plan is for."""
        self.ensure_one()
        return self.order_id._get_records_action(name=self.env._("Order"))
