from odoo import models


class MrpBom(models.Model):
    _inherit = "mrp.bom"

    def _paper_borne(self, product):
        """Return the share of its cost, 0 to 1, that a product bears itself: the rest its by-products do."""
        self.ensure_one()
        return max(1 - sum(self.byproduct_ids.mapped("cost_share")) / 100, 0.0)

    def _paper_counts_loss(self, product):
        """Say whether trim and broke are in the quantities of this bill of materials already."""
        return False
