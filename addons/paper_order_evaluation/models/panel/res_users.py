from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _paper_landings(self):
        return [
            *(
                self._paper_landing_of(department, "paper_order_evaluation.action_paper_evaluation_opinion", ["waiting_for_me"])
                for department in ("planning", "purchasing", "technical", "finance")
            ),
            *super()._paper_landings(),
            self._paper_landing_of("purchasing", "purchase.purchase_rfq"),
        ]
