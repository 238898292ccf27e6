from odoo import models


class PaperEvaluationOpinion(models.Model):
    """The figures of materials, for their reader (R3.3.3)."""

    _inherit = "paper.evaluation.opinion"

    def _headline_materials(self, facts):
        if facts["without_bom"]:
            return self._no_bom(facts)
        short = [row for row in facts["rows"] if row["shortfall"]]
        if not short:
            return self.env._("Everything in stock (%(count)s materials)", count=len(facts["rows"]))
        worst = short[0]
        if worst["arrival"] is None:
            return self.env._(
                "%(material)s: %(quantity)s %(unit)s short, no supplier known",
                material=worst["material"],
                quantity=self._shown(worst["shortfall"]),
                unit=worst["unit"],
            )
        return self.env._(
            "%(material)s: %(quantity)s %(unit)s short, here on %(date)s at the earliest",
            material=worst["material"],
            quantity=self._shown(worst["shortfall"]),
            unit=worst["unit"],
            date=self._shown_date(worst["arrival"]),
        )

    def _table_materials(self, facts):
        _ = self.env._
        stock = (_("Material"), _("Unit"), _("Needed"), _("Free"), _("Shortfall"))
        return (*stock, _("Supplier"), _("Lead Time (days)"), _("Arrival")), [
            (
                row["material"],
                row["unit"],
                self._shown(row["needed"]),
                self._shown(row["free"]),
                self._shown(row["shortfall"]),
                row["supplier"] or "–",
                "–" if row["delay"] is None else row["delay"],
                self._shown_date(row["arrival"]),
            )
            for row in facts["rows"]
        ]
