from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _paper_dispatched(self):
        """Return the moves that bring goods of a paper order out of the mill; no return, scrap or count."""
        return self.filtered(lambda move: not move.scrap_id and move._is_going_out() and move._paper_order().is_paper_order)

    def _is_going_out(self):
        """Say whether the move, or a line of it that goes its own way, brings goods to a customer or another company."""
        self.ensure_one()
        return any(part.location_dest_id._is_paper_way_out(part.location_id) for part in (self, *self.move_line_ids))

    def _paper_leaves_for_order(self):
        # By a delivery, which its notice announces; what goes a way of its own is announced by nothing.
        return super()._paper_leaves_for_order() and self.picking_id.is_paper_dispatch

    def _paper_order(self):
        self.ensure_one()
        return self.sale_line_id.order_id or self.picking_id.sale_id

    def _paper_spec(self):
        self.ensure_one()
        return self.paper_spec_id or self.sale_line_id.paper_spec_id

    def _may_change_picking(self):
        # What was announced leaves as it was announced: the notice is cancelled first.
        return super()._may_change_picking() and not self.picking_id.paper_notice_id

    def _action_done(self, cancel_backorder=False):
        # sudo: the rule is the same whatever the user may read
        moving = self.sudo()._paper_dispatched().filtered(lambda move: move._is_about_to_move())
        for order, moves in moving.grouped(lambda move: move._paper_order()).items():
            order._check_dispatch(moves.picking_id, loose=not all(move.picking_id for move in moves))
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        # sudo: whoever ships closes the notice and opens the signing, without rights on either
        left = moves.sudo()._paper_dispatched().filtered(lambda move: move.state == "done")
        left.picking_id._after_dispatch()
        left.picking_id.sale_id._paper_weight_changed()
        return moves

    def _action_cancel(self):
        # sudo: whoever gives up goods, sales hear of it
        orders = self.sudo()._paper_dispatched().picking_id.sale_id
        result = super()._action_cancel()
        orders._paper_weight_changed()
        return result
