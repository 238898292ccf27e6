from odoo import models

from .paper_evaluation_feedback import CAUSES


class SaleOrder(models.Model):
    """What the panel put before sales is done with once the order goes on: to a new panel, to its contract in force, or to
    nothing (R3.4).
    """

    _inherit = "sale.order"

    def _action_confirm(self):
        result = super()._action_confirm()
        self._end_calls()
        return result

    def _action_cancel(self):
        result = super()._action_cancel()
        self._end_calls()
        return result

    def _end_calls(self):
        """End what sales was called for, whoever takes the order on, a customer who signs included."""
        self.env["res.company"]._paper_told(self, [f"evaluation_{cause}" for cause in CAUSES])
