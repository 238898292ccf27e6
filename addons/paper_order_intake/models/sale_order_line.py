from odoo import models

from ..lib.alike import Alike


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _alike_item(self):
        """Return what this line orders, to be compared with what arrives."""
        self.ensure_one()
        spec = self.paper_spec_id
        sizes = spec.width, spec.length, self.paper_weight_kg
        return Alike(*sizes, spec.basis_weight, spec.reel_diameter_max, spec.core_diameter)
