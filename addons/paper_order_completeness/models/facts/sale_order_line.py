from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _is_own_date_past(self):
        """Say whether the day that the customer wishes this line for is over before the mill has promised one."""
        self.ensure_one()
        return not self.paper_promised_date and self.order_id._is_past(self.paper_commitment_date)

    def _is_own_place_bare(self):
        """Say whether the place that this line alone goes to lacks street or city."""
        self.ensure_one()
        return bool(self.paper_shipping_id) and not self.order_id._can_be_found(self.paper_shipping_id)
