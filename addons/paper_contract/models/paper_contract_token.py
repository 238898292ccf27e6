from datetime import timedelta

from odoo import api, fields, models


class PaperContract(models.Model):
    _inherit = "paper.contract"

    # The link to read expires too: it is in a mail, which others may come to hold.
    read_token_expires = fields.Datetime(
        string="Link to Read Valid until", readonly=True, copy=False, groups="base.group_user"
    )

    def _portal_ensure_token(self):
        if not self.access_token:
            self._start_read_token()
        return super()._portal_ensure_token()

    def _start_read_token(self):
        days = self.company_id.paper_read_link_days
        # sudo: whoever sends the link; nobody writes its end by hand
        self.sudo().write({"read_token_expires": fields.Datetime.now() + timedelta(days=days) if days else False})

    def _send_sign_link(self):
        # A new letter makes the links of earlier ones void, those to read as well.
        self.sudo().access_token = False  # sudo: the token is nobody's to read but the customer's
        return super()._send_sign_link()

    def _read_token_is_valid(self, token):
        """Say whether the contract's link to read may still be used, by whom has no other right to read it."""
        self.ensure_one()
        contract = self.sudo()  # sudo: the question is asked for the bearer of the token
        expires = contract.read_token_expires
        return bool(token and contract.access_token) and (not expires or expires > fields.Datetime.now())

    @api.autovacuum
    def _gc_read_tokens(self):
        """Take back the expired links to read, for every other route that knows them."""
        # sudo: the job ends the links of all contracts
        expired = self.sudo().search([("access_token", "!=", False), ("read_token_expires", "<", fields.Datetime.now())])
        expired.write({"access_token": False})
