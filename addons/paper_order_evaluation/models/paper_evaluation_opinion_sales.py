from odoo import models


class PaperEvaluationOpinion(models.Model):
    """The figures of the demand, for their reader: weight, price per tonne, days to delivery (R3.3.1)."""

    _inherit = "paper.evaluation.opinion"

    def _headline_sales(self, facts):
        if facts["days"] is None:
            return self.env._("No delivery date")
        if "price_per_tonne" not in facts:
            return self.env._(
                "%(tonnes)s t, %(days)s days to delivery", tonnes=self._shown(facts["weight_kg"] / 1000, 3), days=facts["days"]
            )
        return self.env._(
            "%(tonnes)s t, %(price)s per tonne, %(days)s days to delivery",
            tonnes=self._shown(facts["weight_kg"] / 1000, 3),
            price=self._shown_money(facts["price_per_tonne"]),
            days=facts["days"],
        )

    def _table_sales(self, facts):
        _ = self.env._
        if "amount" not in facts:
            return (_("Weight (kg)"),), [(self._shown(facts["weight_kg"], 0),)]
        return (_("Weight (kg)"), _("Amount"), _("Price per Tonne")), [
            (
                self._shown(facts["weight_kg"], 0),
                self._shown_money(facts["amount"]),
                self._shown_money(facts["price_per_tonne"]),
            )
        ]
