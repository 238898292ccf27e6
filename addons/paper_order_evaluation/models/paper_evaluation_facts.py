from odoo import models

from ..lib.panel import DIMENSIONS


class PaperEvaluation(models.Model):
    """The figures that each department finds with an order, taken when it is submitted."""

    _inherit = "paper.evaluation"

    def _take_evidence(self, dimensions=DIMENSIONS):
        """Keep the figures of today with the opinions that are still owed.

        :param dimensions: which opinions take them
        """
        # sudo: whoever submits an order need not read routings, stock, suppliers and costs
        evaluations = self.sudo()
        facts = {name: getattr(evaluations, f"_facts_{name}")() for name in dimensions}
        for opinion in evaluations.opinion_ids:
            if opinion.state == "pending" and opinion.dimension in facts:
                found = facts[opinion.dimension][opinion.evaluation_id]
                proposal = found.pop("proposal", False)
                field = "cost_evidence" if opinion.dimension == "cost" else "evidence"
                opinion.write({field: found, "proposal": proposal})

    def _paper_lines(self):
        self.ensure_one()
        return self.order_id.order_line.filtered("is_paper")

    def _facts_sales(self):
        """Return the demand: weight in kg, amount and price per tonne in company currency, days to delivery."""
        result = {}
        for evaluation in self:
            weight = evaluation.order_id.paper_weight_kg
            amount = sum(evaluation._company_amount(line) for line in evaluation._paper_lines())
            days = None
            if evaluation.commitment_date:
                days = (evaluation.commitment_date.date() - evaluation.company_id._paper_today()).days
            result[evaluation] = {
                "proposal": "yes" if days is not None and days > 0 else "no",
                "weight_kg": weight,
                "amount": amount,
                "price_per_tonne": amount / weight * 1000 if weight else None,
                "days": days,
            }
        return result

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

    def _company_amount(self, line):
        """Return what the line brings in without tax, in company currency."""
        company = line.company_id
        date = line.order_id.date_order or company._paper_today()
        return line.currency_id._convert(line.price_subtotal, company.currency_id, company, date)
