from odoo import models


class StockLot(models.Model):
    _inherit = "stock.lot"

    def _paper_nominal_kg(self, spec):
        """Return what a roll weighs by its basis weight, width and length; 0 where one of them is unknown."""
        return spec.basis_weight * (self.paper_width / 1000) * self.paper_length / 1000 if spec and self else 0.0

    def _paper_share_kg(self, kg, whole):
        """Return the share of a roll's weight that ``kg`` net of it have."""
        return whole * kg / self.paper_net_kg if self and self.paper_net_kg > 0 else 0.0
