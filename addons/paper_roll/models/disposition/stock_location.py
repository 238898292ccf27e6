from odoo import models


class StockLocation(models.Model):
    _inherit = "stock.location"

    def _is_paper_to_customer(self):
        """Say whether goods that go there have left the mill: to a customer, or on the way to another company."""
        self.ensure_one()
        return self.usage == "customer" or (self.usage == "transit" and not self.company_id)
