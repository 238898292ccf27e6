from odoo import api, fields, models


class PaperContractSign(models.TransientModel):
    """Asks the person who signs for the company for name and signature."""

    _name = "paper.contract.sign"
    _description = "Sign a Contract for the Company"

    contract_id = fields.Many2one("paper.contract", required=True, readonly=True)
    signer_name = fields.Char(required=True, default=lambda self: self.env.user.name)
    signer_title = fields.Char(string="Title")
    signature = fields.Binary(required=True)

    @api.model
    def _open(self, contract):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sign for the Company"),
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_contract_id": contract.id},
        }

    def action_sign(self):
        """Sign the contract; the contract checks who may."""
        self.ensure_one()
        self.contract_id.action_sign_company(self.signer_name, self.signature, self.signer_title)
        return {"type": "ir.actions.act_window_close"}
