from odoo import models


class PurchaseRequisitionLine(models.Model):
    """What is left to call of a material of a blanket order."""

    _inherit = "purchase.requisition.line"

    def _paper_left(self):
        """Return how much may still be called, in the unit of the material."""
        self.ensure_one()
        unit, own = self.product_id.uom_id, self.product_uom_id or self.product_id.uom_id
        if not own._has_common_reference(unit):
            return 0.0
        return own._compute_quantity(max(self.product_qty - self.qty_ordered, 0.0), unit, round=False)
