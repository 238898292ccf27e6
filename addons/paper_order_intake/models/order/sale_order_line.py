from odoo import models

from ...lib.alike import Alike


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def unlink(self):
        return self._unlink_telling_arrivals(super().unlink)

    def _unlink_telling_arrivals(self, unlink):
        """Delete, and let the arrivals that became these items wait again.

        :param unlink: what deletes them, or the orders that they are in
        """
        # sudo: what arrived waits again, whoever deletes its item
        messages = self.env["paper.intake.message"].sudo().with_context(active_test=False)
        arrivals = messages.search([("order_line_id", "in", self.ids)]) if self.ids else messages
        orders = {arrival: arrival.order_id.name for arrival in arrivals}
        # Before: the database would ask in the middle whether the items that it just deleted are there.
        arrivals._keep({"order_line_id": False})
        arrivals.flush_recordset(["order_line_id"])
        result = unlink()
        if orders:
            arrivals.invalidate_recordset(["order_id", "order_line_id"])
            arrivals._lose_items(orders)
        return result

    def _alike_item(self):
        """Return what this line orders, to be compared with what arrives."""
        self.ensure_one()
        spec = self.paper_spec_id
        sizes = spec.width, spec.length, self.paper_weight_kg
        return Alike(*sizes, spec.basis_weight, spec.reel_diameter_max, spec.core_diameter)
