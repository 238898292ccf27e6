from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_complaint_days = fields.Integer(
        string="Solution of a Serious Problem (working days)",
        default=3,
        help="Working days within which the departments give their solution of a serious quality problem "
        "or complaint (R7.1.2). 0 sets no deadline.",
    )

    paper_answer_days = fields.Integer(
        string="Answer of a Department (working days)",
        default=2,
        help="Working days within which a department answers what it is asked about a complaint (R7.1.2). 0 sets no deadline.",
    )

    _paper_answer_days_positive = models.Constraint("CHECK(paper_answer_days >= 0)", "The time for an answer cannot be negative.")
    _paper_complaint_days_positive = models.Constraint(
        "CHECK(paper_complaint_days >= 0)", "The time for a solution cannot be negative."
    )
