from datetime import timedelta

from odoo import Command
from odoo.addons.paper_base.tests.own_rules import keep_own_rules
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged
from odoo.tests.common import TransactionCase
from odoo.tools import SQL


@tagged("post_install", "-at_install")
class TestOrderReport(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        keep_own_rules(cls, set())
        cls.grade = cls.env["paper.grade"].create({"name": "Statistics grade"})
        cls.kilogram = cls.env.ref("uom.product_uom_kgm")
        cls.tonne = cls.env.ref("uom.product_uom_ton")
        cls.customers = cls.env["res.partner"].create([{"name": "First"}, {"name": "Second"}])
        cls.management = new_test_user(cls.env, "stats.management", groups="paper_base.group_management")

    @classmethod
    def _product(cls, uom):
        values = {"name": "Paper", "is_paper": True, "uom_id": uom.id, "list_price": 5, "type": "consu"}
        return cls.env["product.product"].create(values)

    @classmethod
    def _order(cls, customer, product, tonnes, company=None):
        spec = cls.env["paper.spec"].create(
            {"grade_id": cls.grade.id, "basis_weight": 80, "width": 787, "company_id": (company or cls.env.company).id}
        )
        line = {"product_id": product.id, "paper_spec_id": spec.id, "paper_quantity": tonnes, "paper_unit": "t"}
        order = cls.env["sale.order"].with_company(company or cls.env.company)
        return order.create({"partner_id": customer.id, "order_line": [Command.create(line)]})

    def _totals(self, user=None, amounts=True):
        report = self.env["paper.order.report"].with_user(user or self.management)
        figures = ["order_id:count_distinct", "ordered_kg:sum", "confirmed_kg:sum", "delivered_kg:sum"]
        if amounts:
            figures.append("confirmed_amount:sum")
        rows = report._read_group([("grade_id", "=", self.grade.id)], ["partner_id"], figures)
        return {row[0]: row[1:] for row in rows}

    def test_numbers_equal_the_documents(self):
        """R8.1.1: orders, tonnes and amounts by customer are the sums of the orders themselves, in kg whatever the unit."""
        first, second = self.customers
        confirmed = self._order(first, self._product(self.kilogram), 12.5)
        self._order(first, self._product(self.tonne), 3)
        self._order(second, self._product(self.tonne), 1)._action_cancel()
        confirmed.action_confirm()
        totals = self._totals()
        self.assertEqual(totals[first][0], 2)
        self.assertAlmostEqual(totals[first][1], 15500)
        self.assertAlmostEqual(totals[first][2], 12500)
        self.assertAlmostEqual(totals[first][4], confirmed.amount_untaxed)
        self.assertEqual(totals[second][1:], (0, 0, 0, 0))

    def test_delivered_kilograms_of_a_line_in_tonnes(self):
        """R8.1.1: what was delivered counts in kg for a line in tonnes."""
        order = self._order(self.customers[0], self._product(self.tonne), 2)
        order.order_line._by_step().qty_delivered_method = "manual"
        order.order_line.qty_delivered = 1.25
        self.assertAlmostEqual(self._totals()[self.customers[0]][3], 1250)

    def test_unlike_units_are_not_summed(self):
        """R8.1.1: paper that was sold in pieces, before it had a specification, is an order but no weight."""
        pieces = self._product(self.env.ref("uom.product_uom_unit"))
        pieces.paper_grade_id = self.grade
        line = {"product_id": pieces.id, "product_uom_qty": 7}
        order = self.env["sale.order"].create(
            {"partner_id": self.customers[0].id, "order_line": [Command.create(line)]}
        )
        order.order_line._by_step().qty_delivered_method = "manual"
        order.order_line.qty_delivered = 7
        self.assertEqual(self._totals()[self.customers[0]][:4], (1, 0, 0, 0))

    def test_in_full_and_on_time_by_line(self):
        """R8.1.1: each line is measured by its own delivery date and its own tolerance, whatever the order's date is."""
        product = self._product(self.tonne)
        product.is_storable = True
        order = self._order(self.customers[0], product, 10)
        order.commitment_date = "2020-03-10 08:00:00"
        first = order.order_line
        lines = first
        for _number in range(4):
            lines |= first.copy({"order_id": order.id})
        early, late, short, within, future = lines
        late.paper_commitment_date = "2020-03-05 08:00:00"
        within.paper_spec_id.tolerance_minus = 5
        future.paper_commitment_date = "2100-01-01 08:00:00"
        order.action_confirm()
        customer = self.env.ref("stock.stock_location_customers")
        stock = order.warehouse_id.lot_stock_id
        for line, tonnes in ((early, 10), (late, 10), (short, 9), (within, 9.6)):
            moves = self.env["stock.move"].create(
                {
                    "sale_line_id": line.id,
                    "product_id": product.id,
                    "product_uom_qty": tonnes,
                    "quantity": tonnes,
                    "product_uom": self.tonne.id,
                    "location_id": stock.id,
                    "location_dest_id": customer.id,
                }
            )
            self._moved(moves, date="2020-03-09 08:00:00")
        self.env.flush_all()
        report = self.env["paper.order.report"].with_user(self.management)
        rows = {
            row["id"]: (row["due_count"], row["in_full_count"], row["on_time_count"])
            for row in report.search_read([("order_id", "=", order.id)], ["due_count", "in_full_count", "on_time_count"])
        }
        self.assertEqual(rows[early.id], (1, 1, 1))
        self.assertEqual(rows[late.id], (1, 1, 0))
        self.assertEqual(rows[short.id], (1, 0, 0))
        self.assertEqual(rows[within.id], (1, 1, 1))
        self.assertEqual(rows[future.id], (0, 0, 0))
        dates = {row.id: row.commitment_date for row in report.search([("order_id", "=", order.id)])}
        self.assertEqual(str(dates[late.id]), "2020-03-05 08:00:00")
        self.assertEqual(str(dates[early.id]), "2020-03-10 08:00:00")

    def _moved(self, moves, **values):
        """Say of moves that they are done, past what guards goods where it is installed: only the figures are looked at."""
        self.env.flush_all()
        columns = {"state": "done", **values}
        assigned = SQL(", ").join(SQL("%s = %s", SQL.identifier(name), value) for name, value in columns.items())
        self.env.cr.execute(SQL("UPDATE stock_move SET %s WHERE id IN %s", assigned, tuple(moves.ids)))
        moves.invalidate_recordset()
        moves.modified([*columns])

    def test_produced_kilograms(self):
        """R8.1.2: what was produced for a line counts once its manufacturing order is done, in kg."""
        product = self._product(self.tonne)
        product.is_storable = True
        order = self._order(self.customers[0], product, 2)
        bom = self.env["mrp.bom"].create(
            {"product_tmpl_id": product.product_tmpl_id.id, "product_qty": 1, "product_uom_id": self.tonne.id}
        )
        production = self.env["mrp.production"].create(
            {
                "product_id": product.id,
                "product_qty": 2,
                "product_uom_id": self.tonne.id,
                "bom_id": bom.id,
                "sale_line_id": order.order_line.id,
            }
        )
        produced = "produced_kg:sum"
        domain = [("order_id", "=", order.id)]
        report = self.env["paper.order.report"].with_user(self.management)
        self.assertEqual(report._read_group(domain, [], [produced]), [(0,)])
        moves = self.env["stock.move"].create(
            {
                "production_id": production.id,
                "product_id": product.id,
                "product_uom_qty": 2,
                "quantity": 1.5,
                "product_uom": self.tonne.id,
                "location_id": production.production_location_id.id,
                "location_dest_id": production.location_dest_id.id,
            }
        )
        self._moved(moves)
        self.assertAlmostEqual(report._read_group(domain, [], [produced])[0][0], 1500)

    def _cockpit(self, user):
        return {figure.code: figure for figure in self.env["paper.desk"].with_user(user)._paper_figures()}

    def test_in_full_and_on_time_in_the_cockpit(self):
        """R8.1.1, R8.3.1: the cockpit says which share of the items due came in time, week by week, and opens those."""
        product = self._product(self.tonne)
        order = self._order(self.customers[0], product, 10)
        first = order.order_line
        lines = first | first.copy({"order_id": order.id}) | first.copy({"order_id": order.id})
        today = self.env.company._paper_today()
        for line, days in zip(lines, (-3, -12, 4), strict=True):
            line.paper_commitment_date = self.env.company._paper_day_begins(today + timedelta(days=days))
        self.env.flush_all()
        before = self._cockpit(self.management).get("on_time")
        counted = self.env[before.model].search_count(before.domain) if before else 0
        order.action_confirm()
        self.env.flush_all()
        figure = self._cockpit(self.management)["on_time"]
        found = self.env[figure.model].search(figure.domain)
        self.assertEqual(len(found), counted + 2)
        self.assertLessEqual(set(lines[:2].ids), set(found.ids))
        self.assertNotIn(lines[2].id, found.ids)
        kept = sum(found.mapped("on_time_count"))
        self.assertAlmostEqual(figure.value, 100 * kept / len(found), 1)
        behind = [self.env[figure.model].search(domain) for _label, _value, _late, domain in figure.bars]
        self.assertEqual(sorted(row.id for rows in behind for row in rows), sorted(found.ids))

    def test_what_was_sold_in_the_cockpit(self):
        """R8.3.1: what the month's orders are worth is drawn for who reads amounts, and for nobody else."""
        order = self._order(self.customers[0], self._product(self.kilogram), 1)
        order.order_line.price_unit = 7
        order.action_confirm()
        self.env.flush_all()
        figure = self._cockpit(self.management)["confirmed"]
        rows = self.env[figure.model].with_user(self.management).search(figure.domain)
        self.assertIn(order, rows.order_id)
        self.assertAlmostEqual(figure.value, sum(rows.mapped("confirmed_amount")), 2)
        planner = new_test_user(self.env, "stats.planner", groups="paper_base.group_planning")
        self.assertNotIn("confirmed", self._cockpit(planner))

    def test_foreign_currency(self):
        """R8.1.1: amounts of orders in other currencies are told in the company's own."""
        currency = self.env["res.currency"].create({"name": "XPS", "symbol": "X", "rounding": 0.01})
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "rate": 0.5, "name": "2020-01-01", "company_id": self.env.company.id}
        )
        pricelist = self.env["product.pricelist"].create({"name": "Foreign", "currency_id": currency.id})
        order = self._order(self.customers[0], self._product(self.kilogram), 1)
        order.pricelist_id = pricelist
        order.order_line.price_unit = 3
        report = self.env["paper.order.report"].with_user(self.management)
        amount = report._read_group([("order_id", "=", order.id)], [], ["amount:sum"])[0][0]
        self.assertAlmostEqual(amount, 3000 / 0.5)

    def test_another_company_stays_apart(self):
        """R8.1.1: nobody reads the figures of a company that is not his."""
        other = self.env["res.company"].create({"name": "Another mill"})
        self._order(self.customers[0], self._product(self.kilogram), 1, company=other)
        self.assertNotIn(self.customers[0], self._totals())

    def test_who_may_read(self):
        """R8.3.1: management and departments read the statistics, amounts only who reads prices; a customer does not."""
        portal = new_test_user(self.env, "stats.portal", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self._totals(portal)
        for department in ("sales", "planning", "purchasing", "finance"):
            user = new_test_user(self.env, f"stats.{department}", groups=f"paper_base.group_{department}")
            self._totals(user, amounts=False)
            if department in ("sales", "finance"):
                self._totals(user)
            else:
                with self.assertRaises(AccessError):
                    self._totals(user)

    def test_queries_do_not_grow(self):
        """R8.1.1: the statistics of ten orders cost as many queries as those of one."""
        product = self._product(self.kilogram)
        self._order(self.customers[0], product, 1)
        self._totals()
        before = self.env.cr.sql_log_count
        self._totals()
        one = self.env.cr.sql_log_count - before
        for _number in range(9):
            self._order(self.customers[0], product, 1)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self._totals()
        self.assertLessEqual(self.env.cr.sql_log_count - before, one)
