from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _paper_landings(self):
        return [
            *super()._paper_landings(),
            self._paper_landing_of("logistics", "paper_delivery.action_paper_dispatch_notices", ["to_plan"]),
            *(
                self._paper_landing_of(department, "paper_delivery.action_paper_deliveries", ["to_dispatch"])
                for department in ("warehouse", "logistics")
            ),
        ]
