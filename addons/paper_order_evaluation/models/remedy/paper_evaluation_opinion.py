from odoo import models


class PaperEvaluationOpinion(models.Model):
    """The ways out that were computed with the figures of capacity (R3.3.2)."""

    _inherit = "paper.evaluation.opinion"

    def _keep_computed_remedies(self):
        """Replace the computed ways out by those of the figures; what planning typed, or chose, stays."""
        old = self.remedy_ids.filtered("computed")
        chosen = {(remedy.opinion_id, remedy.kind) for remedy in old if remedy.chosen}
        old._by_step().unlink()
        vals_list = [
            opinion._prepare_remedy_values(found, (opinion, found["kind"]) in chosen)
            for opinion in self
            for found in (opinion.evidence or {}).get("remedies", ())
        ]
        for remedy in self.env["paper.evaluation.remedy"]._by_step().create(vals_list).filtered("chosen"):
            remedy._apply_choice()

    def _prepare_remedy_values(self, found, chosen=False):
        self.ensure_one()
        return {
            "opinion_id": self.id,
            "kind": found["kind"],
            "name": self._remedy_name(found),
            "computed": True,
            "chosen": chosen,
            "cost_effect": found["cost"] or 0.0,
            "cost_known": found["cost"] is not None,
            "days_effect": found["days"] or 0,
            "date_after": found["date"],
            "in_time": found["in_time"],
            "slots": found["slots"],
            "details": {name: found.get(name) for name in ("kind", "what", "hours", "lines")},
        }

    def _remedy_name(self, found):
        _, names = self.env._, ", ".join(found["what"])
        texts = {
            "overtime": _("%(hours)s h of overtime on %(machines)s", hours=self._shown(found["hours"]), machines=names),
            "equipment": _("Run on %(machines)s at the same time", machines=names),
            "subcontracting": _("Have it made by %(supplier)s", supplier=names),
            "other": _("Make it in two runs: %(lines)s", lines=names),
        }
        return texts[found["kind"]]

    def _slots_to_hold(self):
        """Return the slots of the way out that was chosen, else those of the plan as it stands."""
        self.ensure_one()
        chosen = self._remedies().filtered(lambda remedy: remedy.chosen and remedy.computed)
        return (chosen[:1].slots if chosen else (self.evidence or {}).get("slots")) or []
