from odoo import models
from odoo.addons.paper_base.models.money.paper_figures_hidden import MONEY


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "paper.price.hidden"]
    _hidden_figures = {
        "price": (
            MONEY,
            "price_unit",
            "technical_price_unit",
            "discount",
            "price_tax",
            "purchase_price",
            "margin",
            "margin_percent",
        )
    }
