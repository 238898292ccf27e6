from odoo import fields, models


class PaperCrewCapacity(models.Model):
    _inherit = "paper.crew.capacity"

    skill_id = fields.Many2one(
        "hr.skill",
        string="Skill of the Staff",
        ondelete="set null",
        help="With it crew plans assign people by their skills, and say how many there are on which day.",
    )
    crew_plan_id = fields.Many2one(
        "paper.crew.plan", string="Crew Plan", ondelete="cascade", index="btree_not_null", readonly=True
    )
