from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ...exceptions import CallError, CallRightError

_lt = LazyTranslate(__name__)

SUPERVISOR, EQUIPMENT, QUALITY = "paper_base.group_supervisor", "paper_base.group_equipment", "paper_base.group_quality"
WORKSHOP = "paper_base.group_workshop"
KINDS = [("supervisor", "Supervisor"), ("maintenance", "Maintenance"), ("laboratory", "Laboratory")]
CALLED = {"supervisor": SUPERVISOR, "maintenance": EQUIPMENT, "laboratory": QUALITY}
ANSWERING = (SUPERVISOR, EQUIPMENT, QUALITY)


class PaperFloorCall(models.Model):
    """Somebody is called to a machine: who and why, who answered when, the cause that was found, when it was over (R5.3.1)."""

    _name = "paper.floor.call"
    _description = "Call to a Machine"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin"]
    _order = "id desc"
    _rec_name = "reason"
    _check_company_auto = True

    _steps = {"called": {"answered": (*ANSWERING, WORKSHOP)}, "answered": {"ended": (*ANSWERING, WORKSHOP)}, "ended": {}}
    _step_verbs = {"answer": "answered", "end": "ended"}
    _entering = {
        "answered": Entering(by="answered_by_id", on="answered_on"),
        "ended": Entering(by="ended_by_id", on="ended_on"),
    }
    _reason_steps = {"action_end": ReasonStep(_lt("End the Call"), hint=_lt("The cause that was found, and what was done."))}
    _evidence_states = ("ended",)
    _state_error = CallError
    _right_error = CallRightError
    _field_error = CallError

    state = fields.Selection(
        [("called", "Called"), ("answered", "Answered"), ("ended", "Ended")],
        default="called",
        required=True,
        index=True,
        by_steps=True,
    )
    kind = fields.Selection(KINDS, required=True, by_steps=True)
    reason = fields.Char(required=True, by_steps=True)
    workcenter_id = fields.Many2one("mrp.workcenter", string="Machine", required=True, index=True, by_steps=True)
    workorder_id = fields.Many2one(
        "mrp.workorder", string="Work Order", index="btree_not_null", ondelete="set null", by_steps=True
    )
    company_id = fields.Many2one("res.company", required=True, index=True, by_steps=True)
    called_by_id = fields.Many2one("res.users", string="Called by", by_steps=True)
    called_on = fields.Datetime(by_steps=True)
    answered_by_id = fields.Many2one("res.users", string="Answered by", by_steps=True)
    answered_on = fields.Datetime(by_steps=True)
    cause = fields.Char(tracking=True, by_steps=True)
    ended_by_id = fields.Many2one("res.users", string="Ended by", by_steps=True)
    ended_on = fields.Datetime(by_steps=True)
    waited_minutes = fields.Integer(string="Waited (min)", compute="_compute_minutes", store=True, aggregator="avg")
    lasted_minutes = fields.Integer(string="Lasted (min)", compute="_compute_minutes", store=True, aggregator="avg")
    can_answer = fields.Boolean(compute="_compute_can_steps")
    can_end = fields.Boolean(compute="_compute_can_steps")

    @api.depends("called_on", "answered_on", "ended_on")
    def _compute_minutes(self):
        for call in self:
            call.waited_minutes = _minutes(call.called_on, call.answered_on)
            call.lasted_minutes = _minutes(call.called_on, call.ended_on)

    def _step_objection(self, state):
        # The workshop's own people end what was answered, they do not answer for those who are called.
        if state == "answered" and not self._is_one_of((CALLED[self.kind], SUPERVISOR)):
            return self.env._("The call is for: %(departments)s.", departments=self._group_names((CALLED[self.kind],)))
        return super()._step_objection(state)

    def action_answer(self):
        """Answer the call: somebody comes (R5.3.1)."""
        return self._take_step("answered")

    def action_end(self, reason=None):
        """End the call with the cause that was found (R5.3.1)."""
        self._check_step("ended")
        if not said(reason):
            return self._ask_reason("action_end")
        return self._take_step("ended", cause=said(reason))

    @api.model
    def _call(self, kind, reason, workcenter, workorder, moment):
        """Call somebody to a machine; return the call."""
        # sudo: whoever works at the machine calls
        call = (
            self.sudo()
            ._by_step()
            .create(
                {
                    "kind": kind,
                    "reason": reason,
                    "workcenter_id": workcenter.id,
                    "workorder_id": workorder.id,
                    "company_id": workcenter.company_id.id or self.env.company.id,
                    "called_by_id": self.env.uid,
                    "called_on": moment,
                }
            )
        )
        words = f"{workcenter.name}: {reason}"
        call.company_id._paper_tell(CALLED[kind], call, words[:200])
        return call


def _minutes(begin, end):
    return round((end - begin).total_seconds() / 60) if begin and end else 0
