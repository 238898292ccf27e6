from odoo import models

DOUBLE = 2


class QcInspection(models.Model):
    """Retests: by plan, and all kept."""

    _inherit = "qc.inspection"

    def _earlier_tries(self):
        """Return the inspection with all those of the same goods that it repeats."""
        found = step = self.sudo()  # sudo: the rule only
        while step.again_of_id and step.again_of_id not in found:
            step = step.again_of_id
            found |= step
        return found

    def _prepare_retest(self, line):
        """Return what a retest asks of a figure: twice the specimens; after rework as many as before."""
        decided = self.sudo().nonconformity_ids[:1].disposition  # sudo: the rule only
        if decided != "retest" or line.question_type != "quantitative":
            return {}
        return {"paper_specimens": DOUBLE * max(line.reading_count, line.paper_specimens, 1)}

    def _is_conceded(self):
        """Say whether the customer takes what failed as it is, and somebody let it through."""
        self.ensure_one()
        # sudo: the rule only
        return bool(self.sudo().nonconformity_ids.filtered("conceded_by_id"))
