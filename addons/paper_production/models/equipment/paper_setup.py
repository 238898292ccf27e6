from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ...exceptions import SetupRightError, SetupStateError

_lt = LazyTranslate(__name__)

EQUIPMENT = "paper_base.group_equipment"
WORKSHOP = "paper_base.group_workshop"
SUPERVISOR = "paper_base.group_supervisor"
STATES = [("open", "To Do"), ("done", "Done"), ("waived", "Waived"), ("cancelled", "Cancelled")]


class PaperSetup(models.Model):
    """The set-up of a machine for one campaign: its tasks, due when the campaign begins (R5.2.2). It comes with the approved
    plan; it is done with its last task, or the supervisor waives it, saying why. Until then the campaign does not start."""

    _name = "paper.setup"
    _description = "Set-up for a Campaign"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin"]
    _order = "due, id"
    _all_by_steps = True
    _evidence_states = ("done", "waived")

    _steps = {
        "open": {"done": (EQUIPMENT, WORKSHOP), "waived": (SUPERVISOR,), "cancelled": ()},
        "done": {"open": (EQUIPMENT, WORKSHOP)},
        "waived": {},
        "cancelled": {},
    }
    _step_verbs = {"waive": "waived"}
    _acts = {"all_done": (("open",), (EQUIPMENT, WORKSHOP))}
    _reason_steps = {"action_waive": ReasonStep(_lt("Waive the Set-up"), hint=_lt("Why the campaign starts without it"))}
    _entering = {
        "done": Entering(by="done_by_id", on="done_on"),
        "waived": Entering(by="done_by_id", on="done_on"),
    }
    _state_error = SetupStateError
    _right_error = SetupRightError
    _field_error = SetupStateError
    _locked_error = SetupStateError
    _evidence_error = SetupStateError

    name = fields.Char(compute="_compute_name")
    state = fields.Selection(STATES, required=True, default="open", index=True, tracking=True)
    campaign_id = fields.Many2one("paper.campaign", index="btree_not_null", ondelete="set null")
    plan_id = fields.Many2one("paper.production.plan", string="Production Plan", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    workcenter_id = fields.Many2one("mrp.workcenter", string="Machine", required=True, index=True, ondelete="restrict")
    grade_id = fields.Many2one("paper.grade", required=True, ondelete="restrict")
    basis_weight = fields.Float(string="Basis Weight (g/m²)", digits=(16, 3))
    before = fields.Char(string="Made Before")
    due = fields.Datetime(string="Campaign Begins", required=True, index=True)
    minutes = fields.Integer(string="Duration (min)")
    task_ids = fields.One2many("paper.setup.task", "setup_id", string="Tasks", by_hand={"open": (EQUIPMENT, WORKSHOP)})
    open_count = fields.Integer(string="Open Tasks", compute="_compute_open_count")
    done_by_id = fields.Many2one("res.users", string="Done by")
    done_on = fields.Datetime()
    waive_reason = fields.Text(string="Waived because", tracking=True)
    can_waive = fields.Boolean(compute="_compute_can_steps")
    can_all_done = fields.Boolean(compute="_compute_can_steps")

    @api.depends("workcenter_id.name", "grade_id.name", "basis_weight")
    def _compute_name(self):
        for setup in self:
            setup.name = f"{setup.workcenter_id.name or ''} → {setup.grade_id.name or ''} {setup.basis_weight:.10g} g/m²"

    @api.depends("name")
    def _compute_display_name(self):
        for setup in self:
            setup.display_name = setup.name

    @api.depends("task_ids.done_on")
    def _compute_open_count(self):
        for setup in self:
            setup.open_count = len(setup.task_ids.filtered(lambda task: not task.done_on))

    def action_waive(self, reason=None):
        """Let the campaign start without its set-up, saying why (R5.2.2)."""
        self.check_access("write")
        self._check_step("waived")
        if not said(reason):
            return self._ask_reason("action_waive")
        return self._take_step("waived", waive_reason=said(reason))

    def action_all_done(self):
        """Say that all tasks are done."""
        self.check_access("write")
        self._check_act("all_done")
        return self.task_ids.filtered(lambda task: not task.done_on).action_done()

    def _settle(self):
        """Bring the state in line with the tasks."""
        for setup in self:
            open_ones = setup.task_ids.filtered(lambda task: not task.done_on)
            if setup.state == "open" and not open_ones:
                setup._take_step("done")
            elif setup.state == "done" and open_ones:
                setup._take_step("open")

    def _is_for(self, campaign):
        """Say whether a campaign makes the same paper on the same machine."""
        self.ensure_one()
        own = self.workcenter_id, self.grade_id, self.basis_weight
        return own == (campaign.workcenter_id, campaign.grade_id, campaign.basis_weight)

    def _moved_to(self, campaign):
        """Belong to a campaign of a later version that makes the same paper on the same machine."""
        self._by_step().write({"campaign_id": campaign.id, "due": campaign.date_from})
