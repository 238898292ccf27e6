from odoo import models
from odoo.addons.paper_capacity.lib.capability import verdict

# Property -> field of the specification that may be moved to the nearest figure that a machine makes.
MOVABLE = {
    "basis_weight": "basis_weight",
    "caliper": "caliper",
    "width": "width",
    "reel_diameter": "reel_diameter_max",
    "core_diameter": "core_diameter",
    "sheet_width": "width",
    "sheet_length": "length",
}


class PaperEvaluation(models.Model):
    """A paper near to the ordered one, where that one cannot be made (R3.3.4, R3.4)."""

    _inherit = "paper.evaluation"

    def _compute_alternatives(self):
        alternatives = super()._compute_alternatives()
        for company, evaluations in self.grouped("company_id").items():
            lines = evaluations._asked_orders().order_line.filtered("is_paper")
            machines = self._machines_of(lines, company)
            lines.paper_spec_id._read_ahead()
            for evaluation in evaluations:
                nearby = evaluation._nearby_specs(machines)
                if nearby:
                    reason = "; ".join(nearby[line]["reason"] for line in nearby)
                    changes = {line: {"spec": found["spec"]} for line, found in nearby.items()}
                    alternatives[evaluation].append(self._alternative("spec", lines=changes, reason=reason))
        return alternatives

    def _nearby_specs(self, machines):
        """Return ``{line: {"spec": {field: value}, "reason"}}`` for the lines that cannot be made as ordered; {} where one
        of them cannot be made near to it either, for then the order as a whole has no nearby specification.
        """
        self.ensure_one()
        nearby = {}
        for line in self._paper_lines():
            spec = line.paper_spec_id
            stages = self._check_stages(spec, machines[line]) if spec else []
            if verdict(stage["ok"] for stage in stages) is not False:
                continue
            failing = [check for stage in stages if stage["ok"] is False for check in stage["best"] if check["ok"] is False]
            nearest = self._nearby_figures(spec, failing)
            tried = [self._same_bulk(spec, nearest), nearest] if nearest else []
            changes = next((found for found in tried if self._makes_sense(spec, found, machines[line])), None)
            if not changes:
                return {}
            nearby[line] = {
                "spec": changes,
                "reason": ", ".join(f"{check['machine']}: {check['achievable']} {check['unit']}".strip() for check in failing),
            }
        return nearby

    def _nearby_figures(self, spec, failing):
        """Return the figures to change, {} where a property has no figure that could be moved."""
        changes = {}
        for check in failing:
            field = MOVABLE.get(check["property"])
            if not field or check["nearest"] is None:
                return {}
            if check["property"] == "width" and check["value"] != spec.width:
                return {}  # a sheet that lies across the web is its length: which side to cut is the customer's choice
            changes[field] = check["nearest"]
            if field == "reel_diameter_max" and spec.reel_diameter_min > check["nearest"]:
                changes["reel_diameter_min"] = check["nearest"]
        return changes

    def _same_bulk(self, spec, changes):
        """Return the changes with a caliper that keeps the paper's bulk, where both basis weight and caliper move."""
        if "basis_weight" not in changes or "caliper" not in changes:
            return changes
        return {**changes, "caliper": round(spec.caliper * changes["basis_weight"] / spec.basis_weight, 1)}

    def _makes_sense(self, spec, changes, machines):
        """Say whether the changed paper is one, and no machine refuses it."""
        changed = spec.new({**spec.copy_data()[0], **changes})
        stages = self._check_stages(changed, machines)
        return not changed._contradictions() and verdict(stage["ok"] for stage in stages) is not False
