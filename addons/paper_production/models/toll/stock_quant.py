from odoo import models
from odoo.fields import Domain


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _get_gather_domain(self, product_id, location_id, lot_id=None, package_id=None, owner_id=None, strict=False):
        """What belongs to a customer is taken for that customer alone (R5.2.1): asked for by its owner, or not at all."""
        domain = super()._get_gather_domain(product_id, location_id, lot_id, package_id, owner_id, strict)
        if strict or owner_id:
            return domain
        company = location_id.company_id or self.env.company
        return Domain(domain) & Domain("owner_id", "in", [False, company.sudo().partner_id.id])  # sudo: only the owner is asked
