from contextlib import suppress
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.addons.bus.models.bus import BusBus
from odoo.tests import tagged

from ...exceptions import StepFieldError
from ...lib.progress import Progress
from ...models.milestone.sale_order import SaleOrder as WalkingOrder
from ..common import PaperCommon

# What a list of orders, their board and the tracking table show; none of it is worked out when it is read.
SHOWN = {
    "sale.order": (
        "paper_next_step",
        "paper_next_owner",
        "paper_next_deadline",
        "paper_stage_late",
        "paper_spec_summary",
        "paper_weight_kg",
        "paper_tonnes",
        "paper_made_percent",
        "paper_shipped_percent",
    ),
    "sale.order.line": (
        "paper_made_kg",
        "paper_shipped_kg",
        "paper_invoiced_kg",
        "paper_due_day",
        "paper_light",
        "paper_stage",
        "paper_spec_id",
    ),
}


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

    def test_a_step_without_a_deadline_is_due_with_its_paper(self):
        """R4.2.2: a step for which no deadline runs is to be over by the day on which the first paper is due."""
        order = self._create_order(user_id=self.salesman.id)
        company, day = self.env.company, self.today + timedelta(days=12)
        order.commitment_date = company._paper_day_begins(day) + timedelta(hours=4)
        self._settle()
        self.assertEqual((order.paper_stage, order.paper_stage_deadline), ("confirmed", day))
        self.assertFalse(order._get_portal_milestones()[0]["deadline"], "the customer is told of deadlines that were agreed")
        sooner = day - timedelta(days=2)
        order.order_line[0].paper_commitment_date = company._paper_day_begins(sooner) + timedelta(hours=4)
        self._settle()
        self.assertEqual(order.paper_stage_deadline, sooner)
        order.order_line.paper_commitment_date = order.commitment_date = False
        self._settle()
        self.assertFalse(order.paper_stage_deadline)

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
            orders.sudo()._refresh_stages()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def _reach(self, kg):
        """Let an addon say that so many kg of every line are made and shipped."""
        upstream = WalkingOrder._get_milestones

        def _get_milestones(orders):
            found = upstream(orders)
            self.asked += 1
            for order in orders:
                for code in ("produced", "dispatched"):
                    made = [Progress(ordered=line.paper_weight_kg, reached=kg, line=line.id) for line in order.order_line]
                    found[order].append({**orders._paper_milestone(code, code, "current"), "progress": made})
            return found

        self.asked = 0
        patcher = patch.object(WalkingOrder, "_get_milestones", _get_milestones)
        patcher.start()
        self.addCleanup(patcher.stop)
        return patcher

    def test_how_far_each_line_is(self):
        """R5.3.3: how much of a line is made and shipped is stored with where its order stands, and sorted by."""
        order = self._create_order(user_id=self.salesman.id)
        line = order.order_line
        self._reach(line.paper_weight_kg / 2)
        order._paper_status_changed()
        self._settle()
        self.assertAlmostEqual(line.paper_made_kg, line.paper_weight_kg / 2, 3)
        self.assertEqual((line.paper_planned_kg, line.paper_accepted_kg), (0, 0))
        self.assertAlmostEqual(order.paper_made_percent, 50, 3)
        lines = line.search([("id", "=", line.id), ("paper_shipped_kg", ">", 0)], order="paper_shipped_kg")
        self.assertEqual(lines, line)
        self.assertFalse(order.copy().order_line.paper_made_kg)
        with self.assertRaises(StepFieldError):
            line.with_user(self.salesman).write({"paper_made_kg": 1})

    def test_worked_out_once_a_move(self):
        """R4.2.2: an order that moves and may have fallen short is looked at once, when the transaction ends."""
        order = self._create_order(user_id=self.salesman.id)
        self._settle()
        self._reach(10)
        order._paper_status_changed()
        order._paper_weight_changed()
        self._settle()
        self.assertEqual(self.asked, 1)
        with order._standing_at_once():
            order._paper_weight_changed()
            self._settle()
            self.assertEqual(self.asked, 1)
        self._settle()
        self.assertEqual(self.asked, 2)

    def test_a_line_stands_where_its_order_stands(self):
        """R5.3.3: the tracking table searches and groups lines by stage; a line that comes later stands there as well."""
        order = self._create_order(user_id=self.salesman.id)
        self._settle()
        self.assertEqual(order.order_line.mapped("paper_stage"), ["confirmed"])
        later = self.env["sale.order.line"].create({"order_id": order.id, **self._prepare_line(self._create_sheet())})
        self._settle()
        self.assertEqual(later.paper_stage, "confirmed")
        under_way = [("order_id", "=", order.id), ("paper_stage", "not in", (False, "closed"))]
        self.assertEqual(later.search_count(under_way), 2)
        self.assertEqual(later._read_group(under_way, ["paper_stage"], ["__count"]), [("confirmed", 2)])
        with self.assertRaises(StepFieldError):
            later.with_user(self.salesman).write({"paper_stage": "closed"})
        order.action_confirm()
        self._settle()
        self.assertEqual(order.order_line.mapped("paper_stage"), ["closed", "closed"])
        self.assertFalse(order.copy().order_line[:1].paper_stage)

    def test_few_are_under_way(self):
        """R4.2.2: desks, board and tracking table have indexes of what is under way alone, of all that a mill ever had."""
        for table in ("sale_order", "sale_order_line"):
            self.env.cr.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [f"{table}_paper_under_way"])
            (definition,) = self.env.cr.fetchone()
            self.assertIn("<> 'closed'", definition)

    def test_a_list_works_nothing_out(self):
        """R4.2.2: lists, board and tracking table ask as much for twenty orders as for two, and no document of them."""
        orders = self.env["sale.order"].union(*(self._create_order() for _order in range(20)))
        self._settle()
        self._reach(10)
        for model, names in SHOWN.items():
            counts = []
            for number in (2, 20):
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                domain = [("id" if model == "sale.order" else "order_id", "in", orders[:number].ids)]
                asked = {name: {} for name in names}
                rows = self.env[model].with_user(self.salesman).web_search_read(domain, asked, limit=80)["records"]
                self.assertEqual(len(rows), number)
                counts.append(self.env.cr.sql_log_count - before)
            with self.subTest(model=model):
                self.assertLessEqual(counts[1], counts[0])
        self.assertFalse(self.asked)

    def test_the_desks_concerned_are_told(self):
        """R4.2.2: who has an order now, and who had it, reads the desk again; nobody where nothing moved."""
        order = self._standing_at("legal", department="legal")
        sent = []
        with patch.object(BusBus, "_sendone", lambda _bus, _target, kind, payload: sent.append((kind, payload))):
            order._paper_status_changed()
            self._settle()
            order._paper_status_changed()
            self._settle()
        told = [payload for kind, payload in sent if kind == "paper_desk_moved"]
        departments = self.legal | self.env.ref("paper_base.group_sales")
        self.assertEqual([(set(item["departments"]), item["orders"]) for item in told], [(set(departments.ids), order.ids)])
