from odoo import fields, models
from odoo.addons.paper_base.lib.words import said


class StockScrap(models.Model):
    _name = "stock.scrap"
    _inherit = ["stock.scrap", "paper.amount.mixin"]

    _paper_amounts = ("scrap_qty",)

    is_paper = fields.Boolean(related="product_id.is_paper")
    paper_reason = fields.Char(string="Reason", help="Why the paper is scrapped; kept with your name.")

    def _has_paper_amounts(self):
        return self.is_paper

    def _paper_scrap_reason(self):
        """Return why it is scrapped, in words or by the tags that lists and imports know."""
        self.ensure_one()
        return said(self.paper_reason) or ", ".join(self.scrap_reason_tag_ids.mapped("name"))
