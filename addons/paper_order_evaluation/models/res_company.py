from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_evaluation_days = fields.Integer(
        string="Evaluation (working days)",
        default=3,
        help="Working days in which the panel evaluates an order (R3.3.1). 0: no deadline.",
    )
    paper_evaluation_min_margin = fields.Float(
        string="Lowest Margin (%)",
        digits=(5, 2),
        default=5.0,
        help="Below this margin on the expected cost, price or cost is settled between finance and sales (R3.3.5).",
    )

    _paper_evaluation_days_positive = models.Constraint(
        "CHECK(paper_evaluation_days >= 0)", "An evaluation cannot end before it begins."
    )
