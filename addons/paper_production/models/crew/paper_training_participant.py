from dateutil.relativedelta import relativedelta
from odoo import api, fields, models

from ...exceptions import TrainingError
from .paper_training import DRAFT


class PaperTrainingParticipant(models.Model):
    """One person of a training: the result, the certificate and its last day. Until the training is held, who takes part works
    under the supervision of somebody who has the skill."""

    _name = "paper.training.participant"
    _description = "Participant of a Training"
    _inherit = ["paper.step.mixin"]
    _order = "training_id, employee_id, id"
    _step_field = "training_state"
    _evidence_states = ()
    _field_error = TrainingError
    _locked_error = TrainingError

    training_id = fields.Many2one("paper.training", required=True, index=True, ondelete="cascade")
    training_state = fields.Selection(related="training_id.state")
    company_id = fields.Many2one(related="training_id.company_id", store=True, index=True)
    employee_id = fields.Many2one("hr.employee", required=True, index=True, ondelete="restrict", by_hand=DRAFT | {"new": ()})
    result = fields.Selection(
        [("enrolled", "Takes Part"), ("passed", "Passed"), ("failed", "Failed")],
        required=True,
        default="enrolled",
        by_hand=DRAFT | {"new": ()},
    )
    score = fields.Float(string="Score (of 100)", digits=(5, 1), by_hand=DRAFT | {"new": ()}, help="Of the test, 0 to 100.")
    supervisor_id = fields.Many2one(
        "hr.employee", string="Works under", ondelete="restrict", by_hand=DRAFT | {"new": ()},
        help="Who has the skill and supervises the trainee at work until then.",
    )
    certificate = fields.Char(string="Certificate No.", by_steps=True)
    valid_to = fields.Date(string="Valid until", by_steps=True)

    _once = models.UniqueIndex("(training_id, employee_id)", "The employee takes part in this training already.")

    @api.depends("employee_id.name", "training_id.name")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.employee_id.name or ''} · {one.training_id.name or ''}"

    @api.model_create_multi
    def create(self, vals_list):
        participants = super().create(vals_list)
        for one in participants:
            if one.training_state != "planned":
                raise TrainingError(self.env._("%(training)s is not planned any more.", training=one.training_id.name))
        return participants

    def _certify(self):
        """Give those who passed their certificate, and the skill with it."""
        for one in self:
            training = one.training_id
            last = training.date + relativedelta(months=training.months) if training.months else False
            # sudo: the step of the training was checked; a skill is nobody's to give oneself
            one.sudo()._by_step().write({"certificate": f"{training.id}-{one.id}", "valid_to": last})
            self.env["hr.employee.skill"].sudo().create(  # sudo: as above
                {
                    "employee_id": one.employee_id.id,
                    "skill_id": training.skill_id.id,
                    "skill_level_id": training.skill_level_id.id,
                    "skill_type_id": training.skill_id.skill_type_id.id,
                    "valid_from": training.date,
                    "valid_to": last,
                }
            )
