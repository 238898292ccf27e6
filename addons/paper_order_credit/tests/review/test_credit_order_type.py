from odoo.tests import freeze_time, tagged

from ..common import CreditCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestCreditOrderType(CreditCommon):
    def _sample(self, **values):
        order = self._create_complete_order(**values)
        order.with_user(self.seller).paper_order_type = "sample"
        return order

    def _credit(self, order):
        steps = ("evaluate", "contract", "plan", "produce", "dispatch")
        return {step for step in steps if any(code.startswith("credit") for code in self._blocker_codes(order, step))}

    def test_no_credit_of_a_small_sample(self):
        """R3.2.2, R2: a sample up to the mill's limit needs no credit at any step, and its confirmation asks no deposit."""
        order = self._sample()
        self.company.paper_sample_limit_kg = order.paper_weight_kg
        self.assertFalse(self._credit(order))
        self.assertFalse(order.with_user(self.seller).can_request_credit)
        self._create_review(limit=1, prepayment_percent=50)
        order.action_confirm()
        self.assertFalse(order.sudo().paper_credit_review_id)
        self.assertFalse(self._credit(order))
        states = {item["code"]: item["state"] for item in order._get_milestones()[order]}
        self.assertEqual(states["credit"], "skipped")

    def test_credit_of_a_heavy_sample(self):
        """R3.2.2, R2: above the limit the customer's credit holds a sample like every order."""
        order = self._sample()
        self.company.paper_sample_limit_kg = order.paper_weight_kg - 1
        self.assertEqual(self._credit(order), {"evaluate", "contract", "plan", "produce", "dispatch"})
        self.assertTrue(order.with_user(self.seller).can_request_credit)

    def test_paper_for_stock_is_nobodys_debt(self):
        """R3.2.2, R2: what a framework agrees on is not owed; its call-offs are."""
        ledger = self.env["paper.credit.ledger"]
        order = self._create_complete_order()
        order.with_user(self.seller).paper_order_type = "framework"
        order.with_context(skip_procurement=True).action_confirm()
        figures = ledger._figures(self.customer, self.company, payment=False)
        self.assertEqual(figures[self.customer.id]["undelivered"], 0)
