from odoo import models


class PaperEvaluation(models.Model):
    """Technology: what the specification asks against what the machines can make (R3.3.4)."""

    _inherit = "paper.evaluation"

    def _facts_technical(self):
        """Return, for each paper line, width against deckle, contradictions and missing figures."""
        result = {}
        for evaluation in self:
            rows = [self._technical_row(line.paper_spec_id, line) for line in evaluation._paper_lines()]
            proposal = "yes"
            if any(row["contradictions"] for row in rows):
                proposal = "no"
            elif any(row["missing"] for row in rows):
                proposal = "conditional"
            result[evaluation] = {"proposal": proposal, "rows": rows}
        return result

    def _technical_row(self, spec, line):
        return {
            "spec": spec.display_name if spec else line.product_id.display_name,
            "width": spec.width if spec else 0.0,
            "deckle": spec._widest_deckle() if spec else 0.0,
            "missing": spec._missing_figures() if spec else ["paper_spec_id"],
            "contradictions": spec._contradictions() if spec else [],
        }
