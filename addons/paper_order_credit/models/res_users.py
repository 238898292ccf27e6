from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _paper_landings(self):
        return [
            self._paper_landing_of("credit", "paper_order_credit.action_paper_credit_review", ["draft"]),
            self._paper_landing_of("credit", "paper_order_credit.action_paper_credit_review"),
            *super()._paper_landings(),
        ]
