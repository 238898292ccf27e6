import base64
import binascii

from odoo import api, fields, models
from odoo.addons.paper_base.exceptions import PaperError
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.locking import lock_or_tell
from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools.mimetypes import guess_mimetype

from ...exceptions import (
    ContractStateError,
    SignatureDataError,
    SignatureTokenError,
)
from ..archive.paper_contract_document import SCAN_TYPES
from ..draft.paper_contract import MANAGEMENT

# How a side may have signed. What was signed with a certificate stays so, whether or not such a PDF can be taken in now.
KINDS = [
    ("electronic", "Ordinary Electronic Signature"),
    ("paper", "Sealed Paper"),
    ("certified", "Digital Signature with a CA's Certificate"),
]


class PaperContract(models.Model):
    """A contract is signed by both sides, under the same PDF: on the screen, on sealed paper, with a certificate; then it
    is in force. The fourth way into force is performance that was accepted (Civil Code, article 490).
    """

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
    signed_id = fields.Many2one(
        "paper.contract.document", string="Signed Copy", groups="base.group_user", by_steps=True
    )
    signed_attachment_id = fields.Many2one(
        related="signed_id.attachment_id", string="Signed PDF", groups="base.group_user"
    )
    signature_ids = fields.One2many(
        "paper.contract.signature", "contract_id", string="Signatures", groups="base.group_user", by_steps=True
    )
    performance_on = fields.Datetime(string="Performance Recorded on", by_steps=True)
    performance_by_id = fields.Many2one(
        "res.users", string="Performance Recorded by", groups="base.group_user", by_steps=True
    )
    performance_reason = fields.Text(
        string="Performance Accepted", groups="base.group_user", by_steps=True, help="See article 490."
    )
    waits_for_second = fields.Boolean(compute="_compute_waits_for_second", groups="base.group_user")

    @api.depends("customer_signed_on", "company_signed_on", "parent_id")
    def _compute_can_steps(self):
        return super()._compute_can_steps()

    def _act_objection(self, verb):
        signed = {"sign_company": self.company_signed_on, "renew_link": self.customer_signed_on}
        if signed.get(verb):
            return self.env._("“%(contract)s” is signed for this side already.", contract=self.name)
        if verb == "supplement" and self.parent_id:
            return self.env._("“%(contract)s” is a supplement itself: draft the next one to its contract.", contract=self.name)
        return super()._act_objection(verb)

    # The customer

    def _may_sign(self, token, user):
        """Say whether the contract may be signed for its customer now, by the bearer of ``token`` or by the login ``user``.

        :param token: what a client sent as token to sign, of whatever type
        """
        self.ensure_one()
        contract = self.sudo()  # sudo: the question is asked for the bearer of the token
        # A link is for whoever holds it; a login of the customer without the right signs with no link either.
        if contract.state != "sent" or not user._paper_may("orders"):
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

    # Drafting

    @api.depends("signature_ids.state")
    def _compute_waits_for_second(self):
        for contract in self:
            contract.waits_for_second = any(item.state == "recorded" for item in contract.signature_ids)

    # The evidence of every signature

    def _keep_evidence(self, recorded, values):
        """Keep the evidence of a signature that counts from now, of a sealed paper in the record that waited for it."""
        if recorded:
            recorded._take_step("effective", **values)
        else:
            self.signature_ids._by_step().create({**values, "state": "effective"})

    def _prepare_drawing(self, signer_title, drawing):
        """Return what a signature on the screen tells beside its image."""
        known = [key for key, _name in self.env["paper.contract.signature"]._fields["drawing"].selection]
        return {"signer_title": said(signer_title) or False, "drawing": drawing if drawing in known else False}

    def _prepare_signature(self, side, signer_name, kind, values, evidence):
        """Return the values of the evidence of a signature that counts from now."""
        return {
            "contract_id": self.id,
            "side": side,
            "kind": kind,
            "signer_name": signer_name,
            "signed_on": fields.Datetime.now(),
            "ip": values.get(f"{side}_signed_ip") or (request and request.httprequest.remote_addr) or False,
            "user_id": values.get(f"{side}_signed_user_id"),
            "sha256": self.pdf_sha256,
            **(evidence or {}),
        }

    def _signer_title(self, side):
        """Return what the person who signed for ``side`` is there; '' if unknown or nobody has."""
        self.ensure_one()
        given = self.signature_ids.filtered(lambda item: item.side == side and item.state == "effective")
        return given.signer_title or ""

    # Uploaded files

    def _read_file(self, content):
        """Return bytes and type of an uploaded file, refusing what is neither a PDF nor a picture."""
        raw = base64.b64decode(content or b"")
        mimetype = guess_mimetype(raw, default="")
        if not raw or mimetype not in SCAN_TYPES:
            raise SignatureDataError(self.env._("Upload a PDF, or a picture of type PNG or JPEG."))
        return raw, mimetype

    def action_record_performance(self, reason=None, evidence=None):
        """Put a contract in force by performance: one side has performed its main duty and the other accepted it before
        both had signed (Civil Code, article 490). By the management, with a reason and its evidence.

        :param reason: what was performed, and how it was accepted
        :param evidence: PDF or picture, in base64: a delivery note, a receipt
        """
        self._check_act("record_performance")
        self.ensure_one()
        if reason is None and evidence is None:
            return self.env["paper.contract.evidence"]._open(self, "performance")
        if not said(reason):
            raise SignatureDataError(self.env._("Say what was performed and how it was accepted."))
        lock_or_tell(self)
        self._check_terms()
        self._check_blanks()
        self._check_opinions()
        self._check_issued_intact()
        raw, mimetype = self._read_file(evidence)
        name = f"{self.name}-performance.{SCAN_TYPES[mimetype]}"
        self.env["paper.contract.document"]._archive(self, "evidence", name, raw, mimetype)
        self._set(
            {
                "performance_on": fields.Datetime.now(),
                "performance_by_id": self.env.uid,
                "performance_reason": said(reason),
            }
        )
        self._log(self.env._("Performance accepted (Civil Code, article 490): %(reason)s", reason=said(reason)))
        return self._take_step("in_force")

    def _prepare_in_force_values(self):
        # The database guards what is in force: what was written before has to be there before.
        self.env.flush_all()
        return {"signed_id": self._print("signed").id}

    def _action_in_force(self):
        """Confirm the order of a contract that both sides have signed: lock the specifications, tell the customer, hand
        out the copies (R4.1.3 to R4.2.2). Override to do more.
        """
        for contract in self:
            contract._link_revoke("sign")
            # sudo: the last signature confirms, whoever gives it; a customer has no right to orders
            order = contract.sudo().order_id
            contract._take_effect(order)
            contract._distribute()
            contract._log(self.env._("In force. %(order)s is confirmed.", order=order.name))

    def _take_effect(self, order):
        """Lock what was agreed and confirm the order; a supplement changes the one that is confirmed."""
        self.ensure_one()
        if self.parent_id:
            self._apply_supplement(order)
            return
        order.order_line.paper_spec_id._lock()
        if order.state != "sale":
            order._validate_order()
