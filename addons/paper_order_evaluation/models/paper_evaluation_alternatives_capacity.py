from odoo import models


class PaperEvaluation(models.Model):
    _inherit = "paper.evaluation"

    def _compute_alternatives(self):
        """Add the later date of the whole order, and the part that can be there by the date that was asked for."""
        alternatives = super()._compute_alternatives()
        for evaluation in self:
            opinion = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
            facts = opinion.evidence or {}
            if not facts.get("late"):
                continue
            reason = opinion._reason_text(facts["reasons"][-1]) if facts["reasons"] else ""
            if evaluation.promise_date:
                days = evaluation._line_promises()
                late = {line: day for line, day in days.items() if day > (line._paper_delivery_day() or day)}
                if len(late) == len(days) and evaluation.order_id._is_one_delivery_date():
                    late = dict.fromkeys(days, evaluation.promise_date)
                alternatives[evaluation] += evaluation._later_dates(late, opinion.headline or reason)
            for offer in facts["offers"]:
                lines = {
                    self.env["sale.order.line"].browse(part["line"]): {"quantity": part["quantity"]} for part in offer["lines"]
                }
                alternatives[evaluation].append(self._alternative("quantity", lines=lines, reason=opinion.headline or reason))
        return alternatives
