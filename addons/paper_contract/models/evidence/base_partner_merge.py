from odoo import api, models

# What names contacts, and the way from there to the contract that settles it.
PARTS = {"paper.contract": "", "paper.contract.change": "contract_id", "paper.contract.instalment": "contract_id"}


class BasePartnerMergeAutomaticWizard(models.TransientModel):
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
