from odoo import models

from .stock_quant import PURPOSE


class StockMove(models.Model):
    _inherit = "stock.move"

    def _paper_purpose(self):
        """Return what goods are moved for: customer, production, or inside where they stay or go back."""
        self.ensure_one()
        if self._is_paper_converting():
            return "inside"
        if self.raw_material_production_id:
            return "production"
        ahead = self | self.browse(self._rollup_move_dests())
        places = ahead.location_dest_id | ahead.location_final_id
        if any(place._is_paper_to_customer() for place in places):
            return "customer"
        return "production" if self.location_dest_id.usage == "production" and not self.consume_unbuild_id else "inside"

    def _get_available_quantity(
        self, location_id, lot_id=None, package_id=None, owner_id=None, strict=False, allow_negative=False
    ):
        move = self.with_context(**{PURPOSE: self._paper_purpose()}) if self.product_id.is_paper else self
        return super(StockMove, move)._get_available_quantity(location_id, lot_id, package_id, owner_id, strict, allow_negative)

    def _update_reserved_quantity_vals(self, need, location_id, lot_id=None, package_id=None, owner_id=None, strict=True):
        move = self.with_context(**{PURPOSE: self._paper_purpose()}) if self.product_id.is_paper else self
        return super(StockMove, move)._update_reserved_quantity_vals(need, location_id, lot_id, package_id, owner_id, strict)

    def _action_done(self, cancel_backorder=False):
        # sudo: the rule is the same whatever the user may read
        moving = self.sudo().filtered(lambda move: move.state not in ("done", "cancel") and move.picked)
        moving.move_line_ids.filtered("picked")._check_dispositions()
        return super()._action_done(cancel_backorder=cancel_backorder)
