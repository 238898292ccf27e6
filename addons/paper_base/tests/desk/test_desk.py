from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from ...exceptions import DeskError
from ...lib.desk import Task
from ...models.desk import paper_desk as room
from ..common import PaperCommon


@tagged("post_install", "-at_install")
class TestDesk(PaperCommon):
    """What waits for a person and the own department, late first (R4.2.2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls._create_user("t_colleague", "paper_base.group_sales")
        cls.lawyer = cls._create_user("t_lawyer", "paper_base.group_legal")
        cls.today = cls.env.company._paper_today()

    def _order_of(self, user, days=None, **values):
        order = self._create_order(user_id=user.id, **values)
        self._settle()
        if days is not None:
            self._stand(order, {"paper_stage_deadline": self.today + timedelta(days=days)})
        return order

    def _desk(self, user, scope="mine"):
        return self.env["paper.desk"].with_user(user).get_desk(scope)

    def _ids(self, desk):
        return [row["id"] for row in desk["tasks"] if row["kind"] == "stage_confirmed"]

    def test_mine_and_my_department(self):
        """R4.2.2: I see what I have and what nobody took up, my department's desk has my colleagues' too."""
        own, other = self._order_of(self.salesman), self._order_of(self.colleague)
        mine, department = self._ids(self._desk(self.salesman)), self._ids(self._desk(self.salesman, "department"))
        self.assertIn(own.id, mine)
        self.assertNotIn(other.id, mine)
        self.assertLessEqual({own.id, other.id}, set(department))
        self.assertNotIn(own.id, self._ids(self._desk(self.lawyer)))

    def test_late_first_with_all_that_is_asked(self):
        """R4.2.2: a row says what is next, of which order, customer and paper, how much, until when, who has it."""
        later, late = self._order_of(self.salesman, days=4), self._order_of(self.salesman, days=-2)
        desk = self._desk(self.salesman)
        self.assertEqual(self._ids(desk)[:2], [late.id, later.id])
        row = next(row for row in desk["tasks"] if row["id"] == late.id)
        self.assertEqual((row["late"], row["days"], row["who"]), (True, -2, self.salesman.name))
        self.assertEqual((row["order"], row["customer"]), (late.name, late.partner_id.display_name))
        self.assertEqual(row["kg"], late.paper_weight_kg)
        self.assertTrue(row["spec"])
        kind = next(kind for kind in desk["kinds"] if kind["code"] == "stage_confirmed")
        self.assertGreaterEqual((kind["count"], kind["late"]), (2, 1))

    def test_what_the_customer_has_is_not_mine(self):
        """R3.2.1: while the customer has the ball the order is on nobody's desk."""
        order = self._order_of(self.salesman)
        self._stand(order, {"paper_stage_ball": True})
        self.assertNotIn(order.id, self._ids(self._desk(self.salesman)))

    def test_a_stand_in_has_the_work_of_who_is_away(self):
        """R3.3.1: what an absent colleague has stands on the stand-in's desk."""
        order = self._order_of(self.salesman)
        self.env["paper.delegation"].with_user(self.salesman).create(
            {
                "user_id": self.salesman.id,
                "stand_in_id": self.colleague.id,
                "date_from": self.today,
                "date_to": self.today,
                "company_id": self.env.company.id,
            }
        )
        self.assertIn(order.id, self._ids(self._desk(self.colleague)))

    def test_the_whole_mill_is_for_the_management(self):
        """R4.2.2: the whole mill's desk and its cockpit are the management's and the administrator's."""
        order = self._order_of(self.salesman, days=-1)
        for scope in ("all", "nonsense"):
            with self.assertRaises(DeskError):
                self._desk(self.salesman, scope)
        with self.assertRaises(DeskError):
            self.env["paper.desk"].with_user(self.salesman).get_cockpit()
        self.assertIn(order.id, self._ids(self._desk(self.manager, "all")))
        cockpit = self.env["paper.desk"].with_user(self.manager).get_cockpit()
        figures = {figure["code"]: figure for figure in cockpit["figures"]}
        for code in ("open", "late", "risk"):
            figure = figures[code]
            with self.subTest(figure=code):
                self.assertEqual(figure["value"], self.env[figure["model"]].search_count(figure["domain"]))
        self.assertGreaterEqual(figures["late"]["value"], 1)
        self.assertIn(self.env.ref("paper_base.group_sales").name, [row["name"] for row in cockpit["departments"]])

    def test_a_counter_opens_what_it_counts(self):
        """R4.2.2: each counter of a desk and each figure of the cockpit opens the list of the very records that it counts."""
        self._order_of(self.salesman, days=-1)
        desk = self._desk(self.salesman)
        self.assertTrue(desk["kinds"])
        for kind in desk["kinds"]:
            with self.subTest(kind=kind["code"]):
                action = self.env["ir.actions.act_window"].with_user(self.salesman)._for_xml_id(kind["action"])
                found = self.env[action["res_model"]].with_user(self.salesman).search_count(kind["domain"])
                self.assertEqual(found, kind["count"])
        for figure in self.env["paper.desk"].with_user(self.manager).get_cockpit()["figures"]:
            if figure["action"]:
                with self.subTest(figure=figure["code"]):
                    action = self.env["ir.actions.act_window"]._for_xml_id(figure["action"])
                    self.assertEqual(action["res_model"], figure["model"])

    def test_what_was_escalated(self):
        """R3.3.1: the cockpit tells the manager how many missed deadlines were reported to them and wait still."""
        cockpit = self.env["paper.desk"].with_user(self.manager)

        def escalated():
            return next(figure for figure in cockpit.get_cockpit()["figures"] if figure["code"] == "escalated")

        self.assertEqual((escalated()["value"], escalated()["tone"], escalated()["bars"]), (0, "good", []))
        order = self._order_of(self.salesman, days=-1)
        self.env.company._paper_tell(self.manager, order, "Deadline missed.", kind="missed")
        figure = escalated()
        self.assertEqual((figure["value"], figure["tone"], len(figure["bars"])), (1, "bad", 1))
        found = self.env["mail.activity"].with_user(self.manager).search(figure["domain"])
        self.assertEqual((found.res_model, found.res_id), ("sale.order", order.id))

    def test_what_blocks_it(self):
        """R4.2.2: a row says what stands in its way, and orders that one may not read are not asked."""
        order = self._order_of(self.salesman)
        self._block(message="No pulp.")
        asked = [[order.id, "confirm"], [order.id, "nonsense"], [0, "confirm"]]
        found = self.env["paper.desk"].with_user(self.salesman).get_blockers(asked)
        self.assertEqual(found, {f"{order.id}-confirm": "No pulp."})

    def test_a_row_that_waits_no_longer(self):
        """R4.2.2: who presses a button of an old desk is told, and nothing happens."""
        order = self._order_of(self.salesman)
        with self.assertRaises(DeskError):
            self.env["paper.desk"].with_user(self.salesman).go_on("stage_confirmed", order.id)

    def test_a_button_that_opens_a_window(self):
        """R4.2.2: a window that a button of the desk leads to is told its views, as Odoo's own buttons do."""
        order = self._order_of(self.salesman)
        task = Task("opens", "Open", (), "sale.order", [], "paper_base.action_paper_orders", button="button_that_opens")
        window = {"type": "ir.actions.act_window", "res_model": "sale.order", "view_mode": "list,form"}
        desk = self.env.registry["paper.desk"]
        with (
            patch.object(desk, "_paper_tasks", lambda _desk: [task]),
            patch.object(self.env.registry["sale.order"], "button_that_opens", lambda _order: dict(window), create=True),
        ):
            opened = self.env["paper.desk"].with_user(self.salesman).go_on("opens", order.id)
        self.assertEqual([kind for _view, kind in opened["views"]], ["list", "form"])

    def test_as_many_queries_for_many(self):
        """R4.2.2: a desk of twenty orders costs no more questions than one of two."""
        counts = []
        for number in (2, 20):
            for _order in range(number):
                self._order_of(self.salesman)
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._desk(self.salesman)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 1)

    def test_a_page_of_rows(self):
        """R4.2.2: a desk shows as many rows as a list, the most urgent of all, counts the others, and shows a chosen kind's."""
        orders = [self._order_of(self.salesman, days=days) for days in (3, -1, 1)]
        desk = self.env["paper.desk"].with_user(self.salesman)
        with patch.object(room, "ROWS", 2):
            shown = desk.get_desk("mine")
            self.assertEqual(self._ids(shown), [orders[1].id, orders[2].id])
            chosen = desk.get_desk("mine", "stage_confirmed")
            self.assertEqual(self._ids(chosen), [orders[1].id, orders[2].id])
            self.assertEqual(chosen["kinds"], shown["kinds"])
            self.assertEqual(desk.get_desk("mine", "another")["tasks"], [])
        counted = next(kind for kind in shown["kinds"] if kind["code"] == "stage_confirmed")
        self.assertEqual((counted["count"], counted["late"]), (3, 1))

    def test_no_kind_hides_another(self):
        """R4.2.2: however many orders are late, what has no deadline is on the desk, too."""
        for days in (-3, -2, -1):
            self._order_of(self.salesman, days=days)
        called = [("id", "=", self.customer.id)]
        partners = Task("partner", "Call", (), "res.partner", called, "base.action_partner_form", order="")
        own = self.env["paper.desk"].with_user(self.salesman)._stage_tasks()
        with (
            patch.object(room, "ROWS", 2),
            patch.object(self.env.registry["paper.desk"], "_paper_tasks", lambda _desk: [*own, partners]),
        ):
            rows = self._desk(self.salesman)["tasks"]
        self.assertEqual([(row["kind"], row["late"]) for row in rows], [("stage_confirmed", True), ("partner", False)])
        self.assertEqual((rows[1]["title"], rows[1]["order_id"], rows[1]["days"]), (self.customer.display_name, False, None))

    def test_moments_are_days_of_the_mill(self):
        """R4.2.2: what is due at a moment is due on the day that the mill's calendar has then, wherever who looks is."""
        order = self._order_of(self.salesman)
        self.env.company.resource_calendar_id.tz = "Asia/Shanghai"
        order.date_order = "2031-05-05 17:00:00"
        path = {"title": ("name",), "order": "id", "deadline": "date_order"}
        task = Task("due", "Due", (), "sale.order", [("id", "=", order.id)], "x.y", **path)
        with patch.object(self.env.registry["paper.desk"], "_paper_tasks", lambda _desk: [task]):
            (row,) = self._desk(self.salesman)["tasks"]
        self.assertEqual((row["deadline"], row["title"]), ("2031-05-06", order.name))

    def test_as_many_queries_for_several_kinds(self):
        """R4.2.2: a kind more on the desk is part of the same questions."""
        order = self._order_of(self.salesman)
        counts = []
        for number in (1, 6):
            tasks = [
                Task(f"due{place}", "Due", (), "sale.order", [("id", "=", order.id)], "x.y", title=("name",), order="id")
                for place in range(number)
            ]
            with patch.object(self.env.registry["paper.desk"], "_paper_tasks", lambda _desk, tasks=tasks: tasks):
                self._desk(self.salesman)
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                self.assertEqual(len(self._desk(self.salesman)["tasks"]), number)
                counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
        self.assertLessEqual(counts[0], 20)

    def test_where_people_started_before(self):
        """R4.2.2: who has the former start as the own home lands on the desk."""
        opened = self.env.ref("paper_base.action_paper_landing").with_user(self.salesman).run()
        self.assertEqual((opened["type"], opened["tag"]), ("ir.actions.client", "paper_base.desk"))
