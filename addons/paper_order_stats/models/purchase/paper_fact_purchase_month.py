from odoo import models

from .paper_purchase_figure import RATIOS


class PaperFactPurchaseMonth(models.Model):
    """Figures of purchases by month."""

    _name = "paper.fact.purchase.month"
    _inherit = ["paper.fact.month.mixin", "paper.purchase.figure"]
    _description = "Purchase Figures by Month"
    _auto = False
    _log_access = False
    _figure_ratios = RATIOS
