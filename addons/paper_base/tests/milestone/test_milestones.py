from datetime import date

from odoo.tests import tagged

from ..common import PaperCommon


@tagged("post_install", "-at_install")
class TestMilestones(PaperCommon):
    def setUp(self):
        super().setUp()
        self.order = self._create_order()

    def _states(self, order=None):
        order = order or self.order
        return [(item["code"], item["state"]) for item in order._get_sorted_milestones()[order]]

    def _next(self, order=None):
        order = order or self.order
        return order._get_steps_ahead()[order]

    def test_from_received_to_confirmed(self):
        """R4.2.2: everybody sees how far an order is; the first step not done is the one in progress."""
        self.assertEqual(self._states(), [("received", "done"), ("confirmed", "current")])
        self.order.action_confirm()
        self.assertEqual(self._states(), [("received", "done"), ("confirmed", "done")])
        cancelled = self._create_order()
        cancelled._action_cancel()
        self.assertEqual(self._states(cancelled), [("received", "done"), ("confirmed", "failed")])
        self.assertFalse(self._next(cancelled))

    def test_in_the_order_of_the_regulation(self):
        """R4.2.2: whatever addon reports first, the steps stand in the regulation's order."""
        way = [code for code, _name in self.order._paper_stages()]
        codes = [code for code in way if code not in ("received", "confirmed")]
        self._add_milestones(*({"code": code, "name": code, "state": "todo"} for code in reversed(codes)))
        self.assertEqual([code for code, _state in self._states()], way)
        self.assertEqual([code for code, state in self._states() if state == "current"], ["complete"])

    def test_a_step_of_somebody_elses_addon(self):
        """R4.2.2: a step that no stage was named for comes last, under its own name; form, portal and list show it."""
        self._add_milestones({"code": "dyed", "name": "Dyed", "state": "current", "department": "workshop"})
        way = [item["code"] for item in self.order._get_sorted_milestones()[self.order]]
        self.assertEqual(way[-1], "dyed")
        self.assertEqual(self.order._get_portal_milestones()[-1]["name"], "Dyed")
        self.assertEqual(self.order.paper_timeline["milestones"][-1]["code"], "dyed")
        self.order._paper_status_changed()
        self._settle()
        self.assertEqual((self.order.paper_stage, self.order.paper_next_step), ("dyed", "Dyed"))

    def test_nothing_is_taken_up_before_what_is_open(self):
        """R3.3.2: while a step is late, with the customer or not passed, the next one is not called in progress."""
        for state in ("current", "late", "paused", "failed"):
            with self.subTest(state=state):
                patcher = self._add_milestones({"code": "evaluated", "name": "Evaluated", "state": state})
                states = dict(self._states())
                self.assertEqual((states["evaluated"], states["confirmed"]), (state, "todo"))
                self.assertEqual(self._next()["name"], "Evaluated")
                patcher.stop()
                self.order.invalidate_recordset()

    def test_a_confirmed_order_goes_on_in_turn(self):
        """R4.2.2: nothing is announced before it is made, though the notice is prepared or due; what fell short comes first."""
        self.order.action_confirm()
        for made, notified in (("todo", "current"), ("todo", "late"), ("current", "late"), ("short", "current")):
            with self.subTest(made=made, notified=notified):
                patcher = self._add_milestones(
                    {"code": "signed", "name": "Signed", "state": "todo"},  # left out: its order is confirmed
                    {"code": "produced", "name": "Produced", "state": made},
                    {"code": "notified", "name": "Dispatch notice", "state": notified},
                )
                self.assertEqual(self._next()["name"], "Produced")
                self.assertEqual(dict(self._states())["produced"], "short" if made == "short" else "current")
                patcher.stop()
                self.order.invalidate_recordset()

    def test_the_next_step_with_owner_and_deadline(self):
        """R4.2.2: the list of orders says what is next, who has it and until when."""
        self._add_milestones(
            {"code": "legal", "name": "Legal review", "state": "current", "deadline": date(2031, 3, 4), "department": "legal"}
        )
        self.order._paper_status_changed()
        self._settle()
        self.assertEqual(self.order.paper_next_step, "Legal Review")
        self.assertEqual(self.order.paper_next_owner, self.env.ref("paper_base.group_legal").name)
        self.assertEqual(self.order.paper_next_deadline, date(2031, 3, 4))
        self._stand(self.order, {"paper_stage": "signed", "paper_stage_ball": True})
        self.assertEqual(self.order.paper_next_owner, self.customer.name)
        self._stand(self.order, {"paper_stage": "closed"})
        told = (self.order.paper_next_step, self.order.paper_next_owner, self.order.paper_next_deadline)
        self.assertEqual(told, ("", "", False))

    def test_the_customer_sees_no_internal_step(self):
        """R4.2.2: the customer follows the same steps, without those that are the mill's own affair."""
        self._add_milestones(
            {"code": "credit", "name": "Credit", "state": "late", "internal": True},
            {"code": "signed", "name": "Signed", "state": "todo", "deadline": date(2031, 3, 4)},
        )
        shown = self.order._get_portal_milestones()
        self.assertEqual([item["code"] for item in shown], ["received", "signed", "confirmed"])
        self.assertEqual(shown[1]["deadline"], "03/04/2031")
        self.assertEqual(shown[1]["state_name"], "In progress")
        self.assertIn("credit", [code for code, _state in self._states()])

    def test_in_the_readers_language(self):
        """R4.2.2: the steps are named in the reader's language."""
        timeline = self.order.with_context(lang="zh_CN").paper_timeline
        self.assertEqual([item["name"] for item in timeline["milestones"]], ["订单接收", "订单确认"])
        self.assertEqual([item["state_name"] for item in timeline["milestones"]], ["已完成", "进行中"])

    def test_every_department_reads_the_timeline(self):
        """R4.2.2: each department sees the order's status, also where it may not read the records behind it."""
        workshop = self._create_user("t_workshop", "paper_base.group_workshop")
        timeline = self.order.with_user(workshop).paper_timeline
        self.assertEqual([item["code"] for item in timeline["milestones"]], ["received", "confirmed"])
