from odoo import models
from odoo.addons.paper_roll.models.disposition.stock_lot import FOR_SALE


class StockLot(models.Model):
    _inherit = "stock.lot"

    def _may_load(self):
        """Say whether a roll may leave: for sale, and found good or not to be inspected."""
        self.ensure_one()
        return self.paper_disposition in FOR_SALE and self.inspection_state not in ("failed", "open")
