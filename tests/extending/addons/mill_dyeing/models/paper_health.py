from odoo import api, models
from odoo.addons.paper_base.models.health.paper_health import GOOD, WARNING, Finding


class PaperHealth(models.TransientModel):
    _inherit = "paper.health"

    @api.model
    def _paper_findings(self):
        """A line of the page of the administrator, and of ``./mill doctor``."""
        waiting = self.env["sale.order"].search_count([("colour", "!=", False), ("dyed_on", "=", False)])
        line = Finding("dyeing", self.env._("Dyeing"), WARNING if waiting else GOOD, str(waiting))
        return [*super()._paper_findings(), line]
