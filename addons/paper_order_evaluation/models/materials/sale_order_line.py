from odoo import fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _material_ready_dates(self):
        """Tell when the materials of each line under evaluation are there, by stock, receipts and suppliers of today.

        Orders that were submitted before come first; lines that are not under evaluation are left out.

        :return: ``{line: (date or None where nobody knows, reason in the reader's language)}``
        """
        # sudo: whoever evaluates an order need not read stock, purchases and suppliers
        lines = self.sudo().filtered("is_paper")
        evaluations = self.env["paper.evaluation"].union(*(order._current_evaluation() for order in lines.order_id))
        if not evaluations:
            return {}
        netted = evaluations._net_orders()
        offers = evaluations._find_offers({rec: rec._merge_needs(netted["nets"]) for rec in evaluations})
        dates = {}
        for evaluation in evaluations:
            for line in evaluation._paper_lines() & lines:
                row = evaluation._line_ready(line, netted["nets"][line], offers[evaluation.company_id])
                dates[line] = (fields.Date.to_date(row["ready"]), line._material_reason(row))
        return {line: dates[line] for line in self if line in dates}

    def _material_reason(self, row):
        """Return why the materials of a line are there on their day, in one sentence of the reader's language."""
        _ = self.env._
        texts = {
            "stock": _("All materials are in stock"),
            "receipt": _("%(material)s comes in on %(date)s"),
            "purchase": _("%(material)s can be bought by %(date)s"),
            "unknown": _("%(material)s is short and nobody is known to supply it"),
            "no_bom": _("%(product)s has no bill of materials"),
        }
        date = self.company_id._paper_date(row["ready"])
        return texts[row["by"]] % {"material": row["material"], "product": row["product"], "date": date}
