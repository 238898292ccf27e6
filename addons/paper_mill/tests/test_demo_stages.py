from odoo.tests import TransactionCase, tagged

from ..models.paper_mill_demo import ORDERS, STAGES


@tagged("post_install", "-at_install")
class TestDemoStages(TransactionCase):
    def test_every_stage_has_its_step_and_its_order(self):
        """R2: the demo mill shows an order at every stage, and knows how to take one there."""
        demo = self.env["paper.mill.demo"]
        self.assertEqual({order[-1] for order in ORDERS}, set(STAGES))
        for stage in STAGES[STAGES.index("evaluating") :]:
            self.assertTrue(callable(getattr(type(demo), f"_{stage}", None)), f"no step leads to {stage}")
