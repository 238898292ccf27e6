from unittest.mock import patch

from odoo.addons.paper_base.exceptions import ConfirmBlockedError, OverrideRefusedError
from odoo.tests import tagged

from ...exceptions import OpinionFrozenError, PanelIncompleteError
from ..common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationBlockers(EvaluationCommon):
    def _message(self, order, step="confirm"):
        return order._get_blockers(step)[order][-1]["message"]

    def test_blockers_say_what_is_missing(self):
        """R3.4: the blocker tells a missing evaluation from one that owes opinions or waits for the chair."""
        order = self._make_order()
        self.assertEqual(self._codes(order, "contract"), ["evaluation"])
        self.assertIn("not evaluated", self._message(order))
        evaluation = self._submit(order)
        self._opinion(evaluation, "capacity").action_agree()
        self.assertIn("Finance", self._message(order))
        self.assertNotIn("Planning", self._message(order))
        for dimension in ("sales", "materials", "technical", "cost"):
            self._opinion(evaluation, dimension).action_agree()
        self.assertIn("closed by its chair", self._message(order))
        self.assertEqual(self._codes(order, "evaluate"), [])

    def test_every_way_of_confirming_is_blocked(self):
        """R3.4: button, write and create cannot confirm an order that did not pass."""
        order = self._make_order()
        self._decide(order, cost="no")
        sales = self.people["sales"]
        with self.assertRaises(ConfirmBlockedError):
            order.with_user(sales).action_confirm()
        with self.assertRaises(ConfirmBlockedError):
            order.with_user(sales).write({"state": "sale"})
        with self.assertRaises(ConfirmBlockedError):
            self._make_order(state="sale")
        with self.assertRaises(ConfirmBlockedError):
            order.sudo().action_confirm()

    def test_copy_is_not_evaluated(self):
        """R3.3.1: a copied order has to be evaluated itself."""
        order = self._make_order()
        self._decide(order)
        self.assertIn("evaluation", self._codes(order.copy({"commitment_date": order.commitment_date}), "confirm"))

    def test_management_overrides(self):
        """R3.4: management lets an order go on in spite of a failed evaluation, with a reason; finance may not."""
        order = self._make_order()
        self._decide(order, cost="no")
        with self.assertRaises(OverrideRefusedError):
            order.with_user(self.people["cost"])._override_blocker("confirm", "evaluation", "because")
        order.with_user(self.people["chair"])._override_blocker("confirm", "evaluation", "Strategic customer")
        order.with_user(self.people["sales"]).action_confirm()
        self.assertEqual(order.state, "sale")

    def test_a_change_makes_the_decision_outdated(self):
        """R3.3.1: price, quantity, specification, product and delivery date of the order are what was decided on."""
        changes = {
            "price": lambda order: order.order_line.write({"price_unit": 5000}),
            "quantity": lambda order: order.order_line.write({"product_uom_qty": 12}),
            "unit": lambda order: order.order_line.write({"paper_unit": "kg", "paper_quantity": 9000}),
            "date": lambda order: order.write({"commitment_date": "2026-03-09 08:00:00"}),
            "figures": lambda order: order.order_line.paper_spec_id.write({"width": 1000}),
            "limits": lambda order: order.order_line.paper_spec_id.write(
                {"limit_ids": [(0, 0, {"name": "Brightness", "minimum": 90, "has_minimum": True})]}
            ),
            "line": lambda order: order.order_line.copy({"order_id": order.id}),
        }
        for name, change in changes.items():
            with self.subTest(name):
                order = self._make_order()
                evaluation = self._decide(order)
                self.assertNotIn("evaluation", self._codes(order, "confirm"))
                change(order)
                self.assertTrue(evaluation._is_outdated())
                self.assertIn("changed", self._message(order))
                self.assertEqual(order.paper_evaluation_state, "outdated")

    def test_what_does_not_matter_does_not_reopen(self):
        """R3.3.1: a note, the customer's number or the same figures written again leave the decision standing."""
        order = self._make_order()
        self._decide(order)
        order.write({"note": "Call before delivery", "client_order_ref": "PO 9"})
        order.order_line.write({"price_unit": 6000.0, "product_uom_qty": 10})
        order.order_line.write({"name": "Another text"})
        self.env["sale.order.line"].create({"order_id": order.id, "display_type": "line_note", "name": "Note"})
        self.assertNotIn("evaluation", self._codes(order, "confirm"))

    def test_an_open_panel_notices_the_change(self):
        """R3.3.1: no opinion is given, and no panel closed, on an order that changed; sales submits it again."""
        order = self._make_order()
        evaluation = self._submit(order)
        self._opinion(evaluation, "cost").action_agree()
        order.order_line.price_unit = 1
        with self.assertRaises(OpinionFrozenError):
            self._opinion(evaluation, "capacity").action_agree()
        with self.assertRaises(PanelIncompleteError):
            evaluation.with_user(self.people["chair"]).action_close()
        again = self._submit(order)
        self.assertEqual(evaluation.state, "cancelled")
        self.assertEqual(again.given_count, 0)

    def test_milestone(self):
        """R3.3.1: the order's timeline shows the panel with its deadline and who still owes, then the result."""
        order = self._make_order()

        def milestone():
            return next(item for item in order._get_milestones()[order] if item["code"] == "evaluated")

        self.assertEqual(milestone()["state"], "todo")
        evaluation = self._submit(order)
        self.assertEqual(milestone()["state"], "current")
        self.assertEqual(milestone()["deadline"], evaluation.deadline_date)
        self.assertIn("Technical", milestone()["owner"])
        self._give(evaluation)
        evaluation.with_user(self.people["chair"]).action_close()
        self.assertEqual(milestone()["state"], "done")
        order.order_line.price_unit = 1
        self.assertEqual(milestone()["state"], "todo")

    def test_queries_do_not_grow_with_orders(self):
        """R4.2.2: asking twice as many orders what blocks them costs no more queries."""
        orders = self.env["sale.order"].concat(*(self._make_order() for _index in range(8)))
        for order in orders:
            self._decide(order)
        counts = {size: self._count_queries(orders[:size]) for size in (4, 8)}
        # What the order itself reads anyway, and whatever other addons ask.
        SaleOrder = type(orders)
        with (
            patch.object(SaleOrder, "_get_evaluation_blockers", lambda order: []),
            patch.object(SaleOrder, "_prefetch_evaluations", lambda orders: orders.order_line.mapped("is_paper")),
        ):
            others = {size: self._count_queries(orders[:size]) for size in (4, 8)}
        self.assertEqual(counts[4] - others[4], counts[8] - others[8])
        self.assertLessEqual(counts[8] - others[8], 4)

    def _count_queries(self, orders):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        found = orders.sudo()._get_blockers("confirm")
        self.assertFalse(any(found.values()))
        return self.env.cr.sql_log_count - before
