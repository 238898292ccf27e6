from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _carrying_apart(self):
        """Return the ``(delivery, paper order)`` pairs whose goods go to several places, or on several days."""
        keys = {}  # each line is looked at once, however many an order has
        for picking in self:
            for line in picking.move_ids.sale_line_id:
                if line.order_id.is_paper_order:
                    keys.setdefault((picking, line.order_id), set()).add(line._paper_delivery_key())
        return {pair for pair, found in keys.items() if len(found) > 1}
