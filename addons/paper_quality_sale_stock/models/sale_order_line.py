from datetime import timedelta

from odoo import models
from odoo.addons.paper_quality.lib.limits import within

OPEN = ("draft", "waiting", "confirmed", "partially_available", "assigned")


class SaleOrderLine(models.Model):
    """What a line hands to its moves: specification, day and place of delivery."""

    _inherit = "sale.order.line"

    def _prepare_procurement_values(self):
        values = super()._prepare_procurement_values()
        if self.paper_spec_id:
            values["paper_spec_id"] = self.paper_spec_id.id
        date = self.paper_commitment_date
        if date:
            values["date_deadline"] = date
            values["date_planned"] = date - timedelta(days=self.order_id.company_id.security_lead)
        if self.paper_shipping_id:
            values["partner_id"] = self.paper_shipping_id.id
        return values

    def _paper_in_hand(self):
        """Count the goods that are reserved for the lines or have left, on whichever leg of the way there are most."""
        result = {}
        for line in self:
            ready, to_come = {}, {}
            for move in line.move_ids:
                if move.production_id or move.location_id.usage == "customer" or move.state == "cancel":
                    continue
                leg, uom = move.picking_type_id, move.product_uom
                ready[leg] = ready.get(leg, 0.0) + line._paper_line_kg(move.quantity, uom)
                if move.state != "done":
                    to_come[leg] = to_come.get(leg, 0.0) + line._paper_line_kg(move.product_uom_qty - move.quantity, uom)
            result[line] = (max(ready.values(), default=0.0), max(to_come.values(), default=0.0))
        return result

    def _get_location_final(self):
        return self.paper_shipping_id.property_stock_customer or super()._get_location_final()

    def write(self, vals):
        result = super().write(vals)
        if {"paper_commitment_date", "paper_shipping_id"} & vals.keys():
            self._moves_follow_delivery()
        return result

    def _open_delivery_moves(self):
        """Return the moves that bring the goods of these lines to the customer and have not been done."""
        # sudo: whoever may change the order need not read its transfers
        return self.sudo().move_ids.filtered(
            lambda move: move.state in OPEN and move.location_dest_id.usage == "customer" and not move.scrap_id
        )

    def _moves_follow_delivery(self):
        """Let the open deliveries of the lines leave when, and go where, the lines say now."""
        moves = self._open_delivery_moves()
        for line, own in moves.grouped("sale_line_id").items():
            deadline = line._paper_delivery_date() or line._expected_date()
            own.filtered(lambda move, deadline=deadline: move.date_deadline != deadline).date_deadline = deadline
        moves._follow_delivery()

    def _paper_is_satisfied(self, found):
        """Say whether paper of which ``{property: value}`` was found keeps every limit of the line that was measured."""
        self.ensure_one()
        for limit in self.paper_spec_id.limit_ids:
            value = found.get(limit._paper_key())
            low, high = limit.minimum if limit.has_minimum else None, limit.maximum if limit.has_maximum else None
            if value is not None and not within(value, low, high):
                return False
        return True

    def _paper_match_sentence(self, found):
        unknown = self.paper_spec_id.limit_ids.filtered(lambda limit: limit._paper_key() not in found).mapped("name")
        text = f"{self.order_id.name} · {self.order_id.partner_id.display_name} · {self.paper_spec_id.display_name}"
        left = self.env._("not measured: %(properties)s", properties=", ".join(unknown))
        return f"{text} ({left})" if unknown else text
