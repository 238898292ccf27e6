from odoo import fields, models

from ..exceptions import FailedLotError

NOT_STOCK = ("production", "inventory")
ONWARD = ("production", "customer")


class StockMove(models.Model):
    _inherit = "stock.move"

    paper_spec_id = fields.Many2one(
        "paper.spec", string="Specification", index="btree_not_null", check_company=True, ondelete="restrict"
    )

    def _prepare_procurement_values(self):
        values = super()._prepare_procurement_values()
        if self.paper_spec_id:
            values["paper_spec_id"] = self.paper_spec_id.id
        return values

    def _prepare_merge_moves_distinct_fields(self):
        return [*super()._prepare_merge_moves_distinct_fields(), "paper_spec_id"]

    def _action_done(self, cancel_backorder=False):
        # sudo: the rule is the same whatever the user may read
        moving = self.sudo().filtered(lambda move: move._is_about_to_move())
        moving._check_passed_inspection()
        moving._check_failed_lots()
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        # sudo: who produces need not be able to change lots and inspections
        moves.sudo()._hand_spec_to_lots()
        return moves

    def _is_about_to_move(self):
        return self.state not in ("done", "cancel") and self.picked and self.quantity > 0

    def _is_paper_entry(self):
        """Say whether this move brings what an order made into stock; scrap and unbuilding do not."""
        self.ensure_one()
        made = self.production_id or self.location_id.usage == "production"
        paper = self.production_id.product_id.is_paper or self.product_id.is_paper
        return made and paper and not self.unbuild_id and self.location_dest_id.usage not in NOT_STOCK

    def _check_passed_inspection(self):
        """Refuse paper that no passed final inspection stands behind (R6.1.1), on whatever way it comes."""
        problems = []
        for move in self.filtered(lambda rec: rec._is_paper_entry()):
            lots = move.move_line_ids.lot_id
            if move.production_id:
                main = move.product_id == move.production_id.product_id
                own = lots if main else lots.browse()
                uom = move.product_id.uom_id
                quantity = move.product_uom._compute_quantity(move.quantity, uom, rounding_method="HALF-UP") if main else None
                problems += move.production_id._inspection_problems(own, quantity)
            elif not lots or any(lot.inspection_state != "passed" for lot in lots):
                problems.append(
                    self.env._("%(product)s comes from no inspected order.", product=move.product_id.display_name)
                )
        if problems:
            raise self.production_id._inspection_error(dict.fromkeys(problems))

    def _check_failed_lots(self):
        """Refuse that a failed lot goes to a customer or into the next operation (R5.3.2)."""
        onward = self.filtered(lambda move: move.location_dest_id.usage in ONWARD and not move.unbuild_id)
        failed = onward.move_line_ids.lot_id.filtered(lambda lot: lot._is_failed())
        if failed:
            raise FailedLotError(
                self.env._(
                    "Lot %(lot)s failed its inspection: it goes neither to a customer nor into production.",
                    lot=", ".join(failed.mapped("name")),
                ),
                action=self.env["paper.way.out"]._lead_to(failed.inspection_ids, self.env._("Inspections")),
            )

    def _hand_spec_to_lots(self):
        """Give what was made its specification, and the passed inspection its lot."""
        for move in self.filtered(lambda rec: rec.state == "done" and rec.production_id.product_id == rec.product_id):
            lots = move.move_line_ids.lot_id
            if move.paper_spec_id:
                lots.filtered(lambda lot: not lot.paper_spec_id).paper_spec_id = move.paper_spec_id
            if len(lots) == 1:
                finals = move.production_id._final_inspections()
                finals.filtered(lambda inspection: not inspection.lot_id)._by_step().write({"lot_id": lots.id})
