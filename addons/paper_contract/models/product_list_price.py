from odoo import api, models

from .paper_price_hidden import hides_prices

# What paper is offered for is what most orders cost.
LIST_PRICES = {"list_price", "lst_price"}


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "paper.figures.hidden"]

    @api.model
    def _hidden_names(self):
        return super()._hidden_names() | (LIST_PRICES if hides_prices(self.env) else set())


class ProductProduct(models.Model):
    _name = "product.product"
    _inherit = ["product.product", "paper.figures.hidden"]

    @api.model
    def _hidden_names(self):
        return super()._hidden_names() | (LIST_PRICES if hides_prices(self.env) else set())
