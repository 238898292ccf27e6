from odoo import models
from odoo.addons.paper_production.models.make.mrp_production import STARTED


class PaperContractChange(models.Model):
    """What is planned and not begun follows the specification of a supplement in force (R4.1.3)."""

    _inherit = "paper.contract.change"

    def _productions(self):
        """Return the manufacturing orders of lines whose specification these changes replace."""
        productions = self.env["mrp.production"]
        for change in self.filtered(lambda rec: rec.new_spec_id != rec.old_spec_id):
            line = change.order_line_id
            productions |= line.order_id._paper_productions().filtered(
                lambda rec, line=line, spec=change.old_spec_id: rec.state != "cancel"
                and rec.paper_spec_id == spec
                and (rec.sale_line_id == line or (not rec.sale_line_id and rec.product_id == line.product_id))
            )
        return productions

    def _apply(self):
        for change in self.filtered(lambda rec: rec.new_spec_id != rec.old_spec_id):
            change._respecify()
        return super()._apply()

    def _respecify(self):
        """Give the new specification to what has not begun: manufacturing orders, their inspections, open moves."""
        self.ensure_one()
        productions = self._productions().filtered(lambda rec: rec.state not in STARTED)
        open_moves = (productions.move_finished_ids | self.order_line_id.move_ids | self.order_line_id.move_ids.move_orig_ids)
        open_moves = open_moves.filtered(
            lambda move: move.state not in ("done", "cancel") and move.paper_spec_id == self.old_spec_id
        )
        open_moves.paper_spec_id = self.new_spec_id
        productions.paper_spec_id = self.new_spec_id
        # Their questions were those of the old specification.
        productions._final_inspections()._cancel_open()
        productions.filtered(lambda rec: rec.state != "draft")._make_final_inspections()
