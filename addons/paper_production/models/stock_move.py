from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        # Whatever the way, nothing is consumed or made before the plan is approved; scrap is neither.
        moving = self.sudo().filtered(  # sudo: the rule is the same whatever the user may read
            lambda move: move._is_about_to_move() and move.location_dest_id.usage != "inventory"
        )
        productions = moving.production_id | moving.raw_material_production_id
        productions.filtered(lambda rec: rec.state not in ("done", "cancel"))._check_produce()
        return super()._action_done(cancel_backorder=cancel_backorder)
