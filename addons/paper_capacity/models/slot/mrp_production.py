from odoo import models


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "paper.order.source"]

    def button_unplan(self):
        result = super().button_unplan()
        # sudo: whoever plans a work order need not read orders under evaluation
        orders = self.sudo()._paper_orders()
        # A part that is scheduled still stands in the slot.
        planned = orders.stock_reference_ids.production_ids.filtered(lambda rec: rec.is_planned and rec.state != "cancel")
        taken = planned._paper_own_slots() if planned else orders.paper_reservation_ids.browse()
        (self._paper_own_slots() - taken)._give_back()
        return result
