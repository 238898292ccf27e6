from odoo import models


class QcInspection(models.Model):
    _inherit = "qc.inspection"

    def _certificate_order(self):
        orders = self.production_id.reference_ids.sale_ids
        return orders if len(orders) == 1 else super()._certificate_order()
