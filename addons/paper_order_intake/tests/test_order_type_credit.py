from odoo.addons.paper_base.exceptions import StepFieldError
from odoo.tests import Form, freeze_time, tagged

from .common import IntakeCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestOrderTypeCredit(IntakeCommon):
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

    def test_facts_that_a_type_does_without(self):
        """R3.2.1, R2: a sample is complete without payment terms, which a standard order needs."""
        order = self._create_complete_order(payment_term_id=False)
        self.assertIn("payment_terms", {gap["fact"] for gap in order._get_missing_facts()[order]})
        order.with_user(self.seller).paper_order_type = "sample"
        self.assertNotIn("payment_terms", {gap["fact"] for gap in order._get_missing_facts()[order]})

    def test_paper_for_stock_is_nobodys_debt(self):
        """R3.2.2, R2: what a framework agrees on is not owed; its call-offs are."""
        ledger = self.env["paper.credit.ledger"]
        order = self._create_complete_order()
        order.with_user(self.seller).paper_order_type = "framework"
        order.with_context(skip_procurement=True).action_confirm()
        figures = ledger._figures(self.customer, self.company, payment=False)
        self.assertEqual(figures[self.customer.id]["undelivered"], 0)

    def test_the_channel_says_the_usual_type(self):
        """R3.1.1, R2: orders that come by a channel have its type, whoever takes them in; sales may change it."""
        self.channel.order_type = "sample"
        orders = self.env["sale.order"].with_user(self.credit).sudo()
        order = orders.create({"partner_id": self.customer.id, "intake_channel_id": self.channel.id})
        self.assertEqual(order.paper_order_type, "sample")
        with self.assertRaises(StepFieldError):
            order.with_user(self.credit).sudo().paper_order_type = "standard"
        order.with_user(self.seller).paper_order_type = "standard"

    def test_a_type_that_the_form_opened_with(self):
        """R3.1.1, R2: the type that sales opened the form with holds, whatever is usual for the channel; others' does not."""
        self.channel.order_type = "sample"
        orders = self.env["sale.order"].with_context(default_paper_order_type="standard")
        values = {"partner_id": self.customer.id, "intake_channel_id": self.channel.id}
        self.assertEqual(orders.with_user(self.seller).create(values).paper_order_type, "standard")
        self.assertEqual(orders.with_user(self.credit).sudo().create(values).paper_order_type, "sample")

    def test_quick_entry(self):
        """R3.1.1, R2: who takes an order on the telephone says of which type it is; the channel's is what it begins with."""
        self.phone.order_type = "sample"
        wizards = self.env["paper.quick.order"].with_user(self.seller).with_context(default_channel_id=self.phone.id)
        for chosen in ("sample", "standard"):
            form = Form(wizards)
            self.assertEqual(form.order_type, "sample")
            form.order_type = chosen
            form.product_id = self.paper
            form.basis_weight, form.width, form.reel_diameter_max, form.core_diameter = 80, 787, 1000, 76
            form.quantity, form.unit, form.partner_id = 200, "kg", self.customer
            order = self.env["sale.order"].browse(form.save().action_save()["res_id"])
            self.assertEqual(order.paper_order_type, chosen)
