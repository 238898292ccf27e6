from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _paper_landings(self):
        return [
            *super()._paper_landings(),
            self._paper_landing_of("quality", "paper_quality.action_paper_inspections", ["to_inspect", "to_approve"]),
            self._paper_landing_of("quality", "paper_quality.action_paper_inspections"),
        ]
