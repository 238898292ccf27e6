from odoo import models
from odoo.addons.paper_base.models.money.paper_figures_hidden import MONEY


class PurchaseOrderLine(models.Model):
    _name = "purchase.order.line"
    _inherit = ["purchase.order.line", "paper.figures.hidden"]
    _hidden_figures = {
        "cost": (
            MONEY,
            "price_unit",
            "price_unit_discounted",
            "price_unit_product_uom",
            "technical_price_unit",
            "price_tax",
            "discount",
            "amount_to_invoice_at_date",
        )
    }
