import base64

from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.http import request
from odoo.tools.mimetypes import guess_mimetype

from ..exceptions import SignatureDataError
from .paper_contract_document import SCAN_TYPES


class PaperContract(models.Model):
    """The three ways to sign beside each other: sealed paper, a signature on the screen, a PDF with a certificate;
    and the fourth way into force, performance that was accepted (Civil Code, article 490).
    """

    _inherit = "paper.contract"

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
