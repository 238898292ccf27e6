from odoo import api, models


class SaleOrder(models.Model):
    """The type that an order has by the channel that it came by (R2, R3.1.1)."""

    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        changed = {}
        for order, vals in zip(orders, vals_list, strict=True):
            # sudo: who takes the order in need not be able to read its channel
            usual = order.sudo().intake_channel_id.order_type
            if usual and usual != order.paper_order_type and "paper_order_type" not in vals:
                changed[usual] = changed.get(usual, orders.browse()) | order
        for usual, found in changed.items():
            found.sudo()._by_step().write({"paper_order_type": usual})  # sudo: as above
        return orders
