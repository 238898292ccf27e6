from odoo import Command
from odoo.addons.paper_base.exceptions import EvaluateBlockedError, OverrideRefusedError
from odoo.addons.paper_order_intake.exceptions import AskCustomerError
from odoo.addons.paper_order_intake.tests.common import SHEET
from odoo.tests import tagged

from ..common import CompletenessCommon


@tagged("post_install", "-at_install")
class TestCompleteness(CompletenessCommon):
    def _facts(self, order):
        order.invalidate_recordset()
        return {item["fact"] for item in order.paper_missing or []}

    def _milestone(self, order):
        return next(item for item in order._get_milestones()[order] if item["code"] == "complete")

    def test_complete_order(self):
        """R3.2.1: an order with all required facts lacks nothing and may be evaluated: the regulation's six, and of a
        sheet its grade, basis weight, width and length."""
        order = self._create_complete_order()
        self.assertFalse(order.paper_missing)
        self.assertEqual((order.paper_fact_count, order.paper_fact_total, order.paper_complete_percent), (10, 10, 100))
        self.assertEqual(self._milestone(order)["state"], "done")
        order._check_blockers("evaluate")

    def test_product_missing(self):
        """R3.2.1: a specification without a product lacks the product name."""
        order = self._create_complete_order()
        line = self.env["sale.order.line"].new(
            {"order_id": order.id, "paper_spec_id": self._create_sheet().id, "paper_quantity": 5}
        )
        shown = self.env["sale.order"].new({"partner_id": self.customer.id, "order_line": line})
        self.assertIn("product", {item["fact"] for item in shown._get_missing_facts()[shown]})
        empty = self._create_complete_order(order_line=[])
        self.assertEqual({"product", "quantity"}, self._facts(empty))

    def test_specification_missing(self):
        """R3.2.1: a paper line without specification, or with too few figures, lacks it."""
        order = self._create_complete_order()
        order.order_line.paper_spec_id.width = 0
        self.assertEqual(self._facts(order), {"width"})
        self.assertIn("Width", order.paper_missing_text)
        bare = {"product_id": self.paper.id}
        order = self._create_complete_order(order_line=[Command.create({**bare, "product_uom_qty": 1000})])
        self.assertEqual(self._facts(order), {"specification"})
        order = self._create_complete_order(order_line=[Command.create(bare)])
        self.assertEqual(self._facts(order), {"specification", "quantity"})

    def test_quantity_missing(self):
        """R3.2.1: an order of nothing lacks the quantity."""
        order = self._create_complete_order()
        order.order_line.write({"paper_quantity": 0, "product_uom_qty": 0})
        self.assertEqual(self._facts(order), {"quantity"})
        said = {"product_id": self.paper.id, "paper_spec_id": self._create_sheet().id}
        order = self._create_complete_order(order_line=[Command.create(said)])
        self.assertEqual(self._facts(order), {"quantity"}, "nobody ordered Odoo's one kilogram")
        with self.assertRaises(EvaluateBlockedError):
            order._check_blockers("evaluate")

    def test_delivery_date_missing(self):
        """R3.2.1: an order without delivery date is incomplete."""
        order = self._create_complete_order(commitment_date=False)
        self.assertEqual(self._facts(order), {"delivery_date"})

    def test_delivery_place_missing(self):
        """R3.2.1: an address without street or city is no delivery place; a municipality is."""
        order = self._create_complete_order()
        self.customer.city = False
        self.assertEqual(self._facts(order), {"delivery_place"})
        self.customer.state_id = self.env.ref("base.state_cn_SH")
        self.assertEqual(self._facts(order), set())
        self.customer.street = False
        self.assertEqual(self._facts(order), {"delivery_place"})

    def test_payment_terms_missing(self):
        """R3.2.1: an order without payment terms is incomplete."""
        order = self._create_complete_order()
        order.payment_term_id = False
        self.assertEqual(self._facts(order), {"payment_terms"})

    def test_incomplete_order_is_not_evaluated(self):
        """R3.2.1: the blocker lists every missing fact, and nobody may override it."""
        order = self._create_complete_order(commitment_date=False)
        order.payment_term_id = False
        blocker = next(item for item in order._get_blockers("evaluate")[order] if item["code"] == "incomplete")
        self.assertIn("Delivery date", blocker["message"])
        self.assertIn("Payment terms", blocker["message"])
        with self.assertRaises(EvaluateBlockedError):
            order._check_blockers("evaluate")
        with self.assertRaises(OverrideRefusedError):
            order.with_user(self.manager)._override_blocker("evaluate", "incomplete", "in a hurry")

    def test_order_book_without_dates_is_incomplete(self):
        """R3.2.1: orders of a book without delivery date say what they lack."""
        order = self._upload(self._book(SHEET)).arrival_ids.order_id
        self.assertEqual(self._facts(order), {"delivery_date", "payment_terms"})
        self.assertEqual(self._milestone(order)["state"], "todo")

    def test_customer_is_asked(self):
        """R3.2.1: the customer gets the list of what is missing, and the order waits for him."""
        order = self._create_complete_order(commitment_date=False).with_user(self.seller)
        order.action_ask_customer()
        mail = self.env["mail.mail"].search([("recipient_ids", "=", self.customer.id)], limit=1, order="id desc")
        self.assertIn("Delivery date", mail.body_html)
        self.assertIn("Delivery date", order.message_ids[0].body)
        self.assertTrue(order.paper_asked_on)
        self.assertEqual(self._milestone(order)["state"], "paused")

    def test_complete_order_is_not_asked_about(self):
        """R3.2.1: there is nothing to ask about a complete order, and nobody to ask without an address."""
        with self.assertRaises(AskCustomerError):
            self._create_complete_order().with_user(self.seller).action_ask_customer()
        self.customer.email = False
        with self.assertRaises(AskCustomerError):
            self._create_complete_order(commitment_date=False).with_user(self.seller).action_ask_customer()

    def test_other_orders_are_not_reviewed(self):
        """R2: an order without paper knows no missing facts as blockers."""
        order = self._create_complete_order(order_line=[Command.create({"product_id": self.pallet.id})])
        self.assertEqual(self._blocker_codes(order), set())

    def test_facts_that_a_type_does_without(self):
        """R3.2.1, R2: a sample is complete without payment terms, which a standard order needs."""
        order = self._create_complete_order(payment_term_id=False)
        self.assertIn("payment_terms", {gap["fact"] for gap in order._get_missing_facts()[order]})
        order.with_user(self.seller).paper_order_type = "sample"
        self.assertNotIn("payment_terms", {gap["fact"] for gap in order._get_missing_facts()[order]})
