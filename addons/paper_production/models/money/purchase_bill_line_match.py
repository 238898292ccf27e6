from odoo import models
from odoo.addons.paper_base.models.money.paper_figures_hidden import MONEY


class PurchaseBillLineMatch(models.Model):
    _name = "purchase.bill.line.match"
    _inherit = ["purchase.bill.line.match", "paper.figures.hidden"]
    _hidden_figures = {"cost": (MONEY, "product_uom_price")}
