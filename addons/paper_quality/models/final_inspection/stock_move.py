from odoo import fields, models

from ..gate.ways import INTO_QUARANTINE

NOT_STOCK = ("production", "inventory")


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
        held = moving._hold_receipts()
        taken = moving._check_paper_passage()
        moves = super(StockMove, self._paper_pass())._action_done(cancel_backorder=cancel_backorder).with_env(self.env)
        # sudo: who produces need not be able to change lots and inspections
        moves.sudo()._hand_spec_to_lots()
        moves.sudo()._inspect_receipts(held)  # sudo: as above
        self.env["paper.stock.exception"]._record(taken)
        self.env["qc.inspection"]._inspect_entries([lines for way, lines in taken if way in INTO_QUARANTINE])
        return moves

    def _is_about_to_move(self):
        return self.state not in ("done", "cancel") and self.picked and self.quantity > 0

    def _is_paper_entry(self):
        """Say whether this move brings what an order made into stock; scrap, unbuilding and conversions of rolls do not."""
        self.ensure_one()
        if self._is_paper_converting():
            return False  # what is made of rolls is judged as they were
        places = self.move_line_ids.location_id.mapped("usage") or [self.location_id.usage]
        made = self.production_id or "production" in places
        paper = self.production_id.product_id.is_paper or self.product_id.is_paper
        return made and paper and not self.unbuild_id and self.location_dest_id.usage not in NOT_STOCK

    def _check_passed_inspection(self):
        """Refuse paper that no passed final inspection stands behind (R6.1.1), on whatever way it comes."""
        problems = []
        entering = self.filtered(lambda rec: rec._is_paper_entry())
        for move in entering:
            production = move.production_id
            lots = move.move_line_ids.lot_id
            main = production and move.product_id == production.product_id
            if main or (production and (move.byproduct_id or not move.product_id.is_paper)):
                problems += production._inspection_problems(*entering._paper_entry_of(move) if main else (lots.browse(), None))
            elif not production or not lots or any(verdict != "passed" for verdict in lots._paper_verdicts().values()):
                problems.append(
                    self.env._("%(product)s comes from no inspected order.", product=move.product_id.display_name)
                )
        if problems:
            raise self.production_id._inspection_error(dict.fromkeys(problems))

    def _paper_entry_of(self, move):
        """Return the lots and the quantity, in the product's unit, that the move's order brings into stock with this move
        and has brought in before: what was inspected enters once.
        """
        own = self.filtered(lambda rec: rec.production_id == move.production_id and rec.product_id == move.product_id)
        production = move.production_id
        judging = production._judging_inspections(own.move_line_ids.lot_id)
        before = production.move_finished_ids.filtered(
            lambda rec: rec.state == "done"
            and rec.product_id == move.product_id
            and production._judging_inspections(rec.move_line_ids.lot_id) & judging
        )
        together = own | before
        uom = move.product_id.uom_id
        quantity = sum(rec.product_uom._compute_quantity(rec.quantity, uom, rounding_method="HALF-UP") for rec in together)
        return together.move_line_ids.lot_id, quantity

    def _hand_spec_to_lots(self):
        """Give what was made its specification, and the passed inspection its lot."""
        for move in self.filtered(lambda rec: rec.state == "done" and rec.production_id.product_id == rec.product_id):
            lots = move.move_line_ids.lot_id
            if move.paper_spec_id:
                lots.filtered(lambda lot: not lot.paper_spec_id).paper_spec_id = move.paper_spec_id
            if len(lots) == 1:
                finals = move.production_id._final_inspections()
                finals.filtered(lambda inspection: not inspection.lot_id)._by_step().write({"lot_id": lots.id})
            lots._follow_verdict()
