from datetime import timedelta

from odoo import api, fields, models
from odoo.tools.image import image_data_uri
from werkzeug.urls import url_encode

from ...exceptions import ContractOutdatedError


class PaperContract(models.Model):
    """The links of the letter to the customer: one to read the contract, one to sign it once. Nobody of the mill sees them:
    they stand in the letter alone, which goes past the chatter, and only the hashes of their tokens are kept (R4.1.3).
    """

    _inherit = "paper.contract"

    issued_id = fields.Many2one(
        "paper.contract.document", string="To be Signed", groups="base.group_user", by_steps=True
    )
    pdf_attachment_id = fields.Many2one(related="issued_id.attachment_id", string="PDF", groups="base.group_user")
    pdf_sha256 = fields.Char(related="issued_id.sha256", string="SHA-256 of the PDF", groups="base.group_user")
    sign_token_expires = fields.Datetime(
        string="Link to Sign Valid until",
        compute="_compute_sign_token_expires",
        groups="base.group_user",
        by_steps=True,
    )

    # Sending

    def action_send(self):
        """Send the reviewed contracts to their customers to be signed (R4.1.3).

        The text is fixed, printed once, and the customer gets a link to read and one to sign that very PDF.

        :raises ContractOutdatedError: if anything changed since legal accepted it
        """
        return self._as_step("sent")

    def _check_sent(self):
        self._check_in_time()
        self.filtered("parent_id").order_id._check_supplement_blockers("change")
        self._check_order_blockers()
        self._check_terms()
        self._check_reviewed_content()
        self._check_blanks()
        self._check_opinions()

    def _prepare_sent_values(self):
        return {"version": self.version + 1}

    def _action_sent(self):
        """Fix the text, print it and send the links. Override to do more."""
        for contract in self:
            contract._freeze()
            contract._set({"issued_id": contract._print("issued").id})
            self.env["paper.contract.version"]._keep(contract, "sent")
            contract._send_sign_link()

    def _check_reviewed_content(self):
        for contract in self.sudo():  # sudo: the digest of the review is nobody's to read
            if contract._content_digest() != contract.reviewed_digest:
                raise ContractOutdatedError(
                    self.env._(
                        "“%(contract)s” is not any more what legal accepted. Take it back to draft and submit it again.",
                        contract=contract.name,
                    )
                )

    def _freeze(self):
        """Fix the text of every clause as it is now."""
        self.ensure_one()
        for clause in self.sudo().clause_ids:  # sudo: only the step that sends fixes the texts
            clause._by_step().write({"frozen_plain": clause._plain_to_keep(), "frozen_text": clause.text})

    def _print(self, kind):
        """Print the contract and keep the PDF.

        :param kind: ``issued`` before anybody has signed, ``signed`` with the signatures
        :return: the ``paper.contract.document``
        """
        self.ensure_one()
        # sudo: the print is the same whoever takes the step
        report = self.env["ir.actions.report"].sudo()
        pdf, _type = report._render_qweb_pdf(self.env.ref("paper_contract.action_report_contract").id, self.ids)
        suffix = {"issued": f"v{self.version}", "signed": "signed"}[kind]
        return self.env["paper.contract.document"]._archive(self, kind, f"{self.name}-{suffix}.pdf", pdf)

    def _text_html(self):
        """Return the contract as it would be printed now, without the page's edges, to be read on a screen."""
        self.ensure_one()
        contract = self.with_context(lang=self.language)
        return self.env["ir.qweb"].with_context(lang=self.language)._render(
            "paper_contract.report_contract_document", {"doc": contract, "on_screen": True, "image_data_uri": image_data_uri}
        )

    def action_renew_sign_link(self):
        """Send new links to read and to sign; the old ones are void."""
        self._check_act("renew_link")
        for contract in self:
            contract._send_sign_link()
        return True

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
