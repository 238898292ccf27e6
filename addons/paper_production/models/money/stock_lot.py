from odoo import models


class StockLot(models.Model):
    _name = "stock.lot"
    _inherit = ["stock.lot", "paper.cost.hidden"]
    _costs = ("standard_price",)
