from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_change_days = fields.Integer(
        string="Last Change before Delivery (days)",
        help="Days before delivery until which an order can be changed by a supplement; 0 sets no date.",
    )

    _paper_change_days_positive = models.Constraint(
        "CHECK(paper_change_days >= 0)", "The days before delivery cannot be negative."
    )
