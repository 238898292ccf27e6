from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_reservation_ids = fields.One2many(
        "paper.slot.reservation", "order_id", string="Reserved Slots", readonly=True, copy=False, groups="base.group_user"
    )

    def _action_confirm(self):
        result = super()._action_confirm()
        # sudo: whoever confirms, a customer who signs included, makes the order's slots firm
        self.sudo().paper_reservation_ids._make_firm()
        self._paper_hand_over_slots()
        return result

    def _action_cancel(self):
        result = super()._action_cancel()
        self.sudo().paper_reservation_ids._release()  # sudo: sales may cancel an order, not keep slots
        return result
