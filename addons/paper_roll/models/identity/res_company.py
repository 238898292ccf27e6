from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_roll_overweight = fields.Float(
        string="Roll Overweight (%)",
        digits=(5, 2),
        default=5.0,
        help="By how much a roll may weigh more than basis weight × width × length before the weight is taken for a mistake. "
        "Moisture and the tolerance of the basis weight make it differ.",
    )
    paper_balance_tolerance = fields.Float(
        string="Mass Balance Tolerance (%)",
        digits=(5, 2),
        default=0.5,
        help="By how much the weight of what was cut from rolls may differ from theirs before a reason is asked for.",
    )

    _paper_roll_overweight_positive = models.Constraint(
        "CHECK(paper_roll_overweight >= 0 AND paper_balance_tolerance >= 0)", "A tolerance cannot be negative."
    )
