from odoo import fields, models


class PaperCrewGap(models.Model):
    """A place of a shift that nobody with the skill can take, and who could be trained for it (R5.2.3)."""

    _name = "paper.crew.gap"
    _description = "Gap in a Crew"
    _inherit = ["paper.step.mixin"]
    _order = "date, calendar_id, id"
    _all_by_steps = True
    _evidence_states = ()

    crew_plan_id = fields.Many2one("paper.crew.plan", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="crew_plan_id.company_id", store=True, index=True)
    date = fields.Date(required=True)
    calendar_id = fields.Many2one("resource.calendar", string="Shift", required=True, ondelete="cascade")
    workcenter_id = fields.Many2one("mrp.workcenter", string="Machine", required=True, ondelete="cascade")
    skill_id = fields.Many2one("hr.skill", string="Skill", required=True, ondelete="cascade")
    missing = fields.Integer(string="People Missing")
    could = fields.Char(string="Could Be Trained")
