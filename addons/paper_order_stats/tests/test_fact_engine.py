from odoo.tests import tagged

from .common import StatisticsCase


@tagged("post_install", "-at_install")
class TestFactEngine(StatisticsCase):
    def _queued(self, order):
        return self.queue.search_count([("fact", "=", "paper.fact.order"), ("document_id", "=", order.id)])

    def _check(self):
        """Compare what there is with the documents, without taking over anything first."""
        return {check.fact: check.difference_count for check in self.env["paper.fact.check"]._check_all()}

    def test_only_what_changed_is_read_again(self):
        """R8.1.1: a change of an order queues that order, whoever makes it by whatever way, and one batch answers it."""
        order, other = self._order(self.customers[0], 1), self._order(self.customers[1], 1)
        self.queue._fill()
        self.assertFalse(self._queued(order))
        self.env.cr.execute("UPDATE sale_order_line SET price_subtotal = 7 WHERE order_id = %s", [order.id])
        self.assertTrue(self._queued(order))
        self.assertFalse(self._queued(other))
        self.assertEqual(self._figures([("order_id", "=", order.id)], [], "ordered_amount"), [(7,)])

    def test_nothing_double_when_broken_off(self):
        """R8.1.1: a batch that is broken off in the middle leaves the queue and the facts as they were, and goes again."""
        order = self._order(self.customers[0], 1)
        self.queue._fill()
        self._set(order, date_order="2024-04-10 04:00:00")
        queued = self._queued(order)

        class Killed(Exception):
            pass

        fact = self.env["paper.fact.order"]
        with self.assertRaises(Killed), self.env.cr.savepoint():
            fact._take_batch()
            raise Killed
        self.assertEqual(self._queued(order), queued)
        rows = self._figures([("order_id", "=", order.id), ("event", "=", "ordered")], ["date:month"], "ordered_kg", "__count")
        self.assertEqual([(str(month), kg, count) for month, kg, count in rows], [("2024-04-01", 1000, 1)])
        months = self._figures([("partner_id", "=", order.partner_id.id)], [], "ordered_kg", model="paper.fact.order.month")
        self.assertEqual(months, [(1000,)])

    def test_deleted_document(self):
        """R8.1.1: what an order line said goes with it."""
        order = self._order(self.customers[0], 1)
        self.queue._fill()
        self.env.cr.execute("DELETE FROM sale_order_line WHERE order_id = %s", [order.id])
        self.queue._fill()
        self.assertFalse(self.env["paper.fact.order"].search_count([("order_id", "=", order.id)]))
        self.assertFalse(self.env["paper.fact.order.month"].search_count([("partner_id", "=", order.partner_id.id)]))

    def test_check_counts_and_mends(self):
        """R8.1.1: the nightly check finds nothing after an ordinary day; what was changed past it is counted and mended."""
        order = self._order(self.customers[0], 1)
        self.queue._fill()
        self.assertEqual(set(self._check().values()), {0})
        self.env.cr.execute("UPDATE paper_fact_order SET ordered_kg = 5 WHERE order_id = %s AND event = 'ordered'", [order.id])
        self.assertEqual(self._check()["paper.fact.order"], 2)
        self.assertEqual(self._figures([("order_id", "=", order.id)], [], "ordered_kg"), [(1000,)])
        self.assertEqual(self._check()["paper.fact.order"], 0)

    def test_months_equal_the_facts(self):
        """R8.1.1, R8.1.2, R8.1.3: the months of each room sum to its facts."""
        self._order(self.customers[0], 1, "2024-01-10")
        self._order(self.customers[1], 2, "2024-02-10")
        self.queue._fill()
        for fact in self.queue._facts():
            if fact._fact_month:
                months = self.env[fact._fact_month]
                sums = [f"{name}:sum" for name in fact._measures() if name in months._fields]
                with self.subTest(fact=fact._name):
                    self.assertEqual(months._read_group([], [], sums), fact._read_group([], [], sums))

    def test_everything_is_read_again(self):
        """R8.1.1: a room that comes to a mill with orders reads them all, batch by batch."""
        order = self._order(self.customers[0], 1)
        self.queue._fill()
        self.env.cr.execute("DELETE FROM paper_fact_order")
        self.env.cr.execute("INSERT INTO paper_fact_queue (fact, document_id) VALUES ('paper.fact.order', 0)")
        self.assertEqual(self._figures([("order_id", "=", order.id)], [], "ordered_kg"), [(1000,)])
