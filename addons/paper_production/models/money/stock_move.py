from odoo import models
from odoo.addons.paper_base.models.money.paper_figures_hidden import MONEY


class StockMove(models.Model):
    _name = "stock.move"
    _inherit = ["stock.move", "paper.figures.hidden"]
    _hidden_figures = {"cost": (MONEY, "price_unit", "standard_price", "value_justification", "value_computed_justification")}
