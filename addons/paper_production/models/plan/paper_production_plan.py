from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate
from odoo.tools.misc import formatLang

from ...exceptions import PlanApprovalError, PlanEmptyError, PlanLockedError, PlanQuantityError, PlanStateError

_lt = LazyTranslate(__name__)

PLANNING = "paper_base.group_planning"
SUPERVISOR = "paper_base.group_supervisor"
SALES = "paper_base.group_sales"
STATES = [
    ("draft", "Draft"),
    ("submitted", "Waiting for Approval"),
    ("approved", "Approved"),
    ("done", "Done"),
    ("cancelled", "Cancelled"),
]
RELEASED = ("approved", "done")
# Planning changes a draft, the supervisor also what is to be approved (R5.1.2).
AGREED = {"draft": (), "submitted": (SUPERVISOR,)}
# Who gets the approved plan (R5.1.2), and what for.
DISTRIBUTION = (
    "paper_base.group_workshop",
    "paper_base.group_purchasing",
    "paper_base.group_equipment",
    "paper_base.group_warehouse",
)


class PaperProductionPlan(models.Model):
    """A production plan: which manufacturing orders are made in a period, on which machines (R5.1.1).

    Planning collects the confirmed orders of paper and submits the plan; the production supervisor approves
    or returns it with a reason (R5.1.2). Approval schedules the work orders and hands the plan to workshop,
    purchasing, equipment and warehouse. Until then nothing of it is produced. It is done when all its orders are.
    """

    _name = "paper.production.plan"
    _description = "Production Plan"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin", "paper.order.mover"]
    _moves_orders = ("state",)
    _order = "date_from desc, id desc"
    _check_company_auto = True

    _steps = {
        "draft": {"submitted": (PLANNING,), "cancelled": (PLANNING,)},
        "submitted": {"approved": (SUPERVISOR,), "draft": (SUPERVISOR, PLANNING), "cancelled": (PLANNING,)},
        "approved": {"done": (), "cancelled": (SUPERVISOR,)},
        "done": {},
        "cancelled": {"draft": (PLANNING,)},
    }
    _step_verbs = {"submit": "submitted", "approve": "approved", "cancel": "cancelled"}
    _acts = {
        "collect": (("draft",), (PLANNING,)),
        "compute": (("draft", "submitted"), (PLANNING, SUPERVISOR)),
        "replan": (("approved",), (PLANNING, SUPERVISOR)),
        "amend": (("approved",), (SUPERVISOR,)),
        "end_amendment": (("approved",), (SUPERVISOR,)),
    }
    _reason_steps = {"action_return": ReasonStep(_lt("Return the Plan"), hint=_lt("What planning has to change"))}
    _entering = {
        "draft": Entering(values="_prepare_draft_values"),
        "submitted": Entering(
            check="_check_submitted",
            values="_prepare_submitted_values",
            then="_action_submitted",
            by="submitted_by_id",
            on="submitted_on",
        ),
        "approved": Entering(
            check="_check_approved", then="_action_approved", by="approved_by_id", on="approved_on"
        ),
        "done": Entering(check="_check_done"),
        "cancelled": Entering(check="_check_cancelled", then="_action_cancelled"),
    }
    _told_within = ("amended",)
    _state_error = PlanStateError
    _right_error = PlanApprovalError
    _field_error = PlanStateError
    _locked_error = PlanLockedError
    _evidence_error = PlanLockedError

    name = fields.Char(string="Number", by_steps=True, index="trigram", default="/")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, by_hand=AGREED
    )
    state = fields.Selection(STATES, required=True, default="draft", index=True, tracking=True, by_steps=True)
    date_from = fields.Date(
        string="From", required=True, default=lambda self: self.env.company._paper_today(), tracking=True, by_hand=AGREED
    )
    date_to = fields.Date(string="To", tracking=True, help="Empty: without an end.", by_hand=AGREED)
    user_id = fields.Many2one("res.users", string="Planner", default=lambda self: self.env.user, tracking=True)
    production_ids = fields.One2many(
        "mrp.production", "paper_plan_id", string="Manufacturing Orders", by_hand=AGREED
    )
    note = fields.Text(
        string="Equipment and Crew", help="What machines and shifts the plan counts on.", by_hand=AGREED
    )
    submitted_by_id = fields.Many2one("res.users", string="Submitted by", by_steps=True)
    submitted_on = fields.Datetime(by_steps=True)
    approved_by_id = fields.Many2one("res.users", string="Approved by", by_steps=True, tracking=True)
    approved_on = fields.Datetime(by_steps=True)
    can_collect = fields.Boolean(compute="_compute_can_steps")
    return_reason = fields.Text(string="Returned because", by_steps=True, tracking=True)
    production_count = fields.Integer(string="Number of Orders", compute="_compute_figures", compute_sudo=True)
    total_kg = fields.Float(string="Planned (kg)", digits=(16, 0), compute="_compute_figures", compute_sudo=True)
    produced_kg = fields.Float(string="Made (kg)", digits=(16, 0), compute="_compute_figures", compute_sudo=True)
    progress = fields.Float(string="Made (%)", compute="_compute_figures", compute_sudo=True)
    total_hours = fields.Float(string="Machine Hours", compute="_compute_load", compute_sudo=True)
    load_summary = fields.Char(
        string="Hours by Work Centre", compute="_compute_load", compute_sudo=True, help="Expected hours of each machine."
    )
    can_submit = fields.Boolean(compute="_compute_can_steps")
    can_approve = fields.Boolean(compute="_compute_can_steps")
    can_return = fields.Boolean(compute="_compute_can_draft")
    can_cancel = fields.Boolean(compute="_compute_can_steps")
    can_draft = fields.Boolean(compute="_compute_can_draft")

    _dates_in_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_from <= date_to)", "A plan cannot end before it starts."
    )

    # What may be changed by whom

    @api.model_create_multi
    def create(self, vals_list):
        plans = super().create(vals_list)
        for plan in plans:
            # sudo: numbering needs no right on sequences
            sequence = self.env["ir.sequence"].sudo().with_company(plan.company_id)
            plan._by_step().write({"name": sequence.next_by_code("paper.production.plan") or "/"})
        return plans

    def _check_open(self):
        """Planning changes a draft, the supervisor also what he has to approve (R5.1.2)."""
        for plan in self:
            if not plan._is_hand_allowed("production_ids", plan):
                plan._refuse_hand(["production_ids"])

    def _step_objection(self, state):
        if state == "approved" and self.submitted_by_id == self.env.user:
            return self.env._("You submitted the plan %(plan)s: somebody else has to approve it.", plan=self.name)
        return super()._step_objection(state)

    def _check_submitted(self):
        for plan in self:
            if not plan._open_productions():
                raise PlanEmptyError(self.env._("The plan %(plan)s holds no manufacturing order.", plan=plan.name))
        self._open_productions()._check_specified()
        self._check_quantities()
        self._check_version()
        self.production_ids._paper_orders()._check_blockers("plan")

    def _check_quantities(self):
        """Refuse to plan more of an order than the customer takes (R5.1.2).

        :raises PlanQuantityError: naming the order
        """
        productions = self._open_productions()
        # sudo: the rule is the same whatever the user may read
        made = productions.sudo().sale_line_id._paper_line_productions().grouped("sale_line_id")
        for production in productions:
            line, _low, high = production._paper_limits()
            kg = sum(rec._paper_kg(rec.product_qty) for rec in made.get(line, ()))
            if line and kg > high:
                raise PlanQuantityError(
                    production._excess_words(kg, high), action=self.env["paper.way.out"]._lead_to(production)
                )

    def _check_approved(self):
        self._name_materials()
        self._check_submitted()
        self._check_materials()

    def _check_cancelled(self):
        started = self.production_ids.filtered(lambda rec: rec.state in ("progress", "to_close", "done"))
        if started:
            raise PlanLockedError(
                self.env._("%(order)s is being made already, so its plan cannot be cancelled.", order=started[0].name),
                action=self.env["paper.way.out"]._lead_to(started[0]),
            )

    def _check_done(self):
        if self._open_productions():
            raise PlanStateError(self.env._("A plan is done when all its manufacturing orders are."))

    def _prepare_submitted_values(self):
        return {"return_reason": False}

    def _prepare_draft_values(self):
        return dict.fromkeys(("submitted_by_id", "submitted_on", "approved_by_id", "approved_on"), False)

    def _evidence_kept_message(self):
        if "cancelled" in self._steps[self.state]:
            return self.env._("The plan %(plan)s was submitted: cancel it instead.", plan=self.name)
        return super()._evidence_kept_message()

    # Steps

    def action_collect(self):
        """Take the confirmed manufacturing orders of paper that no plan holds and that start in the period (R5.1.1).

        :raises PlanEmptyError: if none waits
        """
        self.ensure_one()
        self.check_access("write")
        self._check_act("collect")
        found = self.env["mrp.production"].search(self._collect_domain())
        if not found:
            raise PlanEmptyError(self.env._("No confirmed manufacturing order of paper waits for a plan."))
        found.write({"paper_plan_id": self.id})
        self._paper_make_runs()
        return True

    def _collect_domain(self):
        """Return what a plan takes. Override to choose otherwise."""
        domain = [
            ("company_id", "=", self.company_id.id),
            ("paper_plan_id", "=", False),
            ("state", "=", "confirmed"),
            ("product_id.is_paper", "=", True),
        ]
        # What should have started earlier is planned as well.
        return [*domain, ("date_start", "<=", self.date_to)] if self.date_to else domain

    def action_submit(self):
        """Submit the plans to the production supervisor, with the runs that their cuts need (R5.1.2)."""
        for plan in self.filtered(lambda rec: rec.state == "draft"):
            plan._paper_make_runs()
        return self._as_step("submitted")

    def action_approve(self):
        """Approve the plans: their work orders are scheduled, workshops and departments get them (R5.1.2)."""
        return self._as_step("approved")

    def action_return(self, reason=None):
        """Return the plans to planning, saying why (R5.1.2)."""
        self.check_access("write")
        self._check_step("draft")
        if not said(reason):
            return self._ask_reason("action_return")
        return self._as_step("draft", return_reason=reason)

    def action_cancel(self):
        """Cancel plans of which nothing is made yet; their orders wait for another plan."""
        return self._as_step("cancelled")

    def action_draft(self):
        """Take a cancelled plan up again."""
        return self._as_step("draft")

    def _as_step(self, state, **values):
        self.check_access("write")
        return self._take_step(state, **values)

    # What follows a step

    def _action_submitted(self):
        """Name the orders that will be late, and ask the supervisors. Override to do more."""
        for plan in self:
            plan._name_late()
        self._name_materials()
        self._ask_materials()
        self._name_means()
        for company, plans in self.grouped("company_id").items():
            # Whoever submits does not approve.
            others = company._paper_department_users(SUPERVISOR) - self.env.user
            company._paper_tell(
                others, plans, lambda plan: plan._summary(), activity_type="paper_production.activity_approval"
            )

    def _action_approved(self):
        """Schedule what was approved and distribute it (R5.1.2). Override to do more."""
        for plan in self:
            if plan.version_id:
                plan._take_campaigns()
            plan._schedule_all()
        self._check_late()
        self._keep_lines()
        self._distribute()
        for company, plans in self.grouped("company_id").items():
            for department in DISTRIBUTION:
                company._paper_tell(
                    department, plans, lambda plan: plan._summary(), activity_type="paper_production.activity_approved"
                )

    def _schedule_all(self):
        """Give each order its time on the machines: the runs first, then what is cut of them, as the campaigns follow."""
        productions = self._open_productions()
        self._paper_schedule_runs()
        planned = productions.sorted(lambda rec: (not rec.paper_campaign_id, rec.date_start))
        planned._as_released().button_plan()

    def _action_cancelled(self):
        """Give the orders free for another plan; what was planned stays on record. Override to do more."""
        self.filtered(lambda plan: not plan.line_ids)._keep_lines()
        for production in self.production_ids.filtered("is_planned"):  # one by one: button_unplan knows one order only
            production._as_released().button_unplan()
        self.production_ids._by_step().write({"paper_plan_id": False})

    def _close_finished(self):
        """End the approved plans of which nothing is left to make; one of which all was given up is cancelled."""
        ended = self.filtered(lambda plan: plan.state == "approved" and not plan._open_productions())
        made = ended.filtered(lambda plan: "done" in plan.production_ids.mapped("state"))
        if made:
            made._take_step("done")
        if ended - made:
            (ended - made)._follow_to("cancelled")

    # Its figures

    @api.depends("production_ids.product_qty", "production_ids.product_uom_id", "production_ids.state")
    def _compute_figures(self):
        for plan in self:
            live = plan.production_ids.filtered(lambda rec: rec.state != "cancel")
            plan.production_count = len(live)
            plan.total_kg = sum(rec._paper_kg(rec.product_qty) for rec in live)
            plan.produced_kg = sum(rec._paper_kg(rec._paper_made_qty()) for rec in live)
            plan.progress = 100 * plan.produced_kg / plan.total_kg if plan.total_kg else 0

    @api.depends("production_ids.workorder_ids.duration_expected", "production_ids.state")
    @api.depends_context("lang")
    def _compute_load(self):
        for plan in self:
            live = plan.production_ids.filtered(lambda rec: rec.state != "cancel")
            loads = [
                (workcenter.name, sum(orders.mapped("duration_expected")) / 60)
                for workcenter, orders in live.workorder_ids.grouped("workcenter_id").items()
            ]
            plan.total_hours = sum(hours for _name, hours in loads)
            plan.load_summary = " · ".join(
                self.env._("%(machine)s %(hours)s h", machine=name, hours=formatLang(self.env, hours, digits=1))
                for name, hours in sorted(loads)
            )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_draft(self):
        # Back to a draft is two different things to people: returning it with a reason, and taking it up again.
        for plan in self:
            plan.can_return = plan.state == "submitted" and plan._can_go("draft")
            plan.can_draft = plan.state == "cancelled" and plan._can_go("draft")

    def _open_productions(self):
        return self.production_ids.filtered(lambda rec: rec.state not in ("done", "cancel"))

    def _summary(self):
        """Return the plan in one line, for those who get it."""
        self.ensure_one()
        kg = formatLang(self.env, self.total_kg, digits=0)
        return self.env._(
            "%(plan)s: %(number)s orders, %(kg)s kg", plan=self.name, number=self.production_count, kg=kg
        )

    def action_view_workorders(self):
        """Open the work orders of a plan."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("mrp.mrp_workorder_todo")
        return {**action, "domain": [("production_id", "in", self.production_ids.ids)], "context": {}}

    def _moved_orders(self):
        return self.production_ids._paper_orders()
