from odoo import api, models


class PaperContractDocument(models.Model):
    _inherit = "paper.contract.document"

    @api.model
    def _archive(self, contract, kind, name, raw, mimetype="application/pdf"):
        document = super()._archive(contract, kind, name, raw, mimetype)
        document._enter_in_register()
        return document

    def _enter_in_register(self):
        """Enter the documents in the register, in the order in which they were archived."""
        for document in self.sorted("id"):
            self.env["paper.contract.register"]._enter(document.contract_id, "document", document)
