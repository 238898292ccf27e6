from odoo.addons.paper_order_evaluation.tests.common import EvaluationCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestTrimPartners(EvaluationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.capability = cls._make_capability(cls.machine)
        cls.env["mrp.workcenter"].create(
            {"name": "Winder", "paper_is_winder": True, "paper_trim_max": 2500, "paper_knives": 9, "company_id": cls.company.id}
        )

    def _technical(self, width):
        order = self._make_order()
        order.order_line.paper_spec_id.write({"width": width})
        evaluation = self._submit(order)
        return order, evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "technical")

    def _waiting(self, order, width):
        """Let a manufacturing order of the same paper in another width wait to be cut."""
        line = order.order_line
        spec = line.paper_spec_id.copy({"width": width})
        production = self.env["mrp.production"].create(
            {"product_id": line.product_id.id, "product_qty": 5000, "paper_spec_id": spec.id, "company_id": self.company.id}
        )
        production.action_confirm()
        return production

    def test_alone_and_with_a_partner(self):
        """R3.3.4: technology reads what a width leaves of the trim alone, and which waiting order fills it better."""
        order, opinion = self._technical(900)
        row = opinion.evidence["rows"][0]["trim"]
        trim = row["trim"]
        self.assertEqual(row["alone"], {"ups": int(trim // 900), "left": trim - int(trim // 900) * 900})
        self.assertEqual(row["best"]["partners"], [])
        self.assertIn("no other order", str(opinion.evidence_html))
        production = self._waiting(order, trim - 1800 - 5)
        _order, opinion = self._technical(900)
        best = opinion.evidence["rows"][0]["trim"]["best"]
        self.assertEqual((best["ups"], best["left"]), (2, 5))
        self.assertIn(production.name, best["partners"][0][1])
        self.assertIn(production.name, str(opinion.evidence_html))

    def test_no_verdict_is_proposed_by_it(self):
        """R3.3.4: a width without a partner can be made: what technology proposes is what the machines say."""
        _order, opinion = self._technical(1300)
        self.assertEqual(opinion.proposal, "yes")

    def test_no_winder_no_word(self):
        """R3.3.4: where no winder is known, nothing is said of the trim."""
        self.env["mrp.workcenter"].search([("paper_is_winder", "=", True)]).paper_is_winder = False
        _order, opinion = self._technical(900)
        self.assertIsNone(opinion.evidence["rows"][0]["trim"])
        self.assertNotIn("trim", str(opinion.evidence_html).lower())
