from odoo import models
from odoo.addons.paper_trim.lib.partner import fills
from odoo.fields import Domain


class PaperEvaluation(models.Model):
    """Technology learns whether a new order's width fills the trim, alone and beside the orders that wait to be cut (R3.3.4)."""

    _inherit = "paper.evaluation"

    def _facts_technical(self):
        """Add ``trim`` to each row: how the width is cut alone and with partners, mm; None where no winder is known."""
        result = super()._facts_technical()
        for company, evaluations in self.grouped("company_id").items():
            winder = self.env["paper.trim.problem"]._default_winder(company)
            web = winder and winder._paper_web()
            partners = evaluations._trim_partners(company) if web else {}
            for evaluation in evaluations:
                lines = {line._origin.id: line for line in evaluation._paper_lines()}
                for row in result[evaluation]["rows"]:
                    row["trim"] = self._trim_row(lines.get(row["line"]), winder, web, partners)
        return result

    def _trim_partners(self, company):
        """Return ``{(product, basis weight): {width: names of orders}}`` of the paper that waits to be cut."""
        products = self._asked_orders().order_line.filtered("is_paper").product_id
        # sudo: technology learns of widths that wait, not of the orders
        waiting = (
            self.env["mrp.production"]
            .sudo()
            .search(
                Domain("company_id", "=", company.id)
                & Domain("product_id", "in", products.ids)
                & Domain("state", "in", ("confirmed", "progress"))
                & Domain("paper_spec_id", "!=", False)
            )
        )
        own = self._asked_orders()
        found = {}
        for production in waiting:
            order = production.sale_line_id.order_id
            if order in own or production.paper_trim_problem_id:
                continue
            widths = found.setdefault((production.product_id.id, production.paper_spec_id.basis_weight), {})
            widths.setdefault(production.paper_spec_id.width, []).append(order.name or production.name)
        return found

    def _trim_row(self, line, winder, web, partners):
        spec = line and line.paper_spec_id
        if not spec or not spec.width or not web:
            return None
        limits = winder._paper_winder(web)
        waiting = partners.get((line.product_id.id, spec.basis_weight), {})
        found = fills(spec.width, list(waiting), limits.trim_mm, limits.most_pieces)
        if not found:
            return {"trim": limits.trim_mm, "alone": None, "best": None}
        alone, best = found
        return {
            "trim": limits.trim_mm,
            "alone": {"ups": alone.ups, "left": alone.left_mm},
            "best": {
                "ups": best.ups,
                "left": best.left_mm,
                "partners": [[width, ", ".join(dict.fromkeys(waiting[width][:3]))] for width in best.partners],
            },
        }
