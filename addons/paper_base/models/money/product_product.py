from odoo import models

from .paper_figures_hidden import MONEY


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "paper.figures.hidden"]
    _hidden_figures = {"cost": (MONEY, "standard_price")}
