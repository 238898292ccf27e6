from odoo import models

from .product_template import LIST_PRICES


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "paper.figures.hidden"]
    _hidden_figures = {"price": LIST_PRICES}
