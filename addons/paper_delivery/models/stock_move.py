from odoo import api, models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _paper_dispatched(self):
        """Return the moves that bring goods of a paper order to its customer; no return, scrap or count."""
        return self.filtered(
            lambda move: move.location_dest_id.usage == "customer"
            and move.location_id.usage != "customer"
            and not move.scrap_id
            and move._paper_order().is_paper_order
        )

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

    @api.constrains("state")
    def _check_paper_dispatched(self):
        """Hold the gate for a state that is written directly, past the steps of a transfer."""
        # sudo: the rule is the same whatever the user may read
        done = self.sudo().filtered(lambda move: move.state == "done")._paper_dispatched()
        for order, moves in done.grouped(lambda move: move._paper_order()).items():
            order._check_dispatched(moves.picking_id)
