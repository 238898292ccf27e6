from odoo import models

from ..lib.panel import margin_percent


class PaperEvaluation(models.Model):
    """Cost and profit: the price of each line against its expected cost by the bill of materials. Read only:
    no cost is written anywhere (R3.3.5)."""

    _inherit = "paper.evaluation"

    def _facts_cost(self):
        """Return revenue, expected cost and margin of each paper line, in company currency."""
        demands = self._explode_orders()
        return {evaluation: evaluation._cost_of(demands[evaluation]["boms"]) for evaluation in self}

    def _cost_of(self, boms):
        self.ensure_one()
        found = self._find_boms([(self, line.product_id, 0, True) for line in self._paper_lines()])
        rows = [self._cost_row(line, found[self.company_id][line.product_id], boms) for line in self._paper_lines()]
        revenue = sum(row["revenue"] for row in rows)
        cost = sum(row["cost"] for row in rows)
        percent = margin_percent(revenue, cost)
        known = all(row["cost"] for row in rows)
        return {
            "proposal": self._propose_cost(percent) if known else False,
            "rows": rows,
            "revenue": revenue,
            "cost": cost,
            "margin": revenue - cost,
            "margin_percent": percent,
            "lowest": self.company_id.paper_evaluation_min_margin,
        }

    def _propose_cost(self, percent):
        if percent is None or percent < 0:
            return "no"
        return "yes" if percent >= self.company_id.paper_evaluation_min_margin else "conditional"

    def _cost_row(self, line, bom, boms):
        """Return one line. Never ``button_bom_cost``: that one writes the standard price."""
        product = line.product_id.with_company(self.company_id)
        in_units = bom and product.uom_id._has_common_reference(bom.product_uom_id)
        unit_cost = product._compute_bom_price(bom, boms_to_recompute=boms) if in_units else product.standard_price
        revenue, cost = self._company_amount(line), unit_cost * line._product_quantity()
        return {
            "product": product.display_name,
            "revenue": revenue,
            "cost": cost,
            "margin_percent": margin_percent(revenue, cost),
            "by_bom": bool(in_units),
        }
