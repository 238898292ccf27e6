from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _paper_trim_range(self):
        """Return (ordered, least, most) kg that may be cut of the line: the tolerance that dispatch, invoice and OTIF use."""
        self.ensure_one()
        wanted = self._paper_progress()
        return wanted.ordered, wanted.ordered * (1 - wanted.minus / 100), wanted.ordered * (1 + wanted.plus / 100)
