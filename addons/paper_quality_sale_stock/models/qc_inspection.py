from odoo import models


class QcInspection(models.Model):
    _name = "qc.inspection"
    _inherit = ["qc.inspection", "paper.order.mover"]
    _moves_orders = ("state", "qty")

    def _certificate_order(self):
        orders = self.production_id.reference_ids.sale_ids
        return orders if len(orders) == 1 else super()._certificate_order()

    def _moved_orders(self):
        return self.production_id.reference_ids.sale_ids
