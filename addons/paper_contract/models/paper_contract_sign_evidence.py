import base64

from odoo import api, fields, models
from odoo.http import request
from odoo.tools.mimetypes import guess_mimetype

from ..exceptions import ContractStateError, SignatureDataError
from .paper_contract_document import SCAN_TYPES


class PaperContract(models.Model):
    """The three ways to sign beside each other: sealed paper, a signature on the screen, a PDF with a certificate;
    and the fourth way into force, performance that was accepted (Civil Code, article 490).
    """

    _inherit = "paper.contract"

    signature_ids = fields.One2many(
        "paper.contract.signature", "contract_id", string="Signatures", readonly=True, groups="base.group_user"
    )
    performance_on = fields.Datetime(string="Performance Recorded on", readonly=True, copy=False)
    performance_by_id = fields.Many2one(
        "res.users", string="Performance Recorded by", readonly=True, copy=False, groups="base.group_user"
    )
    performance_reason = fields.Text(
        string="Performance Accepted", readonly=True, copy=False, groups="base.group_user", help="See article 490."
    )
    waits_for_second = fields.Boolean(compute="_compute_waits_for_second", groups="base.group_user")

    @api.depends("signature_ids.state")
    def _compute_waits_for_second(self):
        for contract in self:
            contract.waits_for_second = any(item.state == "recorded" for item in contract.signature_ids)

    # The evidence of every signature

    def _sign(self, side, signer_name, signature, values, kind="electronic", evidence=None):
        # The record stands before the step, which may put the contract in force and fixes everything then.
        self.ensure_one()
        contract = self.sudo()  # sudo: the step writes its evidence, whoever takes it
        contract._check_state("sent")
        recorded = contract.signature_ids.filtered(lambda item: item.side == side and item.state == "recorded")
        if recorded and kind != "paper":
            raise ContractStateError(
                self.env._("A sealed paper of this side is recorded already. See it or refuse it first.")
            )
        if (signer_name or "").strip() and not contract[f"{side}_signed_on"]:
            values_of = contract._prepare_signature(side, signer_name.strip(), kind, values, evidence)
            if recorded:
                recorded.write(values_of)
            else:
                contract.signature_ids.create(values_of)
        return super()._sign(side, signer_name, signature, values, kind)

    def _prepare_drawing(self, signer_title, drawing):
        """Return what a signature on the screen tells beside its image."""
        known = dict(self.env["paper.contract.signature"]._fields["drawing"].selection)
        return {"signer_title": (signer_title or "").strip() or False, "drawing": drawing if drawing in known else False}

    def _prepare_signature(self, side, signer_name, kind, values, evidence):
        """Return the values of the evidence of a signature that counts from now."""
        return {
            "contract_id": self.id,
            "side": side,
            "kind": kind,
            "state": "effective",
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

    def _return_to_draft(self):
        # sudo: a sealed paper of another version is worth nothing, whoever takes the contract back
        recorded = self.sudo().signature_ids.filtered(lambda item: item.state == "recorded")
        recorded.write({"state": "refused", "refused_reason": self.env._("The contract was taken back to draft.")})
        return super()._return_to_draft()

    # Uploaded files

    def _read_file(self, content):
        """Return bytes and type of an uploaded file, refusing what is neither a PDF nor a picture."""
        raw = base64.b64decode(content or b"")
        mimetype = guess_mimetype(raw, default="")
        if not raw or mimetype not in SCAN_TYPES:
            raise SignatureDataError(self.env._("Upload a PDF, or a picture of type PNG or JPEG."))
        return raw, mimetype
