from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _paper_purpose(self):
        # What is being made is kept for nobody before it is in stock, whoever it is made for.
        return "inside" if self.production_id else super()._paper_purpose()
