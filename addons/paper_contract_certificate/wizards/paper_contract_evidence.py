import base64

from markupsafe import Markup
from odoo import api, fields, models


class PaperContractEvidence(models.TransientModel):
    """Takes in a PDF signed with a certificate, too, and shows what its signatures say before it counts."""

    _inherit = "paper.contract.evidence"

    kind = fields.Selection(
        selection_add=[("certified", "PDF with a CA's Certificate"), ("performance",)], ondelete={"certified": "cascade"}
    )
    found = fields.Html(compute="_compute_found", sanitize=False)

    @api.depends("file", "kind")
    def _compute_found(self):
        for wizard in self:
            wizard.found = wizard._found() if wizard.kind == "certified" and wizard.file else False

    def _found(self):
        """Return what the uploaded PDF says about its signatures, as HTML."""
        self.ensure_one()
        _ = self.env._
        content = self.with_context(bin_size=False).file
        try:
            base64.b64decode(content)
        except ValueError:
            return False
        _raw, result = self.contract_id._check_certified(content)
        texts = self.contract_id._pdf_fault_texts()
        parts = [
            Markup('<div class="alert alert-danger mb-2">%s</div>') % texts[fault] for fault in dict.fromkeys(result.all_faults)
        ]
        if not parts:
            parts = [
                Markup('<div class="alert alert-success mb-2">%s</div>')
                % _("Unaltered; every certificate comes from a certification authority that the company trusts.")
            ]
        for signature in result.signatures:
            rows = [
                (_("Signer"), signature.signer),
                (_("Issued by"), signature.issuer),
                (_("Chain"), " → ".join(signature.chain) or "—"),
                (_("Time in the Signature"), signature.signed_on or "—"),
                (_("Covers"), _("the whole file") if signature.coverage == "file" else _("its own revision")),
                (_("Algorithm"), signature.algorithm),
            ]
            cells = Markup("").join(
                Markup('<tr><td class="text-muted pe-3">%s</td><td class="text-break">%s</td></tr>') % row for row in rows
            )
            parts.append(Markup('<table class="mb-3">%s</table>') % cells)
        return Markup("").join(parts)

    def _apply(self, content):
        if self.kind != "certified":
            return super()._apply(content)
        return self.contract_id.action_attach_certified_pdf(self.side, self.signer_name, content, self.signer_title)
