from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_duplicate_days = fields.Integer(
        string="Suspected Duplicate within (days)",
        default=3,
        help="The same order by two channels is suspected when their delivery dates lie at most so far apart.",
        groups="base.group_user",
    )

    _paper_duplicate_days_positive = models.Constraint(
        "CHECK(paper_duplicate_days >= 0)", "The days between two delivery dates cannot be negative."
    )
