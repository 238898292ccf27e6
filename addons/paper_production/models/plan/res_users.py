from odoo import api, models


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.model
    def _paper_landings(self):
        return [
            *super()._paper_landings(),
            self._paper_landing_of("supervisor", "paper_production.action_paper_production_plan_to_approve", ["to_approve"]),
            *(
                self._paper_landing_of(department, "paper_production.action_paper_production_plan", ["open"])
                for department in ("planning", "supervisor")
            ),
            self._paper_landing_of("workshop", "paper_production.action_paper_productions", ["todo"]),
        ]
