from odoo.tests import tagged

from ...exceptions import QuotationRefusedError
from ..common import EvaluationCommon

# What opinions kept before materials were netted by day, machines recorded and costs told by element.
MATERIAL = {"material": "Pulp", "unit": "kg", "needed": 11, "free": 1, "supplier": "", "delay": None}
OLD = {
    "materials": {
        "rows": [
            {**MATERIAL, "shortfall": 10, "arrival": None, "in_time": None},
            {**MATERIAL, "shortfall": 10, "arrival": "2026-03-09", "in_time": True, "supplier": "Pulp mill", "delay": 7},
            {**MATERIAL, "shortfall": 0.0, "arrival": None, "in_time": True},
        ],
        "without_bom": [],
    },
    "technical": {"rows": [{"spec": "offset", "width": 787, "deckle": 2500, "missing": [], "contradictions": []}]},
    "cost": {
        "rows": [{"product": "Offset", "revenue": 60000, "cost": 34000, "margin_percent": 43.3, "by_bom": True}],
        "revenue": 60000, "cost": 34000, "margin": 26000, "margin_percent": 43.3, "lowest": 5,
    },
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestAssessmentUpgrade(EvaluationCommon):
    def test_opinions_of_an_earlier_version(self):
        """R3.3.1: what was given before the figures were widened is still read as it was, and asks for nothing by itself."""
        evaluation = self._submit(self._make_order())
        for opinion in evaluation.opinion_ids.filtered(lambda rec: rec.dimension in OLD):
            field = "cost_evidence" if opinion.dimension == "cost" else "evidence"
            opinion.sudo()._by_step().write({field: OLD[opinion.dimension]})
            seen = opinion.with_user(self.people[opinion.dimension])
            with self.subTest(dimension=opinion.dimension):
                self.assertTrue(seen.headline)
                self.assertIn("Pulp" if opinion.dimension == "materials" else "", str(seen.evidence_html))
        materials = self._opinion(evaluation, "materials")
        with self._refused(QuotationRefusedError):
            materials.action_request_quotation()
