from odoo import fields, models
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering

from ...exceptions import TrainingError, TrainingRightError

PLANNING = "paper_base.group_planning"
SUPERVISOR = "paper_base.group_supervisor"
DRAFT = {"planned": (PLANNING, SUPERVISOR)}
KINDS = [
    ("grade", "New Grade"),
    ("machine", "New Machine"),
    ("process", "New Process"),
    ("development", "Development for an Order"),
    ("refresh", "Refresher"),
]


class PaperTraining(models.Model):
    """A training before a new grade, machine or process: who takes part, who passed, and until when the certificate holds
    (R5.2.3). Planning or the supervisor holds it; with it those who passed have the skill."""

    _name = "paper.training"
    _description = "Training"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin"]
    _order = "date desc, id desc"
    _check_company_auto = True

    _steps = {
        "planned": {"held": (PLANNING, SUPERVISOR), "cancelled": (PLANNING, SUPERVISOR)},
        "held": {},
        "cancelled": {"planned": (PLANNING, SUPERVISOR)},
    }
    _step_verbs = {"hold": "held", "cancel": "cancelled", "plan": "planned"}
    _entering = {"held": Entering(check="_check_held", then="_action_held", by="held_by_id", on="held_on")}
    _state_error = TrainingError
    _right_error = TrainingRightError
    _field_error = TrainingError
    _locked_error = TrainingError
    _evidence_states = ("held",)
    _evidence_error = TrainingError

    name = fields.Char(string="Subject", required=True, by_hand=DRAFT)
    state = fields.Selection(
        [("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
        required=True,
        default="planned",
        index=True,
        tracking=True,
        by_steps=True,
    )
    kind = fields.Selection(KINDS, required=True, default="grade", by_hand=DRAFT)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, by_hand=DRAFT
    )
    skill_id = fields.Many2one("hr.skill", string="Skill", required=True, by_hand=DRAFT, ondelete="restrict")
    skill_level_id = fields.Many2one(
        "hr.skill.level", string="Level", required=True, by_hand=DRAFT, ondelete="restrict",
        domain="[('skill_type_id.skill_ids', 'in', [skill_id])]",
    )
    workcenter_id = fields.Many2one("mrp.workcenter", string="Machine", by_hand=DRAFT, check_company=True, ondelete="set null")
    grade_id = fields.Many2one("paper.grade", by_hand=DRAFT, ondelete="set null")
    order_id = fields.Many2one(
        "sale.order", string="For the Order", by_hand=DRAFT, check_company=True, ondelete="set null", index="btree_not_null",
        help="The order whose development asks for the training.",
    )
    date = fields.Date(required=True, default=lambda self: self.env.company._paper_today(), by_hand=DRAFT)
    hours = fields.Float(string="Duration (h)", by_hand=DRAFT)
    trainer = fields.Char(by_hand=DRAFT)
    months = fields.Integer(string="Certificate Holds (months)", default=24, by_hand=DRAFT, help="0: without end.")
    content = fields.Text(by_hand=DRAFT)
    participant_ids = fields.One2many("paper.training.participant", "training_id", string="Participants", by_hand=DRAFT)
    held_by_id = fields.Many2one("res.users", string="Held by", by_steps=True)
    held_on = fields.Datetime(by_steps=True)
    can_hold = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")
    can_plan = fields.Boolean(compute="_compute_can_steps")

    _months_positive = models.Constraint("CHECK(COALESCE(months, 0) >= 0)", "A certificate cannot hold less than no time.")

    def action_hold(self):
        """Close the training: those who passed have the skill from its day on (R5.2.3).

        :raises TrainingError: where nobody takes part, or somebody's result is missing
        """
        self.check_access("write")
        return self._take_step("held")

    def action_cancel(self):
        """Cancel the training."""
        self.check_access("write")
        return self._take_step("cancelled")

    def action_plan(self):
        """Plan a cancelled training again."""
        self.check_access("write")
        return self._take_step("planned")

    def _check_held(self):
        for training in self:
            people = training.participant_ids
            open_ones = people.filtered(lambda one: one.result == "enrolled")
            if not people or open_ones:
                raise TrainingError(
                    self.env._(
                        "%(training)s: enter who took part and passed%(people)s.",
                        training=training.name,
                        people=(": " + ", ".join(open_ones.employee_id.mapped("name"))) if open_ones else "",
                    )
                )
            if training.date > training.company_id._paper_today():
                raise TrainingError(self.env._("%(training)s is still to come.", training=training.name))

    def _action_held(self):
        for training in self:
            training.participant_ids.filtered(lambda one: one.result == "passed")._certify()
