from odoo import api, fields, models

from ..exceptions import PlanApprovalError, PlanEmptyError, PlanLockedError, PlanStateError

PLANNING = "paper_base.group_planning"
SUPERVISOR = "paper_base.group_supervisor"
# What may follow what, and who may do it; nobody named: whoever brings it about.
TRANSITIONS = {
    "draft": {"submitted": (PLANNING,), "cancelled": (PLANNING,)},
    "submitted": {"approved": (SUPERVISOR,), "draft": (SUPERVISOR, PLANNING), "cancelled": (PLANNING,)},
    "approved": {"done": (), "cancelled": (SUPERVISOR,)},
    "done": {},
    "cancelled": {"draft": (PLANNING,)},
}
STATES = [
    ("draft", "Draft"),
    ("submitted", "Waiting for Approval"),
    ("approved", "Approved"),
    ("done", "Done"),
    ("cancelled", "Cancelled"),
]
RELEASED = ("approved", "done")
STAMPS = {"submitted_by_id", "submitted_on", "approved_by_id", "approved_on", "return_reason"}
AGREED = {"date_from", "date_to", "company_id", "production_ids", "note"}
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
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", readonly=True, copy=False, index="trigram", default="/")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    state = fields.Selection(STATES, required=True, default="draft", copy=False, index=True, tracking=True)
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today, tracking=True)
    date_to = fields.Date(string="To", tracking=True, help="Empty: without an end.")
    user_id = fields.Many2one("res.users", string="Planner", default=lambda self: self.env.user, tracking=True)
    production_ids = fields.One2many("mrp.production", "paper_plan_id", string="Manufacturing Orders", copy=False)
    note = fields.Text(string="Equipment and Crew", help="What machines and shifts the plan counts on.")
    submitted_by_id = fields.Many2one("res.users", string="Submitted by", readonly=True, copy=False)
    submitted_on = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", string="Approved by", readonly=True, copy=False, tracking=True)
    approved_on = fields.Datetime(readonly=True, copy=False)
    return_reason = fields.Text(string="Returned because", readonly=True, copy=False, tracking=True)

    _dates_in_order = models.Constraint(
        "CHECK(date_to IS NULL OR date_from <= date_to)", "A plan cannot end before it starts."
    )

    # What may be changed by whom

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("state", "draft") != "draft" or STAMPS & vals.keys():
                raise PlanStateError(self.env._("A production plan starts as a draft."))
        return super().create([self._numbered(vals) for vals in vals_list])

    @api.model
    def _numbered(self, vals):
        company = vals.get("company_id") or self.env.company.id
        # sudo: numbering needs no right on sequences
        sequence = self.env["ir.sequence"].sudo().with_company(company)
        return {**vals, "name": sequence.next_by_code("paper.production.plan") or "/"}

    def write(self, vals):
        if not self.env.su and STAMPS & vals.keys():
            raise PlanStateError(self.env._("Who submitted or approved a plan is recorded by its steps."))
        if AGREED & vals.keys():
            self._check_open()
        moving = self.filtered(lambda plan: plan.state != vals.get("state", plan.state))
        if not moving:
            return super().write(vals)
        moving._check_step(vals["state"])
        result = super().write({**vals, **self._prepare_stamps(vals["state"])})
        moving._after_step(vals["state"])
        return result

    def _check_open(self):
        """Planning changes a draft, the supervisor also what he has to approve (R5.1.2)."""
        supervisor = self.env.user.has_group(SUPERVISOR)
        for plan in self:
            if plan.state != "draft" and not (plan.state == "submitted" and supervisor):
                raise PlanLockedError(
                    self.env._("The plan %(plan)s is “%(state)s”: it stays as it is.", plan=plan.name, state=plan._state_name())
                )

    def _state_name(self, state=None):
        return dict(self._fields["state"]._description_selection(self.env))[state or self.state]

    def _can_go(self, state):
        """Say whether this user may take the plan to ``state``; views and steps ask the same question."""
        self.ensure_one()
        groups = TRANSITIONS[self.state].get(state)
        if groups is None or (groups and not any(self.env.user.has_group(group) for group in groups)):
            return False
        return state != "approved" or self.submitted_by_id != self.env.user

    def _check_step(self, state):
        for plan in self:
            if state not in TRANSITIONS[plan.state]:
                raise PlanStateError(
                    self.env._(
                        "The plan %(plan)s cannot go from “%(old)s” to “%(new)s”.",
                        plan=plan.name,
                        old=plan._state_name(),
                        new=plan._state_name(state),
                    )
                )
            if not plan._can_go(state):
                raise PlanApprovalError(plan._refused_message(state))
        getattr(self, f"_check_{state}", lambda: None)()

    def _refused_message(self, state):
        if state == "approved" and self.submitted_by_id == self.env.user:
            return self.env._("You submitted the plan %(plan)s: somebody else has to approve it.", plan=self.name)
        return self.env._(
            "You may not take the plan %(plan)s to “%(state)s”.", plan=self.name, state=self._state_name(state)
        )

    def _check_submitted(self):
        for plan in self:
            if not plan._open_productions():
                raise PlanEmptyError(self.env._("The plan %(plan)s holds no manufacturing order.", plan=plan.name))
        self.production_ids._paper_orders()._check_blockers("plan")

    def _check_approved(self):
        self._check_submitted()

    def _check_cancelled(self):
        started = self.production_ids.filtered(lambda rec: rec.state in ("progress", "to_close", "done"))
        if started:
            raise PlanLockedError(
                self.env._("%(order)s is being made already, so its plan cannot be cancelled.", order=started[0].name)
            )

    def _check_done(self):
        if self._open_productions():
            raise PlanStateError(self.env._("A plan is done when all its manufacturing orders are."))

    def _prepare_stamps(self, state):
        now = fields.Datetime.now()
        return {
            "submitted": {"submitted_by_id": self.env.uid, "submitted_on": now, "return_reason": False},
            "approved": {"approved_by_id": self.env.uid, "approved_on": now},
            "draft": {"submitted_by_id": False, "submitted_on": False, "approved_by_id": False, "approved_on": False},
        }.get(state, {})

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_submitted(self):
        for plan in self.filtered(lambda rec: rec.state not in ("draft", "cancelled")):
            raise PlanLockedError(self.env._("The plan %(plan)s was submitted: cancel it instead.", plan=plan.name))

    # Steps

    def action_collect(self):
        """Take the confirmed manufacturing orders of paper that no plan holds and that start in the period (R5.1.1).

        :raises PlanEmptyError: if none waits
        """
        self.ensure_one()
        self.check_access("write")
        self._check_open()
        found = self.env["mrp.production"].search(self._collect_domain())
        if not found:
            raise PlanEmptyError(self.env._("No confirmed manufacturing order of paper waits for a plan."))
        found.write({"paper_plan_id": self.id})
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
        """Submit the plans to the production supervisor (R5.1.2)."""
        return self._as_step("submitted")

    def action_approve(self):
        """Approve the plans: their work orders are scheduled, workshops and departments get them (R5.1.2)."""
        return self._as_step("approved")

    def action_return(self, reason=None):
        """Return the plans to planning, saying why (R5.1.2)."""
        if not (reason or "").strip():
            return self._return_dialog()
        self._as_step("draft")
        # sudo: the reason belongs to the step, which was checked
        self.sudo().write({"return_reason": reason})
        return True

    def action_cancel(self):
        """Cancel plans of which nothing is made yet; their orders wait for another plan."""
        return self._as_step("cancelled")

    def action_draft(self):
        """Take a cancelled plan up again."""
        return self._as_step("draft")

    def _as_step(self, state):
        self.check_access("write")
        wrong = self.filtered(lambda plan: plan.state == state)
        if wrong:
            raise PlanStateError(
                self.env._("The plan %(plan)s is “%(state)s” already.", plan=wrong[0].name, state=wrong[0]._state_name())
            )
        return self.write({"state": state})

    def _return_dialog(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Return the Plan"),
            "res_model": "paper.production.plan.return",
            "view_mode": "form",
            "target": "new",
            "context": {"default_plan_ids": self.ids},
        }

    # What follows a step

    def _after_step(self, state):
        getattr(self, f"_action_{state}", lambda: None)()

    def _action_submitted(self):
        """Ask the supervisors. Override to do more."""
        for plan in self:
            supervisors = plan.company_id._paper_department_users(SUPERVISOR) - self.env.user
            plan._notify("paper_production.activity_approval", supervisors)

    def _action_approved(self):
        """Schedule what was approved and distribute it (R5.1.2). Override to do more."""
        self._close_request()
        self._open_productions().button_plan()
        for plan in self:
            users = self.env["res.users"].union(*map(plan.company_id._paper_department_users, DISTRIBUTION))
            plan._notify("paper_production.activity_approved", users)

    def _action_draft(self):
        self._close_request()

    def _action_cancelled(self):
        """Give the orders free for another plan. Override to do more."""
        self._close_request()
        for production in self.production_ids.filtered("is_planned"):  # one by one: button_unplan knows one order only
            production.button_unplan()
        self.production_ids.write({"paper_plan_id": False})

    def _notify(self, activity, users):
        """Give each of the users an activity that says in his language what the plan holds."""
        for lang, readers in users.grouped("lang").items():
            # sudo: departments are reached whoever moves the plan
            plan = self.sudo().with_context(lang=lang)
            summary = plan._summary()
            for user in readers:
                plan.activity_schedule(activity, summary=summary, user_id=user.id)

    def _close_request(self):
        # sudo: the requests to all supervisors end with the decision of one
        self.sudo().activity_unlink(["paper_production.activity_approval"])

    def _close_finished(self):
        """End the approved plans of which nothing is left to make."""
        finished = self.filtered(lambda plan: plan.state == "approved" and not plan._open_productions())
        if finished:
            finished.write({"state": "done"})
