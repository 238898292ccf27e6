from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _prepare_procurement_values(self):
        values = super()._prepare_procurement_values()
        if self.paper_spec_id:
            values["paper_spec_id"] = self.paper_spec_id.id
        return values

    def _paper_in_hand(self):
        """Count the goods that are reserved for the lines or have left, on whichever leg of the way there are most."""
        result = {}
        for line in self:
            onward = line.move_ids.filtered(
                lambda move: not move.production_id and move.location_id.usage != "customer" and move.state != "cancel"
            )
            ready, to_come = 0.0, 0.0
            for moves in onward.grouped("picking_type_id").values():
                ready = max(ready, sum(line._paper_line_kg(move.quantity, move.product_uom) for move in moves))
                waiting = moves.filtered(lambda move: move.state != "done")
                lacking = (line._paper_line_kg(move.product_uom_qty - move.quantity, move.product_uom) for move in waiting)
                to_come = max(to_come, sum(lacking))
            result[line] = (ready, to_come)
        return result
