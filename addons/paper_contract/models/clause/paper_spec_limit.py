from odoo import models


class PaperSpecLimit(models.Model):
    _inherit = "paper.spec.limit"

    def _contract_text(self):
        """Return a limit as a contract writes it, for example “moisture 5.0–8.0 %”."""
        self.ensure_one()
        low = f"{self.minimum:g}" if self.has_minimum else ""
        high = f"{self.maximum:g}" if self.has_maximum else ""
        figure = f"{low}–{high}" if low and high else f"≥ {low}" if low else f"≤ {high}" if high else ""
        if not figure and self.target:
            figure = f"{self.target:g}"
        return " ".join(filter(None, (self.name, figure, self.unit if figure else "")))
