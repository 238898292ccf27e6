from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def action_paper_pseudonym(self):
        """Open the dialog that replaces the personal data of these archived users by pseudonyms."""
        return self.with_context(active_test=False).partner_id.action_paper_pseudonym()
