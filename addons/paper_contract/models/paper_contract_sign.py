import binascii

from odoo import api, fields, models
from odoo.addons.paper_base.exceptions import PaperError
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.locking import lock_or_tell
from odoo.exceptions import UserError
from odoo.tools.image import image_data_uri

from ..exceptions import (
    ContractImmutableError,
    ContractOutdatedError,
    ContractStateError,
    SignatureDataError,
    SignatureTokenError,
)
from .paper_contract import MANAGEMENT

KINDS = [
    ("electronic", "Ordinary Electronic Signature"),
    ("paper", "Sealed Paper"),
    ("certified", "Digital Signature with a CA's Certificate"),
]


class PaperContract(models.Model):
    _inherit = "paper.contract"

    # A drawn signature with a hash is an electronic signature in the sense of article 13(4) of the Electronic
    # Signature Law at most; it is nowhere called a reliable one.
    customer_signed_by = fields.Char(string="Signed for the Customer by", by_steps=True)
    customer_signed_on = fields.Datetime(string="Customer Signed on", by_steps=True)
    customer_signature = fields.Image(
        string="Customer's Signature", max_width=1024, max_height=1024, by_steps=True
    )
    customer_signed_ip = fields.Char(string="Signed from", groups="base.group_user", by_steps=True)
    customer_signed_user_id = fields.Many2one(
        "res.users", string="Customer's Login", groups="base.group_user", by_steps=True
    )
    customer_signature_kind = fields.Selection(KINDS, string="Customer's Signature is", by_steps=True)
    company_signed_by = fields.Char(string="Signed for the Company by", by_steps=True)
    company_signed_on = fields.Datetime(string="Company Signed on", by_steps=True)
    company_signature = fields.Image(
        string="Company's Signature", max_width=1024, max_height=1024, by_steps=True
    )
    company_signed_user_id = fields.Many2one(
        "res.users", string="Company's Login", groups="base.group_user", by_steps=True
    )
    company_signature_kind = fields.Selection(KINDS, string="Company's Signature is", by_steps=True)
    document_ids = fields.One2many(
        "paper.contract.document", "contract_id", string="Archive", groups="base.group_user", by_steps=True
    )
    issued_id = fields.Many2one(
        "paper.contract.document", string="To be Signed", groups="base.group_user", by_steps=True
    )
    signed_id = fields.Many2one(
        "paper.contract.document", string="Signed Copy", groups="base.group_user", by_steps=True
    )
    pdf_attachment_id = fields.Many2one(related="issued_id.attachment_id", string="PDF", groups="base.group_user")
    pdf_sha256 = fields.Char(related="issued_id.sha256", string="SHA-256 of the PDF", groups="base.group_user")
    signed_attachment_id = fields.Many2one(
        related="signed_id.attachment_id", string="Signed PDF", groups="base.group_user"
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

    @api.depends("customer_signed_on", "company_signed_on", "parent_id")
    def _compute_can_steps(self):
        return super()._compute_can_steps()

    def _act_objection(self, verb):
        signed = {"sign_company": self.company_signed_on, "renew_link": self.customer_signed_on}
        if signed.get(verb):
            return self.env._("“%(contract)s” is signed for this side already.", contract=self.name)
        return super()._act_objection(verb)

    def action_renew_sign_link(self):
        """Send new links to read and to sign; the old ones are void."""
        self._check_act("renew_link")
        for contract in self:
            contract._send_sign_link()
        return True

    # The customer

    def _may_sign(self, token, user):
        """Say whether the contract may be signed for its customer now, by the bearer of ``token`` or by the login ``user``.

        :param token: what a client sent as token to sign, of whatever type
        """
        self.ensure_one()
        contract = self.sudo()  # sudo: the question is asked for the bearer of the token
        if contract.state != "sent":
            return False
        if contract._link_opens("sign", token):
            return True
        # A login of the customer signs without the token, as long as the link of the letter is valid.
        own = user.partner_id.commercial_partner_id == contract.partner_id.commercial_partner_id
        return bool(own and user._is_portal() and contract._link_of("sign"))

    def _sign_customer(self, token, sha256, signer_name, signature, ip, user, signer_title=None, drawing=None):
        """Record the customer's signature under the PDF that they were shown.

        :param token: token of the link to sign; valid once, until it expires. None for a login of the customer
        :param sha256: hash of the PDF that the page showed
        :param signer_name: who signs for the customer
        :param signature: drawn signature, an image in base64
        :param ip: address that the signature came from
        :param user: ``res.users`` who was logged in
        :param signer_title: what the signer is at the customer's
        :param drawing: ``drawn``, ``typed`` or ``loaded``
        :raises SignatureTokenError: if nobody may sign by token or login, or another version was shown
        """
        self.ensure_one()
        lock_or_tell(self)
        if not self._may_sign(token, user):
            raise SignatureTokenError(
                self.env._("This link to sign is not valid any more. Ask your salesperson for a new one.")
            )
        if not sha256 or sha256 != self.sudo().pdf_sha256:  # sudo: see _may_sign
            raise SignatureTokenError(self.env._("The contract was changed meanwhile. Please read it again."))
        self._link_use("sign", token)
        self._link_revoke("sign")
        self._sign(
            "customer",
            signer_name,
            signature,
            {"customer_signed_ip": ip, "customer_signed_user_id": user.id},
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
        self._check_act("sign_company")
        if not signer_name:
            self.ensure_one()
            return self.env["paper.contract.sign"]._open(self)
        for contract in self:
            lock_or_tell(contract)
            contract._sign(
                "company",
                signer_name,
                signature,
                {"company_signed_user_id": self.env.uid},
                evidence=self._prepare_drawing(signer_title, drawing),
            )
        return True

    # Both

    def _sign(self, side, signer_name, signature, values, kind="electronic", evidence=None):
        """Record the signature of ``side``, customer or company, with its evidence; the second one puts the contract in
        force.
        """
        self.ensure_one()
        self._check_in_time()
        self._check_state("sent")
        contract = self.sudo()  # sudo: customer and management sign what only the steps write
        recorded = contract.signature_ids.filtered(lambda item: item.side == side and item.state == "recorded")
        if recorded and kind != "paper":
            raise ContractStateError(
                self.env._("A sealed paper of this side is recorded already. See it or refuse it first.")
            )
        if contract[f"{side}_signed_on"]:
            raise ContractStateError(self.env._("“%(contract)s” is signed for this side already.", contract=self.name))
        name = said(signer_name)
        if not name or (kind == "electronic" and not signature):
            raise SignatureDataError(self.env._("A signature needs the name of who signs, and the signature itself."))
        contract._check_terms()
        contract._check_blanks()
        contract._check_opinions()
        contract._check_issued_intact()
        # The evidence stands before the step, which may put the contract in force and fixes everything then.
        contract._keep_evidence(recorded, contract._prepare_signature(side, name, kind, values, evidence))
        try:
            contract._by_step().write(
                {
                    f"{side}_signed_by": name,
                    f"{side}_signed_on": fields.Datetime.now(),
                    f"{side}_signature": signature or False,
                    f"{side}_signature_kind": kind,
                    **values,
                }
            )
            contract.flush_recordset()
            if kind == "electronic" and not contract[f"{side}_signature"]:
                raise ValueError("an image of no bytes")
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
            contract._take_step("in_force")
        elif side == "customer":
            contract._tell(
                MANAGEMENT, lambda rec: rec.env._("Sign contract %(contract)s for the company", contract=rec.name)
            )

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
        self._check_act("check_integrity")
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
        # sudo: the print is the same whoever takes the step
        sealed = self.sudo().signature_ids.filtered(lambda item: item.side == side and item.state == "effective")
        if sealed.kind == "paper" and sealed.paper_date:
            # What stands on the paper, not when somebody saw it.
            return self._date_text(sealed.paper_date)
        pattern = "yyyy年M月d日 HH:mm:ss" if self.language == "zh_CN" else "d MMMM yyyy HH:mm:ss"
        moment = company._paper_moment(self[f"{side}_signed_on"], self.language, pattern)
        return f"{moment} ({company._paper_zone()})"

    @api.model
    def _signature_kind_names(self):
        return dict(self._fields["customer_signature_kind"]._description_selection(self.env))
