from odoo import models


class SaleOrder(models.Model):
    """What the customer pays for freight is a price of the order: sales enters it in a quotation, and changes it afterwards as
    every other price.
    """

    _inherit = "sale.order"

    def action_open_delivery_wizard(self):
        self.check_access("write")
        self._paper_orders_confirmed()._check_confirmed_change()
        return super().action_open_delivery_wizard()
