from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import StatisticsCase


@tagged("post_install", "-at_install")
class TestOrderFacts(StatisticsCase):
    def _by_month(self, order, *measures):
        rows = self._figures([("order_id", "=", order.id)], ["date:month"], *measures)
        return {month: tuple(figures) for month, *figures in rows if any(figures)}

    def test_each_figure_on_its_own_day(self):
        """R8.1.1: what was ordered in March, shipped in April and came back in May stands in these months."""
        order = self._order(self.customers[0], 10, "2024-03-10")
        self._move(order.order_line, 6, "2024-04-02 03:00:00")
        self._move(order.order_line, 1, "2024-05-02 03:00:00", back=True, refund=True)
        months = self._by_month(order, "ordered_kg", "shipped_kg", "returned_kg", "backlog_kg")
        self.assertEqual(months[date(2024, 3, 1)], (10000, 0, 0, 10000))
        self.assertEqual(months[date(2024, 4, 1)], (0, 6000, 0, -6000))
        self.assertEqual(months[date(2024, 5, 1)], (0, 0, 1000, 1000))

    def test_midnight_is_the_mills(self):
        """R8.1.1: the last minutes of a year in Shanghai are not those of London."""
        order = self._order(self.customers[0], 2, "2024-06-01")
        self._move(order.order_line, 1, "2024-12-31 15:59:00")
        self._move(order.order_line, 1, "2024-12-31 16:01:00")
        months = self._by_month(order, "shipped_kg")
        self.assertEqual(months[date(2024, 12, 1)], (1000,))
        self.assertEqual(months[date(2025, 1, 1)], (1000,))

    def test_cancelled_keeps_what_had_left(self):
        """R8.1.1: of an order that is cancelled after a part had left, that part stays turnover; the rest is cancelled then."""
        order = self._order(self.customers[0], 5, "2024-03-10")
        self._move(order.order_line, 2, "2024-03-20 03:00:00")
        self._cancel(order, "2024-04-05 03:00:00")
        months = self._by_month(
            order, "ordered_kg", "cancelled_kg", "shipped_kg", "ordered_amount", "cancelled_amount", "backlog_kg"
        )
        self.assertEqual(months[date(2024, 3, 1)], (5000, 0, 2000, 25000, 0, 3000))
        self.assertEqual(months[date(2024, 4, 1)], (0, 3000, 0, 0, 15000, -3000))
        live = self.env["paper.order.report"].with_user(self.management)
        measures = ["confirmed_kg:sum", "confirmed_amount:sum"]
        self.assertEqual(live._read_group([("order_id", "=", order.id)], [], measures), [(2000, 10000)])

    def test_quotations_are_no_orders(self):
        """R8.1.1: what was never confirmed is no order, cancelled or not."""
        draft = self._order(self.customers[0], 5, confirm=False)
        lost = self._order(self.customers[0], 5, confirm=False)
        self._cancel(lost, "2024-04-05 03:00:00")
        self.assertEqual(self._figures([("order_id", "in", (draft | lost).ids)], [], "orders:count_distinct")[0][0], 0)
        self.assertFalse(self.env["paper.fact.order"].search([("order_id", "in", (draft | lost).ids)]))

    def test_region_of_the_delivery(self):
        """R8.1.1: the region is the province of the delivery address; where none is entered, that of its postcode."""
        order = self._order(self.customers[0], 1)
        other = self._order(self.customers[1], 1)
        domain = [("order_id", "in", (order | other).ids)]
        rows = dict(self._figures(domain, ["region_id"], "ordered_kg"))
        self.assertEqual(rows[self.env.ref("base.state_cn_JS")], 1000)
        self.customers[1].state_id = self.env.ref("base.state_cn_ZJ")
        rows = dict(self._figures(domain, ["region_id"], "ordered_kg"))
        self.assertEqual(rows[self.env.ref("base.state_cn_ZJ")], 1000)
        live = self.env["paper.order.report"].search([("order_id", "=", order.id)])
        self.assertEqual(live.region_id, self.env.ref("base.state_cn_JS"))

    def test_counts(self):
        """R8.1.1: orders, customers and specifications are counted once each, however many things happened to them."""
        first = self._order(self.customers[0], 3, "2024-02-10")
        second = self._order(self.customers[0], 1, "2024-02-11")
        self._move(first.order_line, 1, "2024-02-12 03:00:00")
        counts = self._figures(
            [("order_id", "in", (first | second).ids)],
            [],
            "orders:count_distinct",
            "customers:count_distinct",
            "specs:count_distinct",
            "line_count",
        )
        self.assertEqual(counts, [(2, 1, 2, 2)])

    def test_in_full_and_on_time(self):
        """R8.1.1: OTIF stands on the day the item was due, and is a quotient of sums, not an average of averages."""
        kept = self._order(self.customers[0], 1, "2024-02-01", due="2024-02-20 04:00:00")
        late = self._order(self.customers[0], 1, "2024-02-01", due="2024-02-20 04:00:00")
        small = self._order(self.customers[1], 1, "2024-02-01", due="2024-02-21 04:00:00")
        self._move(kept.order_line, 1, "2024-02-20 15:00:00")
        self._move(late.order_line, 1, "2024-02-20 17:00:00")
        orders = kept | late | small
        rows = self._figures([("order_id", "in", orders.ids)], [], "due_count", "on_time_count", "on_time_percent:avg")
        self.assertEqual([float(value) for value in rows[0]], [3, 1, 33.33])

    def test_amounts_stay_hidden(self):
        """R8.1.1, R8.3.1: planning counts orders and kilograms, and reads no amount by any way, nor searches by one."""
        order = self._order(self.customers[0], 1)
        planner = new_test_user(self.env, "stats.planner", groups="paper_base.group_planning")
        for model in ("paper.fact.order", "paper.fact.order.month"):
            self._figures([("partner_id", "=", order.partner_id.id)], [], "ordered_kg", model=model, user=planner)
            with self.assertRaises(AccessError):
                self._figures([], [], "ordered_amount", model=model, user=planner)
            with self.assertRaises(AccessError):
                self._figures([], [], "price_per_tonne:avg", model=model, user=planner)
            with self.assertRaises(AccessError):
                self.env[model].with_user(planner).search([("ordered_amount", ">", 0)])

    def test_another_company_stays_apart(self):
        """R8.1.1: nobody reads the figures of a company that is not theirs, and its currency is its own."""
        other = self.env["res.company"].create({"name": "Another mill"})
        self._order(self.customers[0], 1, company=other)
        rows = self._figures([("partner_id", "=", self.customers[0].id)], [], "ordered_kg")
        self.assertFalse(rows[0][0])

    def test_opens_its_document(self):
        """R8.1.1: a figure opens the order or the delivery that it stands for, a month the figures that it sums."""
        order = self._order(self.customers[0], 1, "2024-03-10")
        self.queue._fill()
        fact = self.env["paper.fact.order"].search([("order_id", "=", order.id), ("event", "=", "ordered")])
        action = fact.action_open_document()
        self.assertEqual((action["res_model"], action["res_id"]), ("sale.order", order.id))
        month = self.env["paper.fact.order.month"].search([("partner_id", "=", order.partner_id.id)])
        found = self.env["paper.fact.order"].search(month.action_open_facts()["domain"])
        self.assertEqual(found, fact)

    def test_invoiced_on_the_invoice_date(self):
        """R8.1.1: the invoice counts on its own date, less what is credited on that of the credit note."""
        order = self._order(self.customers[0], 1, "2024-03-10")
        line = order.order_line
        line._by_step().qty_delivered_method = "manual"
        line.qty_delivered = 1
        invoice = order._create_invoices()
        invoice.invoice_date = "2024-05-31"
        invoice.action_post()
        rows = {
            month: amount for month, amount in self._figures([("order_id", "=", order.id)], ["date:month"], "invoiced_amount")
        }
        self.assertAlmostEqual(rows[date(2024, 5, 1)], 5000)
        self.assertFalse(rows[date(2024, 3, 1)])
