from odoo import api, models

from .paper_figures_hidden import MONEY, hides


class ProductSupplierinfo(models.Model):
    _name = "product.supplierinfo"
    _inherit = ["product.supplierinfo", "paper.figures.hidden"]
    _hidden_figures = {"cost": (MONEY, "price", "price_discounted", "discount")}

    @api.depends_context("uid")
    def _compute_display_name(self):
        # With purchase, the price stands in the name.
        if hides(self.env, "cost"):
            for info in self:
                info.display_name = info.partner_id.display_name
            return None
        return super()._compute_display_name()
