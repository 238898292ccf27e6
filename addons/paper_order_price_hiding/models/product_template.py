from odoo import models

# What paper is offered for is what most orders cost; beside it Odoo writes the same with taxes.
LIST_PRICES = ("list_price", "lst_price", "tax_string")


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "paper.figures.hidden"]
    _hidden_figures = {"price": LIST_PRICES}
