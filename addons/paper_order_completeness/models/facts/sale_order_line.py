from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _is_own_date_past(self):
        """Say whether the day that the customer wishes this line for is over before the mill has promised one."""
        self.ensure_one()
        return not self.paper_promised_date and self.order_id._is_past(self.paper_commitment_date)
