from odoo import models
from odoo.addons.paper_base.models.money.paper_figures_hidden import MONEY


class ProductValue(models.Model):
    _name = "product.value"
    _inherit = ["product.value", "paper.figures.hidden"]
    _hidden_figures = {"cost": (MONEY,)}
