from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "cancel":
            self._paper_weight_changed()
        elif "state" in vals:
            self._paper_status_changed()
        return result

    def _paper_status_changed(self):
        """Tell everybody who has one of these orders open that its status has changed (R4.2.2).

        The open form then reads the order again, without a reload. Call it wherever a record moves that a milestone or
        a blocker speaks of. It asks nothing of the database: the notices are written together when the transaction ends.
        """
        for order in self:
            self.env["bus.bus"]._sendone((order, "paper_status"), "paper_order_status", {"id": order.id})
