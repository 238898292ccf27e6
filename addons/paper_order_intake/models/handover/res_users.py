from odoo import models

from ..message.paper_intake_message import ONLINE, SALES


class ResUsers(models.Model):
    _inherit = "res.users"

    def _is_online_operator(self):
        """Say whether what reaches this user is to be handed over: of online operations, and not of sales as well."""
        user = self.sudo()[:1]  # sudo: only the departments are asked
        return bool(user) and user.has_group(ONLINE) and not user.has_group(SALES)
