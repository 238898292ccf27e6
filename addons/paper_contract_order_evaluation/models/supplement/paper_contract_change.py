from odoo import models


class PaperContractChange(models.Model):
    _inherit = "paper.contract.change"

    def _prepare_ahead_values(self):
        """Return what the line will hold, with what follows from it, as :meth:`_apply` writes it."""
        self.ensure_one()
        vals = self._prepare_line_values()
        return {**self.order_line_id._completed_write(vals), **vals}
