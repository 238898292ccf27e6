from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    paper_transit_days = fields.Integer(
        string="Days in Transit",
        groups="base.group_user",
        help="Calendar days from the mill to this address. 0: as set for the company.",
    )

    _paper_transit_days_positive = models.Constraint(
        "CHECK(paper_transit_days >= 0)", "Goods cannot arrive before they leave."
    )
