from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _product_quantity(self):
        """Return the ordered quantity in the product's own unit, not rounded."""
        self.ensure_one()
        return self.product_uom_id._compute_quantity(self.product_uom_qty, self.product_id.uom_id, round=False)

    def _paper_kilograms(self):
        """Return what the line weighs, kg; by its unit where the specification does not tell; 0 where nothing does."""
        self.ensure_one()
        kilogram = self.env["uom.uom"]._kilogram()
        if not self.paper_weight_kg and self.product_uom_id._has_common_reference(kilogram):
            return self.product_uom_id._compute_quantity(self.product_uom_qty, kilogram, round=False)
        return self.paper_weight_kg
