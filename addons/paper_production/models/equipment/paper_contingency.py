from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering

from ...exceptions import ContingencyError, ContingencyRightError

EQUIPMENT = "paper_base.group_equipment"
SUPERVISOR = "paper_base.group_supervisor"
MANAGEMENT = "paper_base.group_management"
DRAFT = {"draft": (EQUIPMENT,)}
MOST = 80  # orders of the machine that are asked about


class PaperContingency(models.Model):
    """What is done when a machine fails: which others make its paper, with what parts, who is called, how long it may last
    (R5.2.2). The equipment department writes it, the supervisor or management reviews it; it is drilled in turn."""

    _name = "paper.contingency"
    _description = "Contingency Plan"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin"]
    _order = "workcenter_id, id"
    _check_company_auto = True

    _steps = {"draft": {"reviewed": (SUPERVISOR, MANAGEMENT)}, "reviewed": {"draft": (EQUIPMENT, SUPERVISOR, MANAGEMENT)}}
    _step_verbs = {"review": "reviewed", "draft": "draft"}
    _acts = {"drill": (("reviewed",), (EQUIPMENT, SUPERVISOR))}
    _entering = {"reviewed": Entering(check="_check_reviewed", by="reviewed_by_id", on="reviewed_on")}
    _state_error = ContingencyError
    _right_error = ContingencyRightError
    _field_error = ContingencyError
    _locked_error = ContingencyError
    _evidence_states = ()

    name = fields.Char(string="Scenario", required=True, by_hand=DRAFT | {"new": ()})
    state = fields.Selection(
        [("draft", "Draft"), ("reviewed", "Reviewed")], required=True, default="draft", tracking=True, by_steps=True
    )
    workcenter_id = fields.Many2one(
        "mrp.workcenter", string="Machine", required=True, index=True, ondelete="cascade", check_company=True, by_hand=DRAFT
    )
    company_id = fields.Many2one(related="workcenter_id.company_id", store=True, index=True)
    alternative_ids = fields.Many2many("mrp.workcenter", string="Machines Instead", check_company=True, by_hand=DRAFT)
    spec_ids = fields.Many2many(
        "paper.spec", string="Papers It Has to Make", by_hand=DRAFT, help="Blank: those of the machine's open orders."
    )
    part_ids = fields.One2many("paper.contingency.part", "contingency_id", string="Spare Parts", by_hand=DRAFT, copy=True)
    contact_ids = fields.Many2many("res.partner", string="Whom to Call", by_hand=DRAFT)
    max_hours = fields.Float(string="Longest Stop (h)", by_hand=DRAFT, help="After so many hours the machines instead take over.")
    measures = fields.Text(by_hand=DRAFT, help="What is done, in which order, by whom.")
    reviewed_by_id = fields.Many2one("res.users", string="Reviewed by", by_steps=True)
    reviewed_on = fields.Datetime(by_steps=True)
    drill_date = fields.Date(string="Last Drill", by_steps=True, tracking=True)
    drill_months = fields.Integer(string="Drill Every (months)", default=6, by_hand=DRAFT)
    next_drill = fields.Date(compute="_compute_next_drill", store=True)
    can_review = fields.Boolean(compute="_compute_can_steps")
    can_draft = fields.Boolean(compute="_compute_can_steps")
    can_drill = fields.Boolean(compute="_compute_can_steps")

    _months_positive = models.Constraint("CHECK(drill_months > 0)", "A contingency plan is drilled every month at most.")
    _hours_positive = models.Constraint("CHECK(COALESCE(max_hours, 0) >= 0)", "A stop cannot last less than no time.")

    @api.depends("drill_date", "drill_months", "reviewed_on", "company_id")
    def _compute_next_drill(self):
        for plan in self:
            since = plan.drill_date or (plan.reviewed_on and plan.company_id._paper_day(plan.reviewed_on))
            plan.next_drill = since and since + relativedelta(months=plan.drill_months)

    def _step_objection(self, state):
        if state == "reviewed" and self.create_uid == self.env.user:
            return self.env._("You wrote %(plan)s: somebody else has to review it.", plan=self.name)
        return super()._step_objection(state)

    def action_review(self):
        """Review the plan: it holds from now on (R5.2.2).

        :raises ContingencyError: where no machine instead can make what the machine makes
        """
        self.check_access("read")
        return self._take_step("reviewed")

    def action_draft(self):
        """Take the plan up again to change it."""
        self.check_access("read")
        return self._take_step("draft", reviewed_by_id=False, reviewed_on=False)

    def action_drill(self):
        """Say that the plan was drilled today."""
        self.check_access("read")
        self._check_act("drill")
        for plan in self:
            # sudo: the act was checked
            plan.sudo()._by_step().write({"drill_date": plan.company_id._paper_today()})
        return True

    def _check_reviewed(self):
        for plan in self:
            others = plan.alternative_ids - plan.workcenter_id
            if not others:
                raise ContingencyError(
                    self.env._("%(plan)s names no other machine that makes the paper instead.", plan=plan.name),
                    action=self.env["paper.way.out"]._lead_to(plan),
                )
            unable = [spec.display_name for spec in plan._papers() if not others._paper_can_make(spec)]
            if unable:
                raise ContingencyError(
                    self.env._(
                        "%(plan)s: none of %(machines)s can make %(papers)s.",
                        plan=plan.name,
                        machines=", ".join(others.mapped("name")),
                        papers="; ".join(unable[:5]),
                    ),
                    action=self.env["paper.way.out"]._lead_to(plan),
                )

    def _papers(self):
        self.ensure_one()
        if self.spec_ids:
            return self.spec_ids
        works = self.env["mrp.workorder"].sudo().search(  # sudo: the rule is the same whatever the user may read
            [("workcenter_id", "=", self.workcenter_id.id), ("state", "in", ("blocked", "ready", "progress"))], limit=MOST
        )
        return works.production_id.paper_spec_id
