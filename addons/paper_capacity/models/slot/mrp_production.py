from odoo import models


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "paper.order.source"]

    def _plan_workorders(self, replan=False):
        """Give the slots that were reserved for the order to its own work orders, which take their place."""
        # sudo: whoever plans a work order need not read orders under evaluation
        orders = self.sudo()._paper_orders()
        slots = orders.paper_reservation_ids.filtered(lambda slot: slot.product_id in self.product_id)
        slots._release("used")
        self.workorder_ids.workcenter_id._paper_lock_plan()
        return super()._plan_workorders(replan)

    def button_unplan(self):
        result = super().button_unplan()
        # sudo: as above
        orders = self.sudo()._paper_orders()
        # A part that is scheduled still stands in the slot.
        planned = orders.stock_reference_ids.production_ids.filtered(lambda rec: rec.is_planned and rec.state != "cancel")
        taken = {(order, rec.product_id) for rec in planned for order in rec._paper_orders()}
        slots = orders.paper_reservation_ids.filtered(lambda slot: slot.product_id in self.product_id)
        slots.filtered(lambda slot: (slot.order_id, slot.product_id) not in taken)._give_back()
        return result
