from odoo import fields, models


class PaperContract(models.Model):
    _inherit = "paper.contract"

    copy_ids = fields.One2many(
        "paper.contract.copy",
        "contract_id",
        string="Copies",
        groups="paper_contract.group_contract_reader",
        by_steps=True,
    )

    def _distribute(self):
        """Hand the copies of the contract to the departments that work on it (R4.1.3)."""
        for contract in self:
            self.env["paper.contract.copy"]._distribute(contract)

    def _plain_values(self):
        """Return what the fields of PLAINLY_SAID say to who works without prices."""
        self.ensure_one()
        contract = self.sudo()  # sudo: see _fill_values
        texts = contract._change_texts(with_prices=False) if contract.parent_id else []
        return {"changes": "\n".join(f"{what}: {old} → {new}" for what, old, new in texts)}
