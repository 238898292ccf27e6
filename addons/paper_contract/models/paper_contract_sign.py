import binascii
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.paper_base.exceptions import PaperError
from odoo.exceptions import UserError
from odoo.tools import consteq
from odoo.tools.image import image_data_uri

from ..exceptions import (
    ContractImmutableError,
    ContractOutdatedError,
    ContractStateError,
    SignatureDataError,
    SignatureTokenError,
)

KINDS = [
    ("electronic", "Ordinary Electronic Signature"),
    ("paper", "Sealed Paper"),
    ("certified", "Digital Signature with a CA's Certificate"),
]


class PaperContract(models.Model):
    _inherit = "paper.contract"

    # A drawn signature with a hash is an electronic signature in the sense of article 13(4) of the Electronic
    # Signature Law at most; it is nowhere called a reliable one.
    customer_signed_by = fields.Char(string="Signed for the Customer by", readonly=True, copy=False)
    customer_signed_on = fields.Datetime(string="Customer Signed on", readonly=True, copy=False)
    customer_signature = fields.Image(
        string="Customer's Signature", readonly=True, copy=False, max_width=1024, max_height=1024
    )
    customer_signed_ip = fields.Char(string="Signed from", readonly=True, copy=False, groups="base.group_user")
    customer_signed_user_id = fields.Many2one(
        "res.users", string="Customer's Login", readonly=True, copy=False, groups="base.group_user"
    )
    customer_signature_kind = fields.Selection(KINDS, string="Customer's Signature is", readonly=True, copy=False)
    company_signed_by = fields.Char(string="Signed for the Company by", readonly=True, copy=False)
    company_signed_on = fields.Datetime(string="Company Signed on", readonly=True, copy=False)
    company_signature = fields.Image(
        string="Company's Signature", readonly=True, copy=False, max_width=1024, max_height=1024
    )
    company_signed_user_id = fields.Many2one(
        "res.users", string="Company's Login", readonly=True, copy=False, groups="base.group_user"
    )
    company_signature_kind = fields.Selection(KINDS, string="Company's Signature is", readonly=True, copy=False)
    document_ids = fields.One2many(
        "paper.contract.document", "contract_id", string="Archive", readonly=True, groups="base.group_user"
    )
    issued_id = fields.Many2one(
        "paper.contract.document", string="To be Signed", readonly=True, copy=False, groups="base.group_user"
    )
    signed_id = fields.Many2one(
        "paper.contract.document", string="Signed Copy", readonly=True, copy=False, groups="base.group_user"
    )
    pdf_attachment_id = fields.Many2one(related="issued_id.attachment_id", string="PDF", groups="base.group_user")
    pdf_sha256 = fields.Char(related="issued_id.sha256", string="SHA-256 of the PDF", groups="base.group_user")
    signed_attachment_id = fields.Many2one(
        related="signed_id.attachment_id", string="Signed PDF", groups="base.group_user"
    )
    sign_token = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    sign_token_expires = fields.Datetime(string="Link to Sign Valid until", readonly=True, copy=False,
                                         groups="base.group_user")

    # Sending

    def action_send(self):
        """Send the reviewed contracts to their customers to be signed (R4.1.3).

        The text is fixed, printed once, and the customer gets a link to read and one to sign that very PDF.

        :raises ContractOutdatedError: if anything changed since legal accepted it
        """
        self._check_sales()
        self._check_state("reviewed")
        self.order_id._check_blockers("contract")
        self._check_terms()
        self._check_reviewed_content()
        self._check_blanks()
        for contract in self:
            contract._freeze()
            contract._set({"state": "sent", "version": contract.version + 1})
            contract._set({"issued_id": contract._print("issued").id})
            self.env["paper.contract.version"]._keep(contract, "sent")
            # sudo: the to-do to send it is done, whoever's it was
            contract.sudo().activity_unlink(["mail.mail_activity_data_todo"])
            contract._send_sign_link()
        return True

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
            clause.write({"frozen_text": clause.text})

    def _print(self, kind):
        """Print the contract and keep the PDF.

        :param kind: ``issued`` before anybody has signed, ``signed`` with the signatures
        :return: the ``paper.contract.document``
        """
        self.ensure_one()
        # sudo: the print is the same whoever takes the step
        report = self.env["ir.actions.report"].sudo()
        pdf, _type = report._render_qweb_pdf("paper_contract.action_report_contract", self.ids)
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
        """Send a new link to sign; the old one is void."""
        self._check_sales()
        self._check_state("sent")
        for contract in self:
            contract._send_sign_link()
        return True

    def _send_sign_link(self):
        self.ensure_one()
        days = self.company_id.paper_sign_link_days
        # sudo: the token is nobody's to read but the customer's
        contract = self.sudo()
        contract.write(
            {
                "sign_token": secrets.token_urlsafe(32),
                "sign_token_expires": fields.Datetime.now() + timedelta(days=days),
            }
        )
        contract._portal_ensure_token()
        # sudo: the letter needs the customer's link to sign, which nobody of the mill may read
        template = self.env.ref("paper_contract.mail_template_contract_to_sign").sudo()
        template.send_mail(
            contract.id,
            email_layout_xmlid="mail.mail_notification_light",
            email_values={"attachment_ids": [(4, contract.issued_id.attachment_id.id)]},
        )
        contract._log(
            self.env._("Sent to %(customer)s to be signed.", customer=contract.partner_id.display_name)
        )

    def _get_sign_url(self):
        """Return the address at which the customer reads and signs; it holds both tokens."""
        self.ensure_one()
        contract = self.sudo()  # sudo: the mail to the customer is the one place that shows the token
        return contract.get_portal_url(query_string=f"&sign_token={contract.sign_token}")

    # The customer

    def _sign_token_is_valid(self, token):
        """Say whether ``token`` may sign this contract now."""
        self.ensure_one()
        contract = self.sudo()  # sudo: the comparison is made for the bearer of the token
        return bool(
            token
            and contract.state == "sent"
            and contract.sign_token
            and consteq(contract.sign_token, token)
            and contract.sign_token_expires > fields.Datetime.now()
        )

    def _sign_customer(self, token, sha256, signer_name, signature, ip, user, signer_title=None, drawing=None):
        """Record the customer's signature under the PDF that he was shown.

        :param token: the contract's token to sign; valid once, until it expires
        :param sha256: hash of the PDF that the page showed
        :param signer_name: who signs for the customer
        :param signature: drawn signature, an image in base64
        :param ip: address that the signature came from
        :param user: ``res.users`` who was logged in
        :param signer_title: what the signer is at the customer's
        :param drawing: ``drawn``, ``typed`` or ``loaded``
        :raises SignatureTokenError: if the token is not valid, or another version was shown
        """
        self.ensure_one()
        self.lock_for_update()
        if not self._sign_token_is_valid(token):
            raise SignatureTokenError(
                self.env._("This link to sign is not valid any more. Ask your salesperson for a new one.")
            )
        if not sha256 or not consteq(self.sudo().pdf_sha256, sha256):  # sudo: see _sign_token_is_valid
            raise SignatureTokenError(self.env._("The contract was changed meanwhile. Please read it again."))
        self._sign(
            "customer",
            signer_name,
            signature,
            {"customer_signed_ip": ip, "customer_signed_user_id": user.id, "sign_token": False},
            evidence=self._prepare_drawing(signer_title, drawing),
        )

    # The company

    def action_sign_company(self, signer_name=None, signature=None, signer_title=None, drawing=None):
        """Sign for the company, by a person of the management (R4.1.3).

        Without a name, a dialog asks for name and signature.

        :param signer_name: who signs for the company
        :param signature: drawn signature, an image in base64
        :param signer_title: what the signer is in the company
        :param drawing: ``drawn``, ``typed`` or ``loaded``
        """
        self._check_department("paper_base.group_management")
        self.check_access("read")
        self._check_state("sent")
        if not signer_name:
            self.ensure_one()
            return self.env["paper.contract.sign"]._open(self)
        for contract in self:
            contract.lock_for_update()
            contract._sign(
                "company",
                signer_name,
                signature,
                {"company_signed_user_id": self.env.uid},
                evidence=self._prepare_drawing(signer_title, drawing),
            )
        return True

    # Both

    def _sign(self, side, signer_name, signature, values, kind="electronic"):
        """Record the signature of ``side``, customer or company; the second one puts the contract in force."""
        self.ensure_one()
        self._check_state("sent")
        contract = self.sudo()  # sudo: customer and management sign what only the steps write
        if contract[f"{side}_signed_on"]:
            raise ContractStateError(self.env._("“%(contract)s” is signed for this side already.", contract=self.name))
        name = (signer_name or "").strip()
        if not name or (kind == "electronic" and not signature):
            raise SignatureDataError(self.env._("A signature needs the name of who signs, and the signature itself."))
        contract._check_terms()
        contract._check_blanks()
        contract._check_opinions()
        contract._check_issued_intact()
        try:
            contract.write(
                {
                    f"{side}_signed_by": name,
                    f"{side}_signed_on": fields.Datetime.now(),
                    f"{side}_signature": signature or False,
                    f"{side}_signature_kind": kind,
                    **values,
                }
            )
            contract.flush_recordset()
        except (TypeError, ValueError, OSError, binascii.Error, UserError) as error:
            if isinstance(error, PaperError):
                raise
            raise SignatureDataError(self.env._("The signature is not an image that can be read.")) from error
        contract._log(
            self.env._(
                "Signed for %(side)s by %(name)s; SHA-256 of the PDF: %(hash)s",
                side=self.env._("the customer") if side == "customer" else self.env._("the company"),
                name=name,
                hash=contract.pdf_sha256,
            ),
            author=contract._signer_partner(side),
        )
        if contract.customer_signed_on and contract.company_signed_on:
            contract._enter_into_force()
        elif side == "customer":
            managers = contract.company_id._paper_department_users("paper_base.group_management")
            contract._ask(managers, self.env._("Sign contract %(contract)s for the company", contract=self.name))

    def _signer_partner(self, side):
        """Return who is shown as the author of a signature; a customer without login is the contract's."""
        user = self[f"{side}_signed_user_id"]
        return user.partner_id if user and not user._is_public() else self.partner_id

    # Integrity

    def _integrity_errors(self):
        """Return a sentence for each archived document whose bytes are not those that were recorded."""
        errors = []
        for document in self.sudo().document_ids:  # sudo: the check is the same whoever asks for it
            if not document.intact:
                errors.append(
                    self.env._(
                        "%(contract)s: %(file)s does not have the SHA-256 that was recorded.",
                        contract=document.contract_id.name,
                        file=document.name,
                    )
                )
        return errors

    def _check_issued_intact(self):
        self.ensure_one()
        if not self.issued_id.intact:
            raise ContractImmutableError("\n".join(self._integrity_errors()))

    def action_check_integrity(self):
        """Compare the archived documents with their recorded hashes and say the result."""
        self.check_access("read")
        errors = self._integrity_errors()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if errors else "success",
                "sticky": bool(errors),
                "message": "\n".join(errors) or self.env._("All archived documents are as they were recorded."),
            },
        }

    def _signed_on_text(self, side):
        """Return when ``side`` signed, in the company's own time, which is named: who signs may be anywhere."""
        self.ensure_one()
        company = self.company_id
        pattern = "yyyy年M月d日 HH:mm:ss" if self.language == "zh_CN" else "d MMMM yyyy HH:mm:ss"
        moment = company._paper_moment(self[f"{side}_signed_on"], self.language, pattern)
        return f"{moment} ({company._paper_zone()})"

    @api.model
    def _signature_kind_names(self):
        return dict(self._fields["customer_signature_kind"]._description_selection(self.env))
