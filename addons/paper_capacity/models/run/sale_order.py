from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _paper_hand_over_slots(self):
        """Let the manufacturing orders of these orders begin when their slots do: what was promised is what is planned."""
        # sudo: whoever confirms, a customer who signs included, sets the dates of what is made
        orders = self.sudo()
        slots = orders.paper_reservation_ids.filtered(lambda slot: slot.state == "firm").grouped("line_id")
        productions = self.env["mrp.production"].sudo().search(  # sudo: as above
            [("sale_line_id", "in", orders.order_line.ids), ("state", "in", ("draft", "confirmed"))]
        )
        for line, made in productions.grouped("sale_line_id").items():
            if line in slots:
                made._paper_take_slot(slots[line])
