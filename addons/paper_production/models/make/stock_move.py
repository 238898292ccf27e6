from odoo import api, fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    # They read bills of materials and purchases for whoever opens a transfer.
    allowed_uom_ids = fields.Many2many(compute_sudo=True)
    description_picking = fields.Text(compute_sudo=True)

    # A move that takes a customer's own goods takes nothing else; see stock.quant for the other way round.

    def _get_available_quantity(
        self, location_id, lot_id=None, package_id=None, owner_id=None, strict=False, allow_negative=False
    ):
        owner = owner_id or self.restrict_partner_id
        return super()._get_available_quantity(location_id, lot_id, package_id, owner, strict, allow_negative)

    def _update_reserved_quantity_vals(self, need, location_id, lot_id=None, package_id=None, owner_id=None, strict=True):
        owner = owner_id or self.restrict_partner_id
        return super()._update_reserved_quantity_vals(need, location_id, lot_id, package_id, owner, strict)

    def _prepare_move_line_vals(self, quantity=None, reserved_quant=None):
        vals = super()._prepare_move_line_vals(quantity, reserved_quant)
        if self.restrict_partner_id and not reserved_quant:
            vals["owner_id"] = self.restrict_partner_id.id
        return vals

    def _action_done(self, cancel_backorder=False):
        # Whatever the way, nothing is consumed or made before the plan is approved; scrap is neither.
        # sudo: the rule is the same whatever the user may read
        moving = self.sudo().filtered(lambda move: move._is_about_to_move())
        productions = moving._paper_production()._paper_open()
        productions._check_produce()
        moving.production_id._check_made()
        return super(StockMove, productions._as_released(self))._action_done(cancel_backorder=cancel_backorder)

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        moves._check_agreed("added")
        moves.filtered("picked")._paper_production()._paper_open()._check_produce()
        return moves

    def write(self, vals):
        if vals.get("picked") or vals.get("state") == "done":
            # What is picked counts as begun.
            self._paper_production()._paper_open()._check_produce()
        return super(StockMove, self._check_agreed_write(vals)).write(vals)

    def unlink(self):
        self._check_agreed("removed")
        return super().unlink()
