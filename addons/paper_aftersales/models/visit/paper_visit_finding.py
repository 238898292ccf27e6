from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ...exceptions import VisitFindingError
from ..paper_quality_visit import QUALITY

HOW = [("mail", "E-mail"), ("phone", "Phone"), ("onsite", "On Site")]
OPEN = {"new": (), "open": ()}


class PaperVisitFinding(models.Model):
    """A problem, suggestion or praise that a visit brought home: which department sees to it, until when, what was done, and when
    the customer was told (R7.2.2). The department answers; quality tells the customer; then it is closed.
    """

    _name = "paper.visit.finding"
    _description = "Finding of a Visit"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.deadline.mixin"]
    _order = "visit_id desc, id"
    _check_company_auto = True
    _steps = {"open": {"done": ()}, "done": {"told": (QUALITY,)}, "told": {}}
    _evidence_states = ("told",)
    _state_error = VisitFindingError
    _right_error = VisitFindingError
    _field_error = VisitFindingError
    _locked_error = VisitFindingError
    _acts = {"finish": (("open",), ()), "tell": (("done",), (QUALITY,))}

    visit_id = fields.Many2one("paper.quality.visit", required=True, ondelete="cascade", index=True, by_hand={"new": ()})
    company_id = fields.Many2one(related="visit_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="visit_id.partner_id", store=True, string="Customer")
    name = fields.Char(string="What Was Found", required=True, by_hand=OPEN)
    kind = fields.Selection(
        [("problem", "Problem"), ("suggestion", "Suggestion"), ("praise", "Praise")],
        required=True,
        default="problem",
        by_hand=OPEN,
    )
    defect_id = fields.Many2one("paper.defect", index="btree_not_null", ondelete="restrict", by_hand=OPEN)
    group_id = fields.Many2one(
        "res.groups", string="Department", ondelete="restrict", index=True, by_hand=OPEN,
        domain=lambda self: [("privilege_id.category_id", "=", self.env.ref("paper_base.module_category_paper").id)],
        help="Whose it is to do something about it.",
    )  # fmt: skip
    due_days = fields.Integer(string="Within (working days)", default=10, by_hand=OPEN)
    action = fields.Text(string="What Was Done", tracking=True, by_hand={"open": ()})
    done_by_id = fields.Many2one("res.users", string="Done by", by_steps=True)
    done_on = fields.Datetime(by_steps=True)
    told_how = fields.Selection(HOW, string="Told by", by_steps=True)
    told_on = fields.Datetime(by_steps=True)
    told_by_id = fields.Many2one("res.users", string="Told the Customer", by_steps=True)
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("told", "Customer Told")], required=True, default="open", index=True, by_steps=True
    )
    is_mine = fields.Boolean(string="For My Department", compute="_compute_is_mine", search="_search_is_mine")
    can_finish = fields.Boolean(compute="_compute_can_steps")
    can_tell = fields.Boolean(compute="_compute_can_steps")

    _due = models.Constraint("CHECK(due_days >= 0)", "Days cannot be negative.")

    @api.depends("group_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        groups = self.env.user.all_group_ids
        for finding in self:
            finding.is_mine = finding.group_id in groups

    @api.model
    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = fields.Domain("group_id", "in", list(self.env.user._get_group_ids()))
        return fields.Domain.OR(mine if wanted else ~mine for wanted in value)

    def _act_objection(self, verb):
        if verb == "finish" and not self.is_mine and not self._is_one_of((QUALITY,)):
            return self.env._("“%(finding)s” is seen to by its department.", finding=self.name)
        return super()._act_objection(verb)

    @api.model_create_multi
    def create(self, vals_list):
        findings = super().create(vals_list)
        for finding in findings:
            if finding.visit_id.state in ("closed", "cancelled"):
                raise VisitFindingError(
                    self.env._("Visit %(visit)s is closed: nothing is added to it.", visit=finding.visit_id.name)
                )
            if finding.kind == "praise" and not finding.group_id:
                continue
            finding._clock_start(finding.due_days)
            if finding.group_id:
                # sudo: whoever writes it down reaches the department, not its people
                finding._clock_tell(finding.sudo()._department_users(), finding._clock_words, kind="open")
        return findings

    def _department_users(self):
        return self._clock_company()._paper_group_users(self.group_id)

    def action_finish(self):
        """Note that something was done about it; its department, or quality (R7.2.2).

        :raises VisitFindingError: without what was done
        """
        self._check_act("finish")
        for finding in self:
            if not said(finding.action) and finding.kind != "praise":
                raise VisitFindingError(self.env._("“%(finding)s”: write down what was done.", finding=finding.name))
        # sudo: who may was asked at the act; a department writes no more than its action
        self._follow_to("done", done_by_id=self.env.uid, done_on=fields.Datetime.now())
        self._clock_stop()
        for finding in self:
            finding._clock_company()._paper_tell(
                (finding.visit_id.visitor_id, QUALITY), finding, finding._tell_words, kind="done", quietly=True
            )
        return True

    @staticmethod
    def _tell_words(finding):
        return finding.env._("Tell the customer what was done: %(finding)s", finding=finding.name)

    def action_tell(self, how="mail"):
        """Tell the customer by mail what was done, in his language; or note that he was told otherwise (R7.2.2).

        :param how: mail, phone or onsite
        :raises VisitFindingError: by mail where he has no address
        """
        self._check_act("tell")
        for visit, findings in self.grouped("visit_id").items():
            if how != "mail":
                continue
            customer = visit.partner_id
            if not customer.email:
                raise VisitFindingError(
                    self.env._("%(customer)s has no e-mail address: tell them by phone.", customer=customer.display_name)
                )
            visit._tell_findings(findings)
        return self._take_step("told", told_how=how, told_on=fields.Datetime.now(), told_by_id=self.env.uid)

    def action_tell_by_phone(self):
        """Note that the customer was told by phone."""
        return self.action_tell("phone")

    def _clock_users(self):
        # sudo: see create
        return self.sudo()._department_users()

    def _clock_summary(self):
        return self.env._("%(customer)s: %(finding)s", customer=self.partner_id.name or "", finding=self.name)
