from markupsafe import Markup
from odoo import models


class PaperEvaluationOpinion(models.Model):
    _inherit = "paper.evaluation.opinion"

    def _check_cells(self, check):
        """Say where inspections are what the answer rests on."""
        cells = list(super()._check_cells(check))
        if check.get("inspected"):
            note = self.env._("%(count)s readings", count=check["inspected"])
            cells[3] = Markup('{} <small class="text-muted">({})</small>').format(cells[3], note)
        return tuple(cells)
