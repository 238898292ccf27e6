from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_plan_seconds = fields.Integer(
        string="Time of Computing (s)",
        default=20,
        help="How long the sequence of the campaigns is improved at most when a production plan is computed.",
    )

    _paper_plan_seconds_range = models.Constraint(
        "CHECK(paper_plan_seconds >= 0 AND paper_plan_seconds <= 60)", "A plan is computed for 60 seconds at most."
    )
