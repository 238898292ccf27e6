from odoo import api, fields, models


class PaperContractEvidence(models.TransientModel):
    """Takes in what comes on paper or as a file: a sealed paper, the evidence of performance. The contract's own steps check
    who may and whether the file is good.
    """

    _name = "paper.contract.evidence"
    _description = "Evidence of a Signature"

    contract_id = fields.Many2one("paper.contract", required=True, readonly=True)
    kind = fields.Selection(
        [("paper", "Sealed Paper"), ("performance", "Performance Accepted")], required=True, readonly=True
    )
    side = fields.Selection([("customer", "Customer"), ("company", "Company")], default="customer")
    signer_name = fields.Char()
    signer_title = fields.Char(string="Title")
    paper_date = fields.Date(string="Date on the Paper")
    file = fields.Binary(required=True)
    file_name = fields.Char()
    reason = fields.Text()

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
        self._apply(self.with_context(bin_size=False).file)
        return {"type": "ir.actions.act_window_close"}

    def _apply(self, content):
        """Take the step of this kind of evidence. Override for another kind.

        :param content: the file, in base64
        """
        contract = self.contract_id
        if self.kind == "paper":
            contract.action_record_paper_signature(
                self.side, self.signer_name or "", content, self.paper_date, self.signer_title
            )
        else:
            contract.action_record_performance(self.reason or "", content)
