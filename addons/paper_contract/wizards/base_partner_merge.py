from odoo import api, models


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Contacts of an order in force may become one: what was signed keeps the address as text."""

    _inherit = "base.partner.merge.automatic.wizard"

    def _update_foreign_keys(self, src_partners, dst_partner):
        # What was signed keeps the address as text, so the contacts of an order in force may move; see the guards.
        self.env.flush_all()
        self._let_contacts_move("on")
        result = super()._update_foreign_keys(src_partners, dst_partner)
        self._let_contacts_move("off")
        return result

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        result = super()._merge(partner_ids, dst_partner=dst_partner, extra_checks=extra_checks)
        self.env["res.partner"].browse(partner_ids).exists()._contracts_with_place()._tell_moved()
        return result

    @api.model
    def _let_contacts_move(self, value):
        self.env.cr.execute("SELECT set_config('paper_contract.contacts_merged', %s, true)", [value])
