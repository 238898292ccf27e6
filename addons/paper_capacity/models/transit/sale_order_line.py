from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _paper_transit_days(self):
        """Return the calendar days from the mill to the place where the line is delivered."""
        self.ensure_one()
        return self._paper_delivery_place().paper_transit_days or self.company_id.paper_transit_days
