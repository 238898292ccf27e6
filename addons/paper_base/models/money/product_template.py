from odoo import models

from .paper_figures_hidden import MONEY


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "paper.figures.hidden"]
    _hidden_figures = {"cost": (MONEY, "standard_price")}
