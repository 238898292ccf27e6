from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _product_quantity(self):
        """Return the ordered quantity in the product's own unit, not rounded."""
        self.ensure_one()
        return self.product_uom_id._compute_quantity(self.product_uom_qty, self.product_id.uom_id, round=False)
