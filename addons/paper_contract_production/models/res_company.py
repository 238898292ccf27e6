from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_change_production_days = fields.Integer(
        string="Last Change before Production (working days)",
        default=1,
        help="Working days before the planned begin of production until which an order can be changed by a supplement.",
    )

    _paper_change_production_days_positive = models.Constraint(
        "CHECK(paper_change_production_days >= 0)", "The working days before production cannot be negative."
    )
