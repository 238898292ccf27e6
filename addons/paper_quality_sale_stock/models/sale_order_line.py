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
            ready, to_come = {}, {}
            for move in line.move_ids:
                if move.production_id or move.location_id.usage == "customer" or move.state == "cancel":
                    continue
                leg, uom = move.picking_type_id, move.product_uom
                ready[leg] = ready.get(leg, 0.0) + line._paper_line_kg(move.quantity, uom)
                if move.state != "done":
                    to_come[leg] = to_come.get(leg, 0.0) + line._paper_line_kg(move.product_uom_qty - move.quantity, uom)
            result[line] = (max(ready.values(), default=0.0), max(to_come.values(), default=0.0))
        return result
