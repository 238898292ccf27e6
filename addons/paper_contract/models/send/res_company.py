from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_sign_link_days = fields.Integer(
        string="Link to Sign (days)",
        default=14,
        help="Calendar days for which the customer's link to sign a contract is valid.",
    )
    paper_read_link_days = fields.Integer(
        string="Link to Read (days)",
        default=90,
        help="Calendar days for which the customer's link to read a contract is valid; 0: without an end.",
    )

    _paper_read_link_days_positive = models.Constraint(
        "CHECK(paper_read_link_days >= 0)", "The days of a link to read cannot be negative."
    )
    _paper_sign_link_days_positive = models.Constraint(
        "CHECK(paper_sign_link_days > 0)", "A link to sign must be valid for at least a day."
    )
