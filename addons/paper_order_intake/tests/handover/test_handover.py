from datetime import datetime

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools.safe_eval import safe_eval

from ...exceptions import HandOverError
from ..common import IntakeCommon

# 10:00 and 16:50 of a Monday, 16:50 of the Friday of that week, all where the mill stands.
MONDAY, EVENING, FRIDAY = "2031-03-03 02:00:00", "2031-03-03 08:50:00", "2031-03-07 08:50:00"


@tagged("post_install", "-at_install")
@freeze_time(MONDAY)
class TestHandover(IntakeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls._create_user("t_online", "paper_base.group_online", email="online@mill.example.com")
        cls.boss = cls._create_user(
            "t_boss", "paper_base.group_sales", "sales_team.group_sale_manager", email="boss@mill.example.com"
        )
        office = [
            Command.create({"name": "Work", "dayofweek": str(day), "hour_from": begin, "hour_to": end, "day_period": period})
            for day in range(5)
            for begin, end, period in ((8, 12, "morning"), (13, 17, "afternoon"))
        ]
        cls.env.company.resource_calendar_id = cls.env["resource.calendar"].create(
            {"name": "Office", "tz": "Asia/Shanghai", "attendance_ids": [Command.clear(), *office]}
        )
        cls.market = cls.env["paper.intake.channel"].create(
            {
                "name": "Market",
                "kind": "marketplace",
                "product_id": cls.paper.id,
                "escalation_user_ids": [Command.set(cls.boss.ids)],
            }
        )

    def _arrive(self, ref="W1", channel=None, **values):
        """Let an order come in from outside: nobody of the mill brings it."""
        figures = {"partner_id": self.customer.id, "width": 890, "length": 860, "weight": 2000, "basis_weight": 200}
        arrival = {"external_ref": ref, "raw": "2 t of 890 × 860", "values": {"number": ref, **figures, **values}}
        public = self.env.ref("base.public_user")
        channel = (channel or self.market).with_user(public).sudo().with_context(allowed_company_ids=self.env.company.ids)
        return channel._receive([arrival]).with_env(self.env)

    def _leave(self, user, stand_in):
        today = self.env.company._paper_today()
        absence = {"user_id": user.id, "stand_in_id": stand_in.id, "date_from": today, "date_to": today}
        self.env["paper.delegation"].with_user(self.manager).create(absence)

    def _due(self, text):
        return datetime.fromisoformat(text)

    def _listed(self, *filters):
        """Return what the operator's list shows, as he opens it."""
        action = self.env["ir.actions.act_window"]._for_xml_id("paper_order_intake.action_paper_online_arrivals")
        domain = [*safe_eval(action["domain"]), ("channel_id", "=", self.market.id), *filters]
        return self.env["paper.intake.message"].with_user(self.operator).search(domain, order="handover_deadline, id")

    # The limit

    def test_the_limit_counts_working_time(self):
        """R3.1.2: 30 minutes from Monday 10:00 are 10:30, from 16:50 the next morning, from Friday evening Monday's; over a
        holiday the day after it, and on a Saturday that is worked in its place."""
        cases = [(MONDAY, "2031-03-03 02:30:00"), (EVENING, "2031-03-04 00:20:00"), (FRIDAY, "2031-03-10 00:20:00")]
        arrivals = {}
        for number, (came, due) in enumerate(cases):
            with freeze_time(came):
                arrivals[came] = self._arrive(f"W{number}", partner_id=False)
            self.assertEqual(arrivals[came].handover_deadline, self._due(due))
        self.env["paper.calendar.day"].create({"date": "2031-03-10", "kind": "holiday", "name": "Test"})
        self.assertEqual(arrivals[FRIDAY].handover_deadline, self._due("2031-03-11 00:20:00"))
        self.env["paper.calendar.day"].create({"date": "2031-03-08", "kind": "makeup", "name": "Test"})
        self.assertEqual(arrivals[FRIDAY].handover_deadline, self._due("2031-03-08 00:20:00"))
        self.market.handover_minutes = 0
        self.assertFalse(arrivals[FRIDAY].handover_deadline)

    def test_in_the_zone_of_the_mill(self):
        """R3.1.2: the same moment is working time in one mill and night in another."""
        arrival = self._arrive(partner_id=False)
        self.env.company.resource_calendar_id.tz = "America/New_York"
        self.assertEqual(arrival.handover_deadline, self._due("2031-03-03 13:30:00"))

    def test_an_office_that_is_closed(self):
        """R3.1.2: an afternoon off of the whole company does not count."""
        self.env["resource.calendar.leaves"].create(
            {"name": "Off", "date_from": "2031-03-03 02:10:00", "date_to": "2031-03-03 08:00:00", "resource_id": False,
             "calendar_id": self.env.company.resource_calendar_id.id}
        )
        self.assertEqual(self._arrive(partner_id=False).handover_deadline, self._due("2031-03-03 08:20:00"))

    def test_what_is_closed_keeps_its_deadline(self):
        """R3.1.2: a holiday that is entered afterwards does not move what was handled long ago."""
        closed = self._arrive(partner_id=False)
        closed.with_user(self.seller).action_mark_duplicate()
        before = closed.handover_deadline
        self.env["paper.calendar.day"].create({"date": "2031-03-03", "kind": "holiday", "name": "Test"})
        self.assertEqual(closed.handover_deadline, before)

    # The operator

    def test_online_orders_reach_the_operator(self):
        """R3.1.2: what comes by an online channel without a handler is the operator's to hand over, an order already or
        not; by telephone, or brought by a salesperson, it is not."""
        order, question = self._arrive(), self._arrive("W2", partner_id=False)
        self.assertEqual((order.state, question.state), ("order", "received"))
        for arrival in (order, question):
            self.assertEqual((arrival.handler_id, arrival.operator_id), (self.operator, self.operator))
            self.assertTrue(arrival.to_hand_over)
            self.assertEqual(arrival.activity_ids.user_id, self.operator)
            self.assertIn("hand over", arrival.activity_ids.summary)
        self.assertFalse(self._create_arrival().operator_id)
        self.assertFalse(self._create_arrival(channel_id=self.market.id).operator_id)
        self.market.handler_id = self.seller
        self.assertFalse(self._arrive("W3").operator_id)

    def test_operators_take_turns(self):
        """R3.1.2: two operators get what comes in turn; one who is away is passed over."""
        second = self._create_user("t_online_2", "paper_base.group_online")
        self.assertEqual([self._arrive(f"W{number}").operator_id for number in range(3)], [self.operator, second, self.operator])
        self._leave(self.operator, second)
        self.assertEqual(self._arrive("W9").operator_id, second)

    def test_a_mill_without_operators(self):
        """R3.1.2: where nobody operates the net, sales gets what comes at once, as before."""
        self.operator.active = False
        arrival = self._arrive(partner_id=False)
        self.assertTrue(arrival.handler_id.has_group("paper_base.group_sales"))
        self.assertFalse(arrival.to_hand_over)

    def test_handed_over(self):
        """R3.1.2: the operator hands over in one dialog: the salesperson has the arrival, its order and the to-do, with the
        limit for himself."""
        done, asked = self._arrive(), self._arrive("W2", partner_id=False)
        self.assertEqual(self._listed(("to_hand_over", "=", True)), done | asked)
        arrivals = (done | asked).with_user(self.operator)
        with freeze_time("2031-03-03 02:20:00"):
            dialog = Form.from_action(self.env(user=self.operator.id), arrivals.action_hand_over())
            dialog.user_id = self.seller
            dialog.save().action_hand_over()
        for arrival in (done, asked):
            self.assertEqual((arrival.handler_id, arrival.operator_id), (self.seller, self.operator))
            self.assertFalse(arrival.to_hand_over)
            self.assertFalse(arrival.activity_ids.filtered(lambda item: item.user_id == self.operator))
        self.assertEqual(done.order_id.user_id, self.seller)
        self.assertEqual(asked.activity_ids.user_id, self.seller)
        self.assertEqual(asked.handover_deadline, self._due("2031-03-03 02:50:00"))
        self.assertFalse(self._listed(("to_hand_over", "=", True)))
        with self.assertRaises(HandOverError):
            arrivals.action_hand_over()

    def test_to_the_customers_own_salesperson(self):
        """R3.1.2: unless somebody is named the customer's own salesperson gets it, else those of sales in turn."""
        self.customer.user_id = self.colleague
        known, other = self._arrive(), self._arrive("W2", partner_id=False)
        (known | other).with_user(self.operator)._hand_over_to()
        self.assertEqual(known.handler_id, self.colleague)
        self.assertTrue(other.handler_id.has_group("paper_base.group_sales"))

    def test_sales_takes_it_by_itself(self):
        """R3.1.2: whoever of sales takes an arrival over, or makes the order of it, need not wait for the operator."""
        taken, made = self._arrive(partner_id=False), self._arrive("W2", partner_id=False)
        taken.with_user(self.seller).action_take()
        made.with_user(self.seller).partner_id = self.customer
        self.assertEqual(made.state, "received")
        made.with_user(self.seller).action_process()
        self.assertEqual(made.state, "order")
        self.assertEqual(made.order_id.user_id, self.seller)
        for arrival in (taken, made):
            self.assertEqual(arrival.handler_id, self.seller)
            self.assertTrue(arrival.handed_over_on)
            self.assertFalse(arrival.to_hand_over)

    def test_an_order_that_was_not_handed_over(self):
        """R3.1.2: what the online operator still has is not evaluated: it is said who has it, and sales takes it over."""
        arrival = self._arrive()
        order = arrival.order_id
        [blocker] = [item for item in order._get_blockers("evaluate")[order] if item["code"] == "not_handed_over"]
        self.assertIn(self.operator.name, blocker["message"])
        self.assertEqual((blocker["action"]["res_model"], blocker["action"]["res_id"]), (arrival._name, arrival.id))
        form = Form(arrival.with_user(self.seller))
        self.assertFalse(form._get_modifier("handler_id", "invisible"))
        arrival.with_user(self.seller).action_take()
        self.assertNotIn("not_handed_over", self._blocker_codes(order))

    def test_what_the_operator_may_not(self):
        """R3.1.2: the operator hands over and reads; he neither changes what came, makes orders of it nor closes it; other
        departments do not hand over."""
        arrival = self._arrive(partner_id=False).with_user(self.operator)
        self.assertTrue(arrival.raw)
        for refused in (
            lambda: arrival.write({"width": 890}),
            lambda: arrival.write({"handler_id": self.seller.id}),
            lambda: arrival.action_process(),
            lambda: arrival.action_mark_duplicate(),
            lambda: arrival.create({"channel_id": self.market.id, "raw": "x"}),
        ):
            with self.assertRaises(AccessError):
                refused()
        with self.assertRaises(HandOverError):
            arrival._hand_over_to(self.credit)
        manager = self._create_user("t_head", "paper_base.group_management")
        with self.assertRaises(HandOverError):
            arrival.with_user(manager)._hand_over_to(self.seller)
        with self.assertRaises(AccessError):
            arrival.with_user(self.credit)._hand_over_to(self.seller)

    # Late

    def test_late_at_the_operator(self):
        """R3.1.2: what is not handed over in time is late on list, tile and search, an order already or not; the channel's
        people hear of it, once, and not in the night."""
        with freeze_time(EVENING):
            order, question = self._arrive(), self._arrive("W2", partner_id=False)
        with freeze_time("2031-03-03 14:00:00"):
            self.env["paper.intake.message"]._cron_escalate()
            self.assertFalse(order.escalated_on)
        with freeze_time("2031-03-04 00:21:00"):
            self.env.invalidate_all()
            self.assertEqual(self._listed(("is_late", "=", True)), order | question)
            self.assertTrue(order.is_late and question.is_late)
            self.assertEqual((self.market.late_count, self.market.to_hand_over_count, self.market.waiting_count), (2, 2, 2))
            found = self.env["paper.intake.message"].search(self.market.action_open_to_hand_over()["domain"])
            self.assertEqual(found, order | question)
            self.env["paper.intake.message"]._cron_escalate()
            self.env["paper.intake.message"]._cron_escalate()
            told = (order | question).activity_ids.filtered(lambda item: item.user_id == self.boss)
            self.assertEqual(len(told), 2)
            self.assertIn(self.operator.name, told[0].summary)
            order.with_user(self.operator)._hand_over_to(self.seller)
            self.env.invalidate_all()
            self.assertFalse(order.is_late)

    def test_late_first(self):
        """R3.1.2: what is due first stands first in the operator's list, and he lands on it."""
        with freeze_time(EVENING):
            later = self._arrive("W2")
        first = self._arrive("W3", partner_id=False)
        self.assertEqual(self._listed(), first | later)
        view = self.env.ref("paper_order_intake.paper_intake_message_view_list_online")
        self.assertIn('default_order="handover_deadline', view.arch)
        desk = self.env["paper.desk"].with_user(self.operator).get_desk()
        rows = [row["id"] for row in desk["tasks"] if row["kind"] == "to_hand_over"]
        self.assertEqual(rows, (first | later).ids)

    def test_away_people_are_passed_over(self):
        """R3.1.2: a late arrival goes to somebody who is here and may open it."""
        self.market.escalation_user_ids = self.boss | self._create_user("t_gone", active=False)
        self._leave(self.boss, self.colleague)
        arrival = self._arrive(partner_id=False)
        with freeze_time("2031-03-03 02:31:00"):
            self.env["paper.intake.message"]._cron_escalate()
        told = arrival.activity_ids.filtered(lambda item: item.paper_kind == "late").user_id
        self.assertEqual(told, self.colleague)
