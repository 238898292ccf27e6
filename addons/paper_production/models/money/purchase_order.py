from odoo import models


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    _inherit = ["purchase.order", "paper.cost.hidden"]
    _costs = ("tax_totals", "access_token")
