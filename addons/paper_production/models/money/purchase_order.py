from odoo import models
from odoo.addons.paper_base.models.money.paper_figures_hidden import MONEY


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "paper.figures.hidden"]
    _hidden_figures = {"cost": (MONEY, "tax_totals", "access_token")}
