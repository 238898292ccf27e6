from odoo import models


class SaleMassCancelOrders(models.TransientModel):
    """Cancelling several orders is cancelling each of them, as its own button does."""

    _inherit = "sale.mass.cancel.orders"

    def action_mass_cancel(self):
        self.sale_order_ids.action_cancel()
