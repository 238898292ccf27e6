from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        # sudo: the warehouse ships without reading sales orders
        shipped = moves.sudo().filtered(
            lambda move: move.state == "done" and move.location_dest_id.usage == "customer" and not move.scrap_id
        )
        self.env["paper.quality.visit"]._schedule(shipped.picking_id)
        shipped.picking_id.sale_id._ask_verdict()
        return moves
