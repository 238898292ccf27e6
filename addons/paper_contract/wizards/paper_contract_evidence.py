import base64

from markupsafe import Markup
from odoo import api, fields, models


class PaperContractEvidence(models.TransientModel):
    """Takes in what comes on paper or as a file: a sealed paper, a PDF signed with a certificate, the evidence of
    performance. The contract's own steps check who may and whether the file is good.
    """

    _name = "paper.contract.evidence"
    _description = "Evidence of a Signature"

    contract_id = fields.Many2one("paper.contract", required=True, readonly=True)
    kind = fields.Selection(
        [("paper", "Sealed Paper"), ("certified", "PDF with a CA's Certificate"), ("performance", "Performance Accepted")],
        required=True,
        readonly=True,
    )
    side = fields.Selection([("customer", "Customer"), ("company", "Company")], default="customer")
    signer_name = fields.Char()
    signer_title = fields.Char(string="Title")
    paper_date = fields.Date(string="Date on the Paper")
    file = fields.Binary(required=True)
    file_name = fields.Char()
    reason = fields.Text()
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

    @api.model
    def _open(self, contract, kind):
        names = dict(self._fields["kind"]._description_selection(self.env))
        return {
            "type": "ir.actions.act_window",
            "name": names[kind],
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_contract_id": contract.id, "default_kind": kind},
        }

    def action_apply(self):
        """Take the step with what was given; the step itself checks who may take it."""
        self.ensure_one()
        contract, content = self.contract_id, self.with_context(bin_size=False).file
        if self.kind == "paper":
            contract.action_record_paper_signature(
                self.side, self.signer_name or "", content, self.paper_date, self.signer_title
            )
        elif self.kind == "certified":
            contract.action_attach_certified_pdf(self.side, self.signer_name, content, self.signer_title)
        else:
            contract.action_record_performance(self.reason or "", content)
        return {"type": "ir.actions.act_window_close"}
