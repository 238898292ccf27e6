from contextlib import suppress
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ...exceptions import StepFieldError
from ..common import PaperCommon


@tagged("post_install", "-at_install")
class TestStanding(PaperCommon):
    """Where an order stands is stored, so that it is searched, grouped and sorted by (R4.2.2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.legal = cls.env.ref("paper_base.group_legal")
        cls.today = cls.env.company._paper_today()

    def _standing_at(self, code, **values):
        order = self._create_order(user_id=self.salesman.id)
        patcher = self._add_milestones({"code": code, "name": code, "state": "current", **values})
        order._paper_status_changed()
        self._settle()
        patcher.stop()
        return order

    def test_the_end_of_a_transaction_stores_it(self):
        """R4.2.2: whoever moves a document, the order stands elsewhere when the transaction ends."""
        order = self._create_order(user_id=self.salesman.id)
        self._settle()
        self.assertEqual((order.paper_stage, order.paper_stage_user_id), ("confirmed", self.salesman))
        self.assertEqual(order.paper_stage_department_id, self.env.ref("paper_base.group_sales"))
        self.assertTrue(order.paper_stage_since)
        order.action_confirm()
        self._settle()
        self.assertEqual(order.paper_stage, "closed")
        other = self._create_order()
        self._settle()
        other._action_cancel()
        self._settle()
        self.assertFalse(other.paper_stage)

    def test_searched_grouped_and_sorted(self):
        """R4.2.2: a list shows what a department has, by stage, the most urgent first."""
        late = self._standing_at("legal", department="legal", deadline=self.today - timedelta(days=1))
        due = self._standing_at("legal", department="legal", deadline=self.today + timedelta(days=9))
        with_customer = self._standing_at("signed", state="paused", owner="Hua Print")
        mine = late | due | with_customer
        orders = self.env["sale.order"]
        domain = [("id", "in", mine.ids)]
        self.assertEqual(orders.search([*domain, ("paper_stage_department_id", "=", self.legal.id)]), late | due)
        self.assertEqual(orders.search(domain, order="paper_stage_deadline")[:2], late | due)
        self.assertEqual(orders.search([*domain, ("paper_stage_late", "=", True)]), late)
        self.assertEqual(orders.search([*domain, ("paper_stage_late", "=", False)]), due | with_customer)
        self.assertEqual(orders.search([*domain, ("paper_stage_ball", "=", True)]), with_customer)
        self.assertEqual(dict(orders._read_group(domain, ["paper_stage"], ["__count"])), {"legal": 2, "signed": 1})
        self.assertEqual(mine.mapped("paper_stage_late"), [True, False, False])

    def test_late_is_what_the_customer_waits_for(self):
        """R3.3.2: an order whose delivery date has passed is late, whatever step it waits for; a shipped one is not."""
        order = self._standing_at("planned", department="planning")
        order.commitment_date = fields.Datetime.now() - timedelta(days=2)
        self.assertTrue(order.paper_stage_late)
        self.assertIn(order, order.search([("paper_stage_late", "=", True)]))
        self._stand(order, {"paper_stage": "visited"})
        self.assertFalse(order.paper_stage_late)
        self.assertNotIn(order, order.search([("paper_stage_late", "=", True)]))

    def test_nobody_writes_it(self):
        """R4.2.2: where an order stands follows from its documents; neither a person nor the administrator says it."""
        order = self._create_order(user_id=self.salesman.id)
        for user in (self.salesman, self.env.ref("base.user_admin")):
            with self.subTest(user=user.login), self.assertRaises(StepFieldError):
                order.with_user(user).write({"paper_stage": "closed"})

    def test_what_nobody_told_is_put_right(self):
        """R4.2.2: once a day every open order is looked over."""
        order = self._create_order(user_id=self.salesman.id)
        self._settle()
        self._stand(order, {"paper_stage": "visited", "paper_stage_user_id": None})
        self.env["sale.order"]._cron_refresh_stages()
        self.assertEqual((order.paper_stage, order.paper_stage_user_id), ("confirmed", self.salesman))

    def test_a_batch_part_of_which_fails(self):
        """R4.2.2: what is undone in a batch takes nothing from the others: they stand somewhere, at its end."""
        orders = self.env["sale.order"]
        with orders._standing_at_once():
            first = self._create_order(user_id=self.salesman.id)
            with suppress(ZeroDivisionError), self.env.cr.savepoint():
                self._create_order()
                self.env.flush_all()
                raise ZeroDivisionError
            self.assertFalse(first.paper_stage)
            second = self._create_order(user_id=self.salesman.id)
            self._settle()
            self.assertFalse(second.paper_stage)
        self._settle()
        self.assertEqual((first | second).mapped("paper_stage"), ["confirmed", "confirmed"])

    def test_queries_do_not_grow(self):
        """R4.2.2: ten orders that move in one transaction cost as many questions as two, and one line each to store."""
        counts = []
        for number in (2, 10):
            orders = self.env["sale.order"].union(*(self._create_order() for _order in range(number)))
            self._settle()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            orders.sudo()._stage_values()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
