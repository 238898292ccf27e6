from odoo import models


class ProductValue(models.Model):
    _name = "product.value"
    _inherit = ["product.value", "paper.cost.hidden"]
