from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_quality_tolerance = fields.Float(
        string="Tolerance without a Limit (%)",
        help="A figure that is ordered and has no limit is held to so many per cent of it to each side; 0: a limit is agreed, or "
        "the quality department says that it is recorded only.",
    )

    _paper_quality_tolerance = models.Constraint(
        "CHECK(paper_quality_tolerance >= 0 AND paper_quality_tolerance < 100)", "A tolerance lies between 0 and 100 %."
    )
