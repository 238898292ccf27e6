from odoo import api, models

# What names contacts, and the way from there to the contract that settles it.
PARTS = {"paper.contract": "", "paper.contract.change": "contract_id", "paper.contract.instalment": "contract_id"}


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    """Contacts of an order in force may become one: what was signed keeps the address as text."""

    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _paper_settled(self, partners):
        """A contract in force names its customer and its places of delivery for good (R4.1.3)."""
        settled = dict(super()._paper_settled(partners))
        for model, way in PARTS.items():
            records = self.env[model].sudo()  # sudo: what is settled counts whoever merges
            fields = [records._fields[name] for name in records._settled_columns()]
            in_force = ".".join(filter(None, (way, "in_force_on")))
            for field in fields:
                if field.comodel_name != "res.partner":
                    continue
                found = records.search([(field.name, "in", partners.ids), (in_force, "!=", False)])
                for partner, named in found.grouped(field.name).items():
                    contracts = named[way] if way else named
                    settled[partner] = settled.get(partner, contracts.browse()) | contracts
        return settled

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
