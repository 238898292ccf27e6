from odoo import api, models


class SaleOrder(models.Model):
    """The type that an order has by the channel that it came by (R2, R3.1.1)."""

    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        # What a form opens with, for whoever may choose the type, is as good as chosen.
        preset = "default_paper_order_type" in self.env.context and self._may_preset("paper_order_type")
        changed = {}
        for order, vals in zip(orders, vals_list, strict=True):
            # sudo: who takes the order in need not be able to read its channel
            usual = order.sudo().intake_channel_id.order_type
            if usual and usual != order.paper_order_type and not preset and "paper_order_type" not in vals:
                changed[usual] = changed.get(usual, orders.browse()) | order
        for usual, found in changed.items():
            found.sudo()._by_step().write({"paper_order_type": usual})  # sudo: as above
        return orders
