import json

from odoo.tests import tagged

from ..common import EvaluationCommon

# As the figures of capacity were kept before there was a plan of the machines.
FIRST = {
    "rows": [{"workcenter": "PM1", "needed": 10.0, "free": 80.0, "alternatives": 0.0}],
    "until": "2026-03-16",
    "without_bom": [],
}


@tagged("post_install", "-at_install")
class TestEvaluationFirstEvidence(EvaluationCommon):
    def test_capacity_of_an_older_version_stays_readable(self):
        """R3.3.1, R3.3.2: an opinion given before there was a plan of the machines is shown as it was given, and
        hinders neither its screens nor the order's next revision.
        """
        order = self._make_order()
        evaluation = self._decide(order, capacity="no")
        opinion = self._opinion(evaluation, "capacity")
        # Past the ORM: nobody changes a given opinion, the older version left it so.
        query = "UPDATE paper_evaluation_opinion SET evidence = %s WHERE id = %s"
        self.env.cr.execute(query, [json.dumps(FIRST), opinion.id])
        self.env.invalidate_all()
        opinion.read()
        self.assertIn("80.0 h free", opinion.headline)
        self.assertIn("PM1", opinion.evidence_html)
        evaluation.with_user(self.people["chair"]).read()
        evaluation.with_user(self.people["sales"]).action_draft_letter()
        order.order_line.price_unit = 5900
        self.assertEqual(self._submit(order)._pending_opinions().mapped("dimension"), ["sales", "capacity", "cost"])
