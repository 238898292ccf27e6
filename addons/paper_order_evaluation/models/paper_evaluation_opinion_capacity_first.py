from odoo import models


class PaperEvaluationOpinion(models.Model):
    """Capacity as it was told before there was a plan of the machines: such an opinion is read as it was given."""

    _inherit = "paper.evaluation.opinion"

    def _headline_capacity(self, facts):
        return super()._headline_capacity(facts) if "promise" in facts else self._first_headline_capacity(facts)

    def _sections_capacity(self, facts):
        if "promise" in facts:
            return super()._sections_capacity(facts)
        return [self._evidence_table(*self._first_table_capacity(facts))]

    def _first_headline_capacity(self, facts):
        if facts["without_bom"]:
            return self._no_bom(facts)
        if not facts["rows"]:
            return self.env._("No routing on the bill of materials")
        worst = facts["rows"][0]
        if worst["free"] is None:
            return self.env._(
                "%(hours)s h on %(workcenter)s, no delivery date",
                hours=self._shown(worst["needed"]),
                workcenter=worst["workcenter"],
            )
        return self.env._(
            "%(workcenter)s: %(needed)s h needed, %(free)s h free until %(date)s",
            workcenter=worst["workcenter"],
            needed=self._shown(worst["needed"]),
            free=self._shown(worst["free"]),
            date=self._shown_date(facts["until"]),
        )

    def _first_table_capacity(self, facts):
        _ = self.env._
        return (_("Work Center"), _("Needed (h)"), _("Free (h)"), _("Free on Alternatives (h)")), [
            (row["workcenter"], self._shown(row["needed"]), self._shown(row["free"]), self._shown(row["alternatives"]))
            for row in facts["rows"]
        ]
