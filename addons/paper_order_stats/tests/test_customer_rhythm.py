from datetime import date

from freezegun import freeze_time
from odoo.addons.paper_order_stats.exceptions import AnswerError
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import StatisticsCase


@tagged("post_install", "-at_install")
class TestCustomerRhythm(StatisticsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sales = new_test_user(cls.env, "stats.rhythm", groups="paper_base.group_sales")
        # Intervals of 10, 20, 30 and 40 days; two orders on one day are one purchase.
        for day in ("2024-01-01", "2024-01-11", "2024-01-11", "2024-01-31", "2024-03-01", "2024-04-10"):
            cls._order(cls.customers[0], 2, day, price=5000)
        for day in ("2024-01-01", "2024-02-01", "2024-03-01"):
            cls._order(cls.customers[1], 1, day)
        cls.queue._fill()

    def _rhythm(self, place=0, user=None):
        self.env.flush_all()
        self.env.invalidate_all()
        rhythms = self.env["paper.customer.rhythm"].with_user(user or self.sales)
        return rhythms.search([("partner_id", "=", self.customers[place].id)])

    @freeze_time("2024-05-20 04:00:00")
    def test_interval_by_hand(self):
        """R8.2.1: the usual interval of 10, 20, 30, 40 days is 25, P80 is 30 + 0.4 × 10 = 34; by that an order is due."""
        rhythm = self._rhythm()
        self.assertEqual((rhythm.purchase_count, rhythm.frequency, rhythm.recency_days), (5, 5, 40))
        self.assertEqual((rhythm.interval_days, rhythm.long_days), (25, 34))
        self.assertEqual((rhythm.next_on, rhythm.late_on), (date(2024, 5, 5), date(2024, 5, 14)))
        self.assertEqual((rhythm.year_kg, rhythm.year_amount), (12000, 60000))
        self.assertEqual(rhythm.state, "overdue")

    def test_states(self):
        """R8.2.1: an order is not yet expected, expected, overdue, day by day."""
        for day, state in (("2024-05-04", "early"), ("2024-05-05", "due"), ("2024-05-14", "due"), ("2024-05-15", "overdue")):
            with self.subTest(day=day), freeze_time(f"{day} 04:00:00"):
                self.assertEqual(self._rhythm().state, state)

    @freeze_time("2026-05-20 04:00:00")
    def test_too_little(self):
        """R8.2.1: of three purchases nothing is expected, and it is said."""
        rhythm = self._rhythm(1)
        self.assertEqual((rhythm.state, rhythm.next_on, rhythm.interval_days), ("little", False, 0))
        self.assertEqual((rhythm.frequency, rhythm.year_kg), (0, 0))

    @freeze_time("2024-05-20 04:00:00")
    def test_cancelled_is_no_worth(self):
        """R8.2.1: what was cancelled is not what the customer is worth."""
        order = self._order(self.customers[0], 5, "2024-04-10")
        self._cancel(order, "2024-04-12 04:00:00")
        self.queue._fill()
        self.assertEqual(self._rhythm().year_kg, 12000)

    @freeze_time("2024-05-20 04:00:00")
    def test_overdue_is_to_do_of_sales(self):
        """R8.2.1, R4.2.2: sales find whom to ask on their desk until the customer has answered."""
        desk = self.env["paper.desk"].with_user(self.sales)

        def asked():
            self.env.invalidate_all()
            kinds = {kind["code"]: kind["count"] for kind in desk.get_desk("department")["kinds"]}
            return kinds.get("customer_quiet", 0)

        self.assertEqual(asked(), 1)
        rows = [row for row in desk.get_desk("department", "customer_quiet")["tasks"]]
        self.assertEqual(len(rows), 1)
        action = self._rhythm().action_answer()
        answers = self.env["paper.customer.answer"].with_user(self.sales).with_context(**action["context"])
        with self.assertRaises(AnswerError), self.env.cr.savepoint():
            answers.create({"outcome": "later", "reason": "stock"})
        with self.assertRaises(AnswerError), self.env.cr.savepoint():
            answers.create({"outcome": "lost", "reason": "other"})
        answers.create({"outcome": "later", "reason": "stock", "expected_on": "2024-06-10"})
        self.assertEqual(asked(), 0)
        self.assertEqual(self._rhythm().late_on, date(2024, 6, 10))
        with freeze_time("2024-06-11 04:00:00"):
            self.assertEqual(asked(), 1)
            answers.create({"outcome": "lost", "reason": "price"})
            self.assertEqual((asked(), self._rhythm().state, self._rhythm().reason), (0, "lost", "price"))
            self._order(self.customers[0], 2, "2024-06-12")
            self.queue._fill()
        with freeze_time("2024-06-13 04:00:00"):
            self.assertEqual(self._rhythm().state, "early")

    @freeze_time("2024-05-20 04:00:00")
    def test_who_reads(self):
        """R8.2.1: sales and management read who buys; planning and purchasing do not, and an answer is not rewritten."""
        self.assertTrue(self._rhythm(user=self.management))
        for name in ("planning", "purchasing"):
            user = new_test_user(self.env, f"stats.rhythm.{name}", groups=f"paper_base.group_{name}")
            with self.subTest(name=name), self.assertRaises(AccessError):
                self._rhythm(user=user)
        answer = (
            self.env["paper.customer.answer"]
            .with_user(self.sales)
            .create({"partner_id": self.customers[0].id, "outcome": "lost", "reason": "price"})
        )
        with self.assertRaises(AccessError):
            answer.write({"reason": "quality"})
        other = self.env["res.company"].create({"name": "Another mill"})
        self.sales.company_ids += other
        self.env.flush_all()
        alone = self.env["paper.customer.rhythm"].with_user(self.sales).with_context(allowed_company_ids=[other.id])
        self.assertFalse(alone.search([("partner_id", "=", self.customers[0].id)]))

    def test_month_in_words(self):
        """R8.1.1: a month is shown as a month, in groups and in lists, of facts and of machines."""
        months = self.env["paper.fact.order.month"].with_user(self.management).with_context(lang="en_US")
        groups = months.formatted_read_group([("partner_id", "=", self.customers[1].id)], ["month:month"], ["__count"])
        self.assertEqual([group["month:month"][1] for group in groups], ["2024-01", "2024-02", "2024-03"])
        facts = [f"paper.fact.{name}.month" for name in ("order", "purchase", "production")]
        for model in (*facts, "paper.machine.month"):
            arch = self.env[model].with_user(self.management).get_view(view_type="list")["arch"]
            self.assertIn('widget="paper_month"', arch, model)
