from odoo import models


class StockMove(models.Model):
    """The goods of a paper order leave in one delivery for each place and day."""

    _inherit = "stock.move"

    def _paper_leaves_for_order(self):
        order = self.sale_line_id.order_id or self.picking_id.sale_id
        return (order.is_paper_order and order.state == "sale") or super()._paper_leaves_for_order()

    def _key_assign_picking(self):
        keys = super()._key_assign_picking()
        line = self.sale_line_id
        return (*keys, line._paper_delivery_key()) if line.order_id.is_paper_order else keys

    def _search_picking_for_assignation_domain(self):
        domain = super()._search_picking_for_assignation_domain()
        order, together = self.sale_line_id.order_id, self._lines_delivered_together()
        if not together:
            return domain
        apart = [("sale_line_id.order_id", "=", order.id), ("sale_line_id", "not in", together.ids)]
        return [*domain, ("move_ids", "not any", apart)]

    def _lines_delivered_together(self):
        """Return the lines of the move's paper order that go to the same place on the same day; none of another order."""
        self.ensure_one()
        line = self.sale_line_id
        if not line.order_id.is_paper_order:
            return line.browse()
        own = line._paper_delivery_key()
        return line.order_id.order_line.filtered(lambda other: other._paper_delivery_key() == own)

    def _may_change_picking(self):
        """Say whether an open move may go over to another delivery. Override where its delivery is settled."""
        self.ensure_one()
        return not self.picking_id.printed

    def _follow_delivery(self):
        """Move the goods to the delivery that goes where and when their lines say, to a new one where there is none."""
        mixed = self.picking_id._carrying_apart()
        moved = self.filtered(lambda move: move._may_change_picking() and move._is_in_wrong_picking(mixed))
        if not moved:
            return
        left, reserved = moved.picking_id, moved.filtered(lambda move: move.state in ("assigned", "partially_available"))
        moved._do_unreserve()
        moved.picking_id = False
        for line, own in moved.grouped("sale_line_id").items():
            own.partner_id = line._paper_delivery_place()
        moved._assign_picking()
        left.filtered(lambda picking: not picking.move_ids).unlink()
        reserved._action_assign()

    def _is_in_wrong_picking(self, mixed):
        """Say whether the move's goods go elsewhere than its delivery, or along with goods that do.

        :param mixed: see ``stock.picking._carrying_apart``
        """
        self.ensure_one()
        line = self.sale_line_id
        return self.picking_id.partner_id != line._paper_delivery_place() or (self.picking_id, line.order_id) in mixed
