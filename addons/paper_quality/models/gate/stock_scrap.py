from odoo import fields, models


class StockScrap(models.Model):
    _inherit = "stock.scrap"

    is_paper = fields.Boolean(related="product_id.is_paper")
    paper_reason = fields.Char(string="Reason", help="Why the paper is scrapped; kept with your name.")
