from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_sample_limit_kg = fields.Float(
        string="Largest Sample (kg)",
        digits=(16, 3),
        default=500.0,
        help="Up to this weight a sample order needs no credit and no deposit. A heavier one is a standard order, unless the "
        "management lets it pass (R2).",
    )

    _paper_sample_limit_positive = models.Constraint(
        "CHECK(paper_sample_limit_kg >= 0)", "The weight of the largest sample cannot be negative."
    )
