from odoo import models


class PaperOrderSource(models.AbstractModel):
    """What is made for orders of customers: it names their references and, if it is for one alone, its line."""

    _name = "paper.order.source"
    _description = "Made for Orders of Customers"

    def _paper_orders(self):
        """Return the sales orders that these are made for."""
        return self.reference_ids.sale_ids | self.sale_line_id.order_id
