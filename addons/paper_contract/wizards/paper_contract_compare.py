from odoo import api, fields, models


class PaperContractCompare(models.TransientModel):
    """Shows two versions of a contract side by side, the changed words marked."""

    _name = "paper.contract.compare"
    _description = "Compare Two Versions of a Contract"

    contract_id = fields.Many2one("paper.contract", required=True, readonly=True)
    old_id = fields.Many2one(
        "paper.contract.version", string="Old", required=True, domain="[('contract_id', '=', contract_id)]"
    )
    new_id = fields.Many2one(
        "paper.contract.version", string="New", required=True, domain="[('contract_id', '=', contract_id)]"
    )
    changed_only = fields.Boolean(string="Only what Differs", default=True)
    difference = fields.Html(compute="_compute_difference", sanitize=False)

    @api.depends("old_id", "new_id", "changed_only")
    def _compute_difference(self):
        for wizard in self:
            wizard.difference = (
                wizard.old_id._difference(wizard.new_id, wizard.changed_only) if wizard.old_id and wizard.new_id else False
            )

    @api.model
    def _open(self, contract, old, new):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Versions of %(contract)s", contract=contract.name),
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "dialog_size": "extra-large",
                "default_contract_id": contract.id,
                "default_old_id": old.id,
                "default_new_id": new.id,
            },
        }
