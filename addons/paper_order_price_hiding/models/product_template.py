from odoo import models

# What paper is offered for is what most orders cost.
LIST_PRICES = ("list_price", "lst_price")


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "paper.figures.hidden"]
    _hidden_figures = {"price": LIST_PRICES}
