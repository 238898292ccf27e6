from datetime import timedelta

from odoo import api, fields, models
from werkzeug.urls import url_encode


class PaperContract(models.Model):
    """The links of the letter to the customer: one to read the contract, one to sign it once. Nobody of the mill sees them:
    they stand in the letter alone, which goes past the chatter, and only the hashes of their tokens are kept (R4.1.3).
    """

    _inherit = "paper.contract"

    sign_token_expires = fields.Datetime(
        string="Link to Sign Valid until",
        compute="_compute_sign_token_expires",
        groups="base.group_user",
        by_steps=True,
    )

    @api.depends("state", "customer_signed_on")
    def _compute_sign_token_expires(self):
        for contract in self:
            contract.sign_token_expires = contract._link_of("sign").expires_on if contract.id else False

    def _send_sign_link(self):
        """Send the customer the PDF with links to read and to sign it; those of earlier letters are void."""
        self.ensure_one()
        contract, company = self.sudo(), self.sudo().company_id  # sudo: the letter is the same whoever sends it
        partner, now = contract.partner_id, fields.Datetime.now()
        days = company.paper_read_link_days
        until = now + timedelta(days=company.paper_sign_link_days)
        tokens = {
            # The link to read ends too: it is in a mail, which others may come to hold.
            "access_token": contract._link_issue("read", now + timedelta(days=days) if days else None, partner=partner),
            "sign_token": contract._link_issue("sign", until, uses=1, partner=partner),
        }
        self.invalidate_recordset(["sign_token_expires"])
        link = f"{contract.get_base_url()}/my/contracts/{contract.id}?{url_encode(tokens)}"
        # The link is known to this rendering only: a preview, a test or a composer renders the letter without it.
        # sudo: sales needs the letter, which only an administrator may change
        letter = self.env.ref("paper_contract.mail_template_contract_to_sign").sudo().with_context(paper_link=link)
        reached = company._paper_send(
            partner,
            contract,
            lambda rec: letter._render_field("subject", rec.ids, set_lang=rec.env.lang)[rec.id],
            lambda rec: self._letter_body(letter, rec),
            secret=True,
            attachments=contract.issued_id.attachment_id,
        )
        if reached:
            contract._log(self.env._("Sent to %(customer)s to be signed.", customer=partner.display_name))
        else:
            contract._log(
                self.env._(
                    "%(customer)s has no e-mail address: no link was sent. They sign in the portal or on paper, or get a new "
                    "link once the address is known.",
                    customer=partner.display_name,
                )
            )

    def _ask_for_new_links(self):
        """Put the contracts before sales whose links to sign an upgrade made void."""
        for contract in self:
            contract._tell(
                contract._drafters(),
                lambda rec: rec.env._("Send the customer a new link to sign: the earlier ones are void since the upgrade"),
            )

    @api.model
    def _letter_body(self, letter, record):
        body = letter._render_field("body_html", record.ids, set_lang=record.env.lang)[record.id]
        return letter._render_encapsulate("mail.mail_notification_light", body, context_record=record)

    def _portal_ensure_token(self):
        """Give no token that opens the contract to whoever comes to hold it: there are the links of the letter."""
        return ""
