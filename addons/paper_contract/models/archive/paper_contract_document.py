import hashlib

from odoo import api, fields, models

from ...triggers import set_trigger

# What may be uploaded as the picture of a paper, and how its file is called.
SCAN_TYPES = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


class PaperContractDocument(models.Model):
    """A paper of a contract as it was at one moment: the version that was sent to be signed, the signed
    copy, the scan of a sealed original. Made by the contract's steps, kept with the SHA-256 of its bytes,
    never changed, never removed.
    """

    _name = "paper.contract.document"
    _description = "Archived Contract Document"
    _inherit = ["paper.contract.part"]
    _order = "contract_id, id"

    _all_by_steps = True
    _kept = True

    contract_id = fields.Many2one("paper.contract", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("issued", "Sent to be Signed"),
            ("signed", "Signed Copy"),
            ("scan", "Sealed Paper, Scanned"),
            ("certified", "Signed with a CA's Certificate"),
            ("evidence", "Evidence of Performance"),
        ],
        required=True,
    )
    version = fields.Integer()
    attachment_id = fields.Many2one("ir.attachment", required=True, ondelete="restrict", index=True)
    name = fields.Char(related="attachment_id.name")
    file = fields.Binary(related="attachment_id.datas", string="File")
    sha256 = fields.Char(string="SHA-256", required=True)
    intact = fields.Boolean(compute="_compute_intact", help="The file still has the SHA-256 that was recorded.")

    def _compute_intact(self):
        for document in self:
            document.intact = document._current_hash() == document.sha256

    def _current_hash(self):
        self.ensure_one()
        # sudo: the check reads the stored bytes for whoever may see the contract
        stored = self.sudo().attachment_id.with_context(bin_size=False)  # a form asks for sizes instead of bytes
        return hashlib.sha256(stored.raw or b"").hexdigest()

    @api.model
    def _archive(self, contract, kind, name, raw, mimetype="application/pdf"):
        """Keep ``raw`` as a document of the contract and return it. Override to do more."""
        # sudo: the archive is written by the contract's steps only, whoever takes them
        attachment = self.env["ir.attachment"].sudo().create(
            {"name": name, "raw": raw, "mimetype": mimetype, "res_model": contract._name, "res_id": contract.id}
        )
        return self.sudo()._by_step().create(
            {
                "contract_id": contract.id,
                "kind": kind,
                "version": contract.version,
                "attachment_id": attachment.id,
                "sha256": hashlib.sha256(raw).hexdigest(),
            }
        )

    def init(self):
        result = super().init()
        columns = self._settled_columns()
        set_trigger(self, "UPDATE OR DELETE", "paper_contract_refuse", columns=columns)
        return result
