from odoo import models


class PaperSpec(models.Model):
    _inherit = "paper.spec"

    def _in_unit(self, weight_kg, unit):
        """Return a weight in another unit; in kg itself where no specification tells more."""
        if not self or unit == "kg":
            return weight_kg
        return self._convert(weight_kg, "kg", unit, raise_if_missing=False)
