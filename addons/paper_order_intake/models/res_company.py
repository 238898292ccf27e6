from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_credit_validity_months = fields.Integer(
        string="Validity of a Credit Review (months)",
        default=12,
        help="Proposed validity of an approved credit review; the credit department may set another.",
    )

    _paper_credit_validity_positive = models.Constraint(
        "CHECK(paper_credit_validity_months > 0)", "A credit review must be valid for at least a month."
    )
