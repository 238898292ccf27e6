from odoo import models

from .paper_evaluation_feedback import CALL


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
        # sudo: whoever takes the order on, a customer who signs included, ends what sales was called for
        self.sudo().activity_unlink([CALL])
