from odoo import models


class PurchaseOrderLine(models.Model):
    _name = "purchase.order.line"
    _inherit = ["purchase.order.line", "paper.cost.hidden"]
    _costs = (
        "price_unit",
        "price_unit_discounted",
        "price_unit_product_uom",
        "technical_price_unit",
        "price_tax",
        "discount",
        "amount_to_invoice_at_date",
    )
