from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _priced_papers(self, attachments):
        # sudo: the rule is the same whatever the author may read
        documents = self.sudo().contract_ids.document_ids
        checksums = set(documents.attachment_id.mapped("checksum"))
        signed = attachments.filtered(lambda item: item.mimetype == "application/pdf" and item.checksum in checksums)
        return super()._priced_papers(attachments) | signed
