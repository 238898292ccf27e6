from odoo import api, models


class UomUom(models.Model):
    _inherit = "uom.uom"

    @api.model
    def _kilogram(self):
        # Not env.ref, which asks the database each time whether the record is still there.
        return self.browse(self.env["ir.model.data"]._xmlid_to_res_id("uom.product_uom_kgm"))

    def _paper_kg(self, quantity):
        """Return a quantity of this unit in kg, not rounded; 0 where the unit is no weight, or none."""
        kilogram = self._kilogram()
        return self._compute_quantity(quantity, kilogram, round=False) if self and self._has_common_reference(kilogram) else 0.0
