from odoo import api, models

from ..exceptions import ContractImmutableError

CONTENT = {"raw", "datas", "db_datas", "store_fname", "checksum", "mimetype", "type", "url", "name"}
PLACE = {"res_model", "res_id", "res_field", "company_id", "public"}


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        keys = (CONTENT | PLACE) & vals.keys()
        if keys:
            for attachment in self._archived_contracts():
                # Moving the bytes to another store writes them as they are, which changes nothing.
                if any(attachment[key] != vals[key] for key in keys):
                    self._refuse_contract_change(attachment)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_archived_contract(self):
        for attachment in self._archived_contracts():
            self._refuse_contract_change(attachment)

    def _archived_contracts(self):
        """Return those of the attachments that are documents of a contract."""
        # sudo: the rule is the same whatever the user may read
        candidates = self.sudo().filtered(lambda att: att.res_model == "paper.contract" and not att.res_field)
        if not candidates:
            return candidates
        documents = self.env["paper.contract.document"].sudo().search([("attachment_id", "in", candidates.ids)])
        return documents.attachment_id

    def _refuse_contract_change(self, attachment):
        raise ContractImmutableError(
            self.env._("“%(file)s” is an archived contract document and stays as it is.", file=attachment.name)
        )
