from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_material_slack_days = fields.Integer(
        string="Reserve for Materials (days)",
        default=3,
        help="A material that comes in fewer days than this before it is needed is at risk (R3.3.3).",
    )
    paper_supplier_on_time = fields.Float(
        string="Supplier on Time at Least (%)",
        digits=(5, 2),
        default=90.0,
        help="A purchase from a supplier who was on time less often in the last year is at risk (R3.3.3).",
    )

    _paper_material_slack_positive = models.Constraint(
        "CHECK(paper_material_slack_days >= 0)", "A reserve of days cannot be negative."
    )
    _paper_supplier_on_time_share = models.Constraint(
        "CHECK(paper_supplier_on_time BETWEEN 0 AND 100)", "A share lies between 0 and 100 %."
    )
