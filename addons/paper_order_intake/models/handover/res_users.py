from odoo import api, models

from ..message.paper_intake_message import ONLINE, SALES


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _paper_landings(self):
        return [
            self._paper_landing_of("online", "paper_order_intake.action_paper_online_arrivals", ["to_hand_over"]),
            self._paper_landing_of("online", "paper_order_intake.action_paper_online_arrivals"),
            *super()._paper_landings(),
        ]

    def _is_online_operator(self):
        """Say whether what reaches this user is to be handed over: of online operations, and not of sales as well."""
        user = self.sudo()[:1]  # sudo: only the departments are asked
        return bool(user) and user.has_group(ONLINE) and not user.has_group(SALES)
