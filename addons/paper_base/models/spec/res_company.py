from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_max_deckle = fields.Float(
        string="Widest Deckle (mm)",
        digits=(16, 2),
        help="Widest web that the mill's machines can make. Wider orders are questioned. 0: not checked.",
    )

    _paper_max_deckle_positive = models.Constraint("CHECK(paper_max_deckle >= 0)", "A deckle cannot be negative.")
