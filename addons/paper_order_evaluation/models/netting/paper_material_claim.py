from odoo import fields, models


class PaperMaterialClaim(models.Model):
    """What an order under evaluation claims, from its submission on (R3.3.3)."""

    _inherit = "paper.material.claim"

    evaluation_id = fields.Many2one("paper.evaluation", ondelete="cascade", index=True)
