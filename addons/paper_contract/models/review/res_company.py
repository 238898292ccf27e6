from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_legal_review_days = fields.Integer(
        string="Legal Review (working days)",
        default=3,
        help="Working days in which the legal department reviews a contract (R4.1.2).",
    )

    _paper_legal_review_days_positive = models.Constraint(
        "CHECK(paper_legal_review_days >= 0)", "The days of the legal review cannot be negative."
    )
