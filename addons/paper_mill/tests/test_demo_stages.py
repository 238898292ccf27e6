from odoo.tests import TransactionCase, tagged

from ..models.panel.paper_mill_demo import PANELS
from ..models.way.paper_mill_demo import ORDERS, STAGES


@tagged("post_install", "-at_install")
class TestDemoStages(TransactionCase):
    def test_every_stage_has_its_step_and_its_order(self):
        """R2: the demo mill shows an order at every stage, and knows how to take one there."""
        demo = self.env["paper.mill.demo"]
        self.assertEqual({order[-1] for order in ORDERS}, set(STAGES))
        for stage in STAGES[STAGES.index("evaluating") :]:
            self.assertTrue(callable(getattr(type(demo), f"_{stage}", None)), f"no step leads to {stage}")

    def test_every_panel_has_its_step(self):
        """R3.3.1, R3.4: the demo mill shows panels of every result, and knows how to take one there."""
        demo = self.env["paper.mill.demo"]
        outcomes = {panel[-1] for panel in PANELS}
        self.assertLessEqual({"passed", "conditional", "failed", "offered", "late", "developing"}, outcomes)
        for outcome in outcomes:
            self.assertTrue(callable(getattr(type(demo), f"_panel_{outcome}", None)), f"no step leads to {outcome}")
