from odoo import api, models

from .paper_evaluation_feedback import CAUSES

KINDS = tuple(f"evaluation_{cause}" for cause in CAUSES)


class SaleOrder(models.Model):
    """What the panel put before sales is done with once the order goes on: to a new panel, to its contract in force, or to
    nothing (R3.4), whoever takes it on, a customer who signs included.
    """

    _inherit = "sale.order"

    @api.model
    def _told_until_settled(self):
        return (*super()._told_until_settled(), *KINDS)

    def _end_calls(self):
        """End what sales was called for."""
        self.env["res.company"]._paper_told(self, KINDS)
