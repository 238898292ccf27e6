from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    _evidence_states = ("sale",)

    def _evidence(self):
        """A paper order is evidence once it is confirmed; an order of other goods is Odoo's."""
        return super()._evidence().filtered("is_paper_order")
