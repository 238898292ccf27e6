import base64
from datetime import UTC

from odoo import models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.locking import lock_or_tell

from ..exceptions import PdfSignatureError
from ..lib import pdf_signature


class PaperContract(models.Model):
    """Signature in the PDF itself, with a certificate of a certification authority."""

    _inherit = "paper.contract"

    def _signed_before(self):
        """Return the bytes that a signed PDF has to start with: the last certified one, or the PDF that was sent."""
        self.ensure_one()
        # sudo: the comparison is the same whoever uploads
        contract = self.sudo()
        certified = contract.signature_ids.filtered(lambda item: item.kind == "certified" and item.state == "effective")
        document = certified[-1:].document_id or contract.issued_id
        return document.attachment_id.raw or b""

    def _check_certified(self, content):
        """Check an uploaded PDF against the contract and the authorities that its company trusts.

        :return: bytes, and :class:`~..lib.pdf_signature.Result`
        """
        self.ensure_one()
        raw = base64.b64decode(content or b"")
        self._check_issued_intact()
        # sudo: see _signed_before
        original = self.sudo().issued_id.attachment_id.raw or b""
        result = pdf_signature.check(raw, original, self._trusted_roots())
        if not result.faults and not raw.startswith(self._signed_before()):
            result.faults.append("other_document")
        return raw, result

    def _trusted_roots(self):
        return self.env["paper.contract.trust.root"]._trusted(self.company_id)

    def _pdf_fault_texts(self):
        """Return the sentence of each fault that a signed PDF may have."""
        _ = self.env._
        return {
            "other_document": _("It is not the PDF of this contract that was sent to be signed."),
            "no_roots": _("The company trusts no certification authority yet; upload its certificate in the settings."),
            "unreadable": _("It cannot be read, or its algorithm is not known here."),
            "unsigned": _("It holds no digital signature."),
            "changed": _("Something else than signatures was added to the contract."),
            "changed_later": _("It was altered after it had been signed."),
            "not_whole": _("The last signature does not cover the whole file."),
            "broken": _("A signature does not fit the document: it was altered."),
            "self_signed": _("A certificate was issued by its own holder, not by a certification authority."),
            "untrusted": _("A certificate does not come from a certification authority that the company trusts, or is expired."),
            "no_new": _("It holds no signature beside those recorded already."),
        }

    def action_attach_certified_pdf(self, side=None, signer_name=None, file=None, signer_title=None):
        """Take the contract's PDF that a side signed with a certificate of a certification authority (R4.1.3).

        Integrity, coverage and chain are checked; nothing is fetched from the net. Without arguments, a dialog asks.

        :raises PdfSignatureError: saying what is wrong with the file
        """
        self._check_act("sign_company" if side == "company" else "record_signature")
        self.ensure_one()
        if not side:
            return self.env["paper.contract.evidence"]._open(self, "certified")
        lock_or_tell(self)
        self._check_side(side)
        raw, result = self._check_certified(file)
        # sudo: see _signed_before
        known = len(self.sudo().signature_ids.filtered(lambda item: item.kind == "certified" and item.state == "effective"))
        faults = result.all_faults or ([] if len(result.signatures) > known else ["no_new"])
        if faults:
            texts = self._pdf_fault_texts()
            raise PdfSignatureError(
                self.env._("The signed PDF is refused:\n%(faults)s",
                           faults="\n".join(texts[fault] for fault in dict.fromkeys(faults)))
            )
        document = self.env["paper.contract.document"]._archive(self, "certified", f"{self.name}-{side}-signed.pdf", raw)
        last = result.signatures[-1]
        name = said(signer_name) or last.signer
        self._sign(
            side,
            name,
            False,
            {f"{side}_signed_user_id": self.env.uid} if side == "company" else {},
            kind="certified",
            evidence={**self._prepare_certificate(last), "signer_title": signer_title, "document_id": document.id,
                      "recorded_by_id": self.env.uid, "ip": False},
        )
        return True

    def _prepare_certificate(self, signature):
        """Return what is kept of a digital signature's certificate."""

        def plain(moment):
            return moment and moment.astimezone(UTC).replace(tzinfo=None)

        return {
            "certificate_subject": signature.signer,
            "certificate_issuer": signature.issuer,
            "certificate_serial": signature.serial,
            "certificate_chain": "\n".join(signature.chain),
            "certificate_valid_to": plain(signature.valid_to),
            "certificate_signed_on": plain(signature.signed_on),
            "algorithm": signature.algorithm,
            "coverage": signature.coverage,
        }
