from datetime import date, timedelta

from odoo.addons.paper_base.exceptions import StepFieldError
from odoo.tests import tagged

from ...exceptions import EvaluationRefusedError
from ...lib.panel import DIMENSIONS
from ..common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestOrderTypePanel(EvaluationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.paper_sample_limit_kg = 100_000

    def _typed(self, order_type, **values):
        order = self._make_order(**values)
        if order_type == "stock":
            order.partner_id = self.company.partner_id
        order.with_user(self.people["sales"]).paper_order_type = order_type
        return order

    def _asked(self, order):
        return self._submit(order).opinion_ids.mapped("dimension")

    def test_who_evaluates_which_type(self):
        """R2, R3.3.1: the type of an order decides which departments evaluate it."""
        self.assertEqual(self._asked(self._typed("standard")), list(DIMENSIONS))
        self.assertEqual(self._asked(self._typed("toll")), list(DIMENSIONS))
        self.assertEqual(self._asked(self._typed("sample")), ["capacity", "technical"])
        self.assertEqual(self._asked(self._typed("call_off")), ["sales", "capacity", "materials"])
        self.assertEqual(self._asked(self._typed("stock")), ["capacity", "materials", "cost"])
        self.assertEqual(self._asked(self._typed("framework")), ["sales", "technical", "cost"])

    def test_the_mill_chooses_who_evaluates_samples(self):
        """R2, R3.3.1: the settings say who evaluates a sample; somebody has to."""
        self._dimensions("capacity").samples = False
        self._dimensions("cost").samples = True
        self.assertEqual(self._asked(self._typed("sample")), ["technical", "cost"])
        with self.assertRaises(EvaluationRefusedError):
            self._dimensions(*DIMENSIONS).samples = False

    def test_a_short_panel_closes(self):
        """R3.3.1: a panel of two closes when both have spoken, whatever quorum the company asks of five; not before."""
        order = self._typed("sample")
        evaluation = self._submit(order)
        own = self._opinion(evaluation, "technical")
        own.verdict = "yes"
        own.action_submit()
        self.assertFalse(evaluation.can_close)
        self._give(evaluation)
        self.assertTrue(evaluation.can_close)
        evaluation.with_user(self.people["chair"]).action_close()
        self.assertEqual(evaluation.state, "passed")
        self.assertNotIn("evaluation", self._codes(order, "confirm"))

    def test_the_type_is_fixed_by_the_panel(self):
        """R2: an order under evaluation, or evaluated, keeps its type; one that failed, or was called off, may become another."""
        order = self._typed("sample").with_user(self.people["sales"])
        evaluation = self._submit(order)
        with self.assertRaises(StepFieldError) as refused:
            order.paper_order_type = "standard"
        self.assertIn(order.name, str(refused.exception))
        with self.assertRaises(StepFieldError):
            order.sudo().write({"paper_order_type": "toll"})
        evaluation.with_user(self.people["sales"]).action_cancel()
        order.paper_order_type = "standard"
        self.assertEqual(self._decide(order, technical="no").state, "failed")
        order.paper_order_type = "sample"
        self.assertEqual(self._decide(order).state, "passed")
        with self.assertRaises(StepFieldError):
            order.paper_order_type = "standard"

    def test_no_margin_is_asked_of_stock(self):
        """R3.3.5, R2: finance see what paper for stock costs; no price has to bring a margin."""
        order = self._typed("stock", price=1.0)
        evaluation = self._submit(order)
        cost = self._opinion(evaluation, "cost")
        self.assertLess(cost.cost_evidence["margin"], 0)
        self.assertNotEqual(cost.proposal, "no")

    def _brought(self, order, days, quantity=11_000):
        today = self.company._paper_today()
        return self.env["paper.customer.material"].with_user(self.people["sales"]).create(
            {
                "order_id": order.id,
                "product_id": self.pulp.id,
                "quantity_kg": quantity,
                "promised_date": today + timedelta(days=days),
            }
        )

    def _row(self, evaluation):
        return self._opinion(evaluation, "materials").evidence["rows"][0]

    def test_the_customers_pulp_is_not_bought(self):
        """R3.3.3, R2: of pulp that the customer brings purchasing see when and how much; no supplier, no claim on the mill's own
        stock, no cost."""
        order = self._typed("toll")
        material = self._brought(order, 3)
        evaluation = self._submit(order)
        row = self._row(evaluation)
        self.assertEqual((row["needed"], row["shortfall"], row["supplier"]), (11_000, 0, ""))
        self.assertEqual(date.fromisoformat(row["ready"]), material.promised_date)
        self.assertEqual([item["source"] for item in row["incoming"]], [self.customer.name])
        self.assertFalse(self.env["paper.material.claim"].search([("order_id", "=", order.id)]))
        self.assertFalse(self._opinion(evaluation, "cost").cost_evidence["elements"]["material"])

    def test_the_customers_pulp_is_short_or_late(self):
        """R3.3.3: too little pulp, or pulp that comes too late, is no plain yes."""
        short = self._typed("toll")
        self._brought(short, 3, quantity=5_000)
        row = self._row(self._submit(short))
        self.assertEqual((row["shortfall"], row["risk"]), (6_000, "high"))
        late = self._typed("toll")
        self._brought(late, 400)
        self.assertEqual(self._opinion(self._submit(late), "materials").proposal, "no")

    def test_pulp_of_a_customer_is_free_for_nobody_else(self):
        """R3.3.3: what lies in the mill for its owner does not count as free for other orders."""
        location = self.env["stock.warehouse"].search([("company_id", "=", self.company.id)], limit=1).lot_stock_id
        self.env["stock.quant"]._update_available_quantity(self.pulp, location, 50_000, owner_id=self.customer)
        row = self._row(self._submit(self._typed("standard")))
        self.assertEqual((row["free"], row["shortfall"]), (0, 11_000))
