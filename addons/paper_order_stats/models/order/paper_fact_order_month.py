from odoo import models


class PaperFactOrderMonth(models.Model):
    """Figures of orders by month: one row for each customer, specification and whatever else they are told apart by."""

    _name = "paper.fact.order.month"
    _inherit = ["paper.fact.month.mixin", "paper.order.figure"]
    _description = "Order Figures by Month"
    _auto = False
    _log_access = False
    _figure_ratios = {
        "price_per_tonne": ("ordered_amount", "ordered_kg", 1000),
        "on_time_percent": ("on_time_count", "due_count", 100),
    }
