from odoo import models

SALES = "paper_base.group_sales"


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

    def _paper_tell_stopped(self, lots, left):
        """Tell whoever sold the paper, too: the delivery lacks it, or the customer has a roll with a fault."""
        super()._paper_tell_stopped(lots, left)
        order = self.sale_id
        if not order.is_paper_order:
            return
        rolls = lots._told_names()

        def words(rec):
            if left:
                return rec.env._("%(rolls)s have left for the customer and are on hold now: tell him.", rolls=rolls)
            return rec.env._("%(rolls)s of this order are no longer for sale.", rolls=rolls)

        order.company_id._paper_tell((order.user_id, SALES), order, words, kind="left" if left else "stopped", quietly=True)
