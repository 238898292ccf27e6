from odoo import models


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "paper.cost.hidden"]
    _costs = ("standard_price",)
