from odoo import models


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _paper_on_hand_kg(self):
        self.ensure_one()
        return self.env["stock.picking"]._in_kg(self.product_uom_id, self.quantity)
