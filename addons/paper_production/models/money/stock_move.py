from odoo import models


class StockMove(models.Model):
    _name = "stock.move"
    _inherit = ["stock.move", "paper.cost.hidden"]
    _costs = ("price_unit", "standard_price", "value_justification", "value_computed_justification")
