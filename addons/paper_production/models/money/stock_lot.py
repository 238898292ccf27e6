from odoo import models
from odoo.addons.paper_base.models.money.paper_figures_hidden import MONEY


class StockLot(models.Model):
    _name = "stock.lot"
    _inherit = ["stock.lot", "paper.figures.hidden"]
    _hidden_figures = {"cost": (MONEY, "standard_price")}
