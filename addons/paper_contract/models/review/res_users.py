from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _paper_landings(self):
        return [
            self._paper_landing_of("legal", "paper_contract.action_contract_review", ["turn_legal"]),
            self._paper_landing_of("legal", "paper_contract.action_contract", ["open"]),
            self._paper_landing_of("legal", "paper_contract.action_contract"),
            *super()._paper_landings(),
        ]
