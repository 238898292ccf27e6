from odoo import models


class PaperEvaluationOpinion(models.Model):
    """The figures of technology, for their reader (R3.3.4)."""

    _inherit = "paper.evaluation.opinion"

    def _headline_technical(self, facts):
        for row in facts["rows"]:
            if row["contradictions"]:
                return row["contradictions"][0]
            if row["missing"]:
                return self.env._("Not stated: %(figures)s", figures=self._figure_names(row["missing"]))
        widest = max(facts["rows"], key=lambda row: row["width"], default=None)
        if not widest or not widest["deckle"]:
            return self.env._("All figures stated; no deckle set in the settings")
        return self.env._(
            "%(width)s mm of %(deckle)s mm deckle",
            width=self._shown(widest["width"], 0),
            deckle=self._shown(widest["deckle"], 0),
        )

    def _table_technical(self, facts):
        _ = self.env._
        return (_("Specification"), _("Width (mm)"), _("Deckle (mm)"), _("Not Stated")), [
            (
                row["spec"],
                self._shown(row["width"], 0),
                self._shown(row["deckle"] or None, 0),
                self._figure_names(row["missing"]) or "–",
            )
            for row in facts["rows"]
        ]

    def _figure_names(self, names):
        fields_by_name = {**self.env["sale.order.line"]._fields, **self.env["paper.spec"]._fields}
        return ", ".join(fields_by_name[name]._description_string(self.env) for name in names if name in fields_by_name)
