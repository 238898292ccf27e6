from odoo import api, fields, models

from ...exceptions import SetupRightError, SetupStateError
from .paper_setup import EQUIPMENT, WORKSHOP


class PaperSetupTask(models.Model):
    """One task of a set-up; whoever has done it says so, and is kept."""

    _name = "paper.setup.task"
    _description = "Set-up Task"
    _inherit = ["paper.step.mixin"]
    _order = "setup_id, sequence, id"
    _step_field = "setup_state"
    _evidence_states = ()
    _acts = {"done": (("open",), (EQUIPMENT, WORKSHOP)), "undo": (("open", "done"), (EQUIPMENT, WORKSHOP))}
    _state_error = SetupStateError
    _right_error = SetupRightError
    _field_error = SetupStateError
    _locked_error = SetupStateError

    setup_id = fields.Many2one("paper.setup", required=True, index=True, ondelete="cascade", by_steps=True)
    setup_state = fields.Selection(related="setup_id.state")
    company_id = fields.Many2one(related="setup_id.company_id", store=True, index=True)
    sequence = fields.Integer(by_steps=True)
    name = fields.Char(string="Task", required=True, by_steps=True)
    minutes = fields.Integer(string="Duration (min)", by_steps=True)
    parts = fields.Char(string="Parts and Tools", by_steps=True)
    note = fields.Char(string="Remark", by_hand={"open": (EQUIPMENT, WORKSHOP)})
    done_by_id = fields.Many2one("res.users", string="Done by", by_steps=True)
    done_on = fields.Datetime(by_steps=True)
    can_done = fields.Boolean(compute="_compute_can_steps")
    can_undo = fields.Boolean(compute="_compute_can_steps")

    @api.depends("done_on", "setup_state")
    def _compute_can_steps(self):
        return super()._compute_can_steps()

    def _act_objection(self, verb):
        if verb == "done" and self.done_on:
            return self.env._("“%(task)s” is done already.", task=self.name)
        if verb == "undo" and not self.done_on:
            return self.env._("“%(task)s” is not done.", task=self.name)
        return super()._act_objection(verb)

    def action_done(self):
        """Say that the tasks are done; the set-up is done with the last one (R5.2.2)."""
        self.check_access("write")
        self._check_act("done")
        self.sudo()._by_step().write(  # sudo: the act was checked; who did it is nobody's to write
            {"done_by_id": self.env.uid, "done_on": fields.Datetime.now()}
        )
        self.setup_id._settle()
        return True

    def action_undo(self):
        """Say that the tasks are not done after all."""
        self.check_access("write")
        self._check_act("undo")
        self.sudo()._by_step().write({"done_by_id": False, "done_on": False})  # sudo: as above
        self.setup_id._settle()
        return True
