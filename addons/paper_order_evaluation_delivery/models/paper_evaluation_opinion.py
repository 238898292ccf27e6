from odoo import models


class PaperEvaluationOpinion(models.Model):
    """The carriers on the cost sheet (R3.3.5)."""

    _inherit = "paper.evaluation.opinion"

    def _cost_notes(self, facts):
        notes = super()._cost_notes(facts)
        freight = facts.get("freight") or {}
        if freight.get("carrier_unknown"):
            notes.append(
                self.env._(
                    "%(carrier)s, chosen on the order, tells no price for it: the freight is the rate per tonne.",
                    carrier=freight["carrier_unknown"],
                )
            )
        return notes

    def _sections_cost(self, facts):
        sections = super()._sections_cost(facts)
        if (facts.get("freight") or {}).get("by") == "carrier":
            sections.append(self._evidence_section(self.env._("Freight by Carrier"), *self._table_freight(facts["freight"])))
        return sections

    def _table_freight(self, freight):
        _ = self.env._
        taken = _("Chosen on the order") if freight["chosen"] else _("Cheapest, taken")
        rows = [(freight["carrier"], self._money(freight["price"], "fw-bold"), taken)]
        rows += [(name, self._money(price), "") for name, price in freight["others"]]
        if freight["billed"]:
            rows.append((_("Billed to the customer"), self._money(-freight["billed"]), _("Taken off")))
        return (_("Carrier"), *self._heads(_("Amount")), ""), rows
