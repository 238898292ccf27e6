from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _prepare_procurement_values(self):
        values = super()._prepare_procurement_values()
        if self.paper_spec_id:
            values["paper_spec_id"] = self.paper_spec_id.id
        return values
