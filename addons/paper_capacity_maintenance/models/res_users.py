from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _paper_landings(self):
        return [
            *super()._paper_landings(),
            self._paper_landing_of("equipment", "maintenance.hr_equipment_request_action", ["active"]),
        ]
