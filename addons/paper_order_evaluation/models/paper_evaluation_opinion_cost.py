from odoo import models


class PaperEvaluationOpinion(models.Model):
    """The figures of cost and profit, for their reader (R3.3.5)."""

    _inherit = "paper.evaluation.opinion"

    def _headline_cost(self, facts):
        if not all(row["cost"] for row in facts["rows"]):
            return self.env._("No cost known")
        if facts["margin_percent"] is None:
            return self.env._("No price")
        return self.env._(
            "Margin %(percent)s (%(margin)s); the lowest allowed is %(lowest)s",
            percent=f"{self._shown(facts['margin_percent'])} %",
            margin=self._shown_money(facts["margin"]),
            lowest=f"{self._shown(facts['lowest'])} %",
        )

    def _table_cost(self, facts):
        _ = self.env._
        titles = (_("Product"), _("Price"), _("Expected Cost"), _("Margin (%)"), _("Cost from"))
        return titles, [
            (
                row["product"],
                self._shown_money(row["revenue"]),
                self._shown_money(row["cost"]),
                self._shown(row["margin_percent"]),
                _("Bill of materials") if row["by_bom"] else _("Standard cost, no bill of materials"),
            )
            for row in facts["rows"]
        ]
