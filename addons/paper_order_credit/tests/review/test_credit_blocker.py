from odoo.addons.paper_base.exceptions import EvaluateBlockedError, OverrideRefusedError
from odoo.tests import freeze_time, tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestCreditBlocker(CreditCommon):
    def _message(self, order):
        return next(item for item in order._get_blockers("evaluate")[order] if item["code"] == "credit")["message"]

    def test_no_review(self):
        """R3.2.2: an order of a customer whose credit nobody judged is not evaluated."""
        order = self._create_complete_order()
        self.assertIn("has no credit review", self._message(order))
        with self.assertRaises(EvaluateBlockedError):
            order._check_blockers("evaluate")

    def test_each_state(self):
        """R3.2.2: an open, refused or expired review blocks, each with its own sentence; an approved one does not."""
        order = self._create_complete_order()
        review = self._create_review(approve=False)
        self.assertIn("not decided yet", self._message(order))
        review.action_refuse()
        self.assertIn("refused", self._message(order))
        self._create_review(valid_until="2026-06-30")
        self.assertEqual(self._blocker_codes(order), set())
        with freeze_time("2026-07-01 02:00:00"):
            self.assertIn("expired", self._message(order))

    def test_limit(self):
        """R3.2.2: confirmed orders not yet paid count against the limit."""
        self._create_review(limit=10000)
        first = self._create_complete_order()
        self.assertEqual(first.amount_total, 6000)
        self.assertEqual(self._blocker_codes(first), set())
        first.action_confirm()
        second = self._create_complete_order()
        self.assertIn("above the limit", self._message(second))
        self.assertEqual(self._blocker_codes(first), set())
        first.sudo()._action_cancel()
        self.assertEqual(self._blocker_codes(second), set())

    def test_override(self):
        """R3.2.2: the credit department may let an order go on, with its reason; sales may not."""
        order = self._create_complete_order()
        with self.assertRaises(OverrideRefusedError):
            order.with_user(self.seller)._override_blocker("evaluate", "credit", "good friend")
        order.with_user(self.credit)._override_blocker("evaluate", "credit", "paid in advance")
        order._check_blockers("evaluate")

    def test_milestone_is_internal(self):
        """R3.2.2: the customer does not see the mill's judgement of his credit."""
        self._create_review()
        order = self._create_complete_order()
        milestone = next(item for item in order._get_milestones()[order] if item["code"] == "credit")
        self.assertEqual((milestone["state"], milestone["internal"]), ("done", True))
        self.assertNotIn("credit", [item["code"] for item in order._get_portal_milestones()])

    def test_timeline_for_another_department(self):
        """R4.2.2: a department without rights on credit reads the order's timeline all the same."""
        self._create_review()
        planner = self._create_user("t_planner", "paper_base.group_planning")
        order = self._create_complete_order().with_user(planner)
        codes = [item["code"] for item in order.paper_timeline["milestones"]]
        self.assertLess(codes.index("received"), codes.index("credit"))
