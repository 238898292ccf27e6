from datetime import timedelta

from odoo import fields
from odoo.tests import freeze_time, tagged

from ...exceptions import AskCustomerError, IntakeStateError
from ..common import BACKWARDS, SHEET, SHORT, IntakeCommon


@tagged("post_install", "-at_install")
class TestArrival(IntakeCommon):
    def test_phone_order(self):
        """R3.1.1: a salesperson notes a call and makes the order of it."""
        arrival = self._create_arrival(quality_requirement="food grade")
        self.assertEqual(arrival.state, "received")
        arrival.action_process()
        self.assertEqual(arrival.state, "order")
        self.assertEqual(arrival.order_id.paper_weight_kg, 2000)
        self.assertEqual(arrival.order_id.order_line.paper_spec_id.quality_requirement, "food grade")
        self.assertEqual(arrival.order_id.intake_message_ids, arrival)

    def test_handler_is_told_at_once(self):
        """R3.1.2: an arrival is handed over the moment it is stored; the team takes turns."""
        arrivals = self._create_arrival() | self._create_arrival(number="A2") | self._create_arrival(number="A3")
        handlers = [arrival.handler_id for arrival in arrivals]
        self.assertEqual(handlers, [self.seller, self.colleague, self.seller])
        for arrival in arrivals:
            self.assertEqual(arrival.activity_ids.user_id, arrival.handler_id)

    def test_take_over(self):
        """R3.1.2: a colleague takes an arrival over, with what is to be done."""
        arrival = self._create_arrival(handler_id=self.seller.id)
        arrival.with_user(self.colleague).action_take()
        self.assertEqual(arrival.handler_id, self.colleague)
        self.assertEqual(arrival.activity_ids.user_id, self.colleague)

    def test_late_arrival(self):
        """R3.1.2: what waits beyond the hand-over limit is late, and the dashboard counts it."""
        self._work_round_the_clock()
        arrival = self._create_arrival()
        self.assertFalse(arrival.is_late)
        with freeze_time(fields.Datetime.now() + timedelta(minutes=31)):
            arrival.invalidate_recordset(["is_late"])
            self.assertTrue(arrival.is_late)
            self.phone.invalidate_recordset()
            self.assertEqual((self.phone.waiting_count, self.phone.late_count), (1, 1))
            self.assertEqual(self.phone.oldest_waiting, arrival.received_on)
            found = self.env["paper.intake.message"].search(self.phone.action_open_late()["domain"])
            self.assertEqual(found, arrival)

    def test_dashboard_counts_equal_what_they_open(self):
        """R3.1.2: each figure of the dashboard opens exactly what it counts."""
        self._upload(self._book(SHEET, BACKWARDS, SHORT))
        for name in ("arrived", "waiting", "late", "question"):
            domain = getattr(self.channel, f"action_open_{name}")()["domain"]
            self.assertEqual(self.env["paper.intake.message"].search_count(domain), self.channel[f"{name}_count"], name)
        self.assertEqual(self.channel.arrived_count, 3)
        self.assertEqual(self.channel.question_count, 1)

    def test_mended_contradiction_becomes_an_order(self):
        """R3.2.1: after the customer's word the figures are mended and the arrival becomes an order."""
        arrival = self._upload(self._book(BACKWARDS)).arrival_ids
        arrival.with_user(self.seller).write({"diameter_min": 900, "diameter_max": 1100})
        arrival.with_user(self.seller).action_process()
        self.assertEqual(arrival.state, "order")
        self.assertEqual(arrival.order_id.order_line.paper_spec_id.reel_diameter_max, 1100)
        self.assertEqual(arrival.raw, BACKWARDS)
        self.assertFalse(arrival.reason)
        self.assertFalse(arrival.activity_ids)

    def test_unmended_stays(self):
        """R3.2.1: processing a question or an unreadable row again without mending it changes nothing."""
        upload = self._upload(self._book(BACKWARDS, SHORT))
        upload.arrival_ids.with_user(self.seller).action_process()
        self.assertEqual(set(upload.arrival_ids.mapped("state")), {"question", "rejected"})
        self.assertFalse(upload.arrival_ids.order_id)

    def test_mended_unreadable_row_becomes_an_order(self):
        """R3.1.2: a person fills in what the reader could not read."""
        arrival = self._upload(self._book(SHORT)).arrival_ids
        mended = {"width": 480, "weight": 2800, "basis_weight": 200, "caliper": 260}
        arrival.with_user(self.seller).write({**mended, "diameter_max": 1000, "core_diameter": 100})
        arrival.with_user(self.seller).action_process()
        self.assertEqual(arrival.state, "order")
        self.assertEqual(arrival.raw, SHORT)

    def test_mended_wrongly_stays_a_question(self):
        """R3.2.1: mended figures are checked like read ones."""
        arrival = self._upload(self._book(BACKWARDS)).arrival_ids
        arrival.with_user(self.seller).write({"diameter_min": 90, "diameter_max": 95})
        arrival.with_user(self.seller).action_process()
        self.assertEqual(arrival.state, "question")
        self.assertIn("core", arrival.reason)

    def test_two_items_of_one_number(self):
        """R3.1.1: a number that stands again with other content is a further item of the request: both are orders."""
        upload = self._upload(self._book(SHEET, SHEET.replace("2000", "2500")))
        self.assertEqual(upload.arrival_ids.mapped("state"), ["order", "order"])
        self.assertEqual(upload.arrival_ids.order_id.mapped("client_order_ref"), ["4890"])
        self.assertEqual(len(upload.arrival_ids.order_line_id), 2)

    def test_the_same_row_twice(self):
        """R3.2.1: a row that stands twice is asked about, and a person keeps one of them."""
        upload = self._upload(self._book(SHEET, SHEET))
        first, second = upload.arrival_ids.sorted("line_no").with_user(self.seller)
        self.assertEqual((first.state, second.state), ("order", "question"))
        second.action_process()
        self.assertEqual(second.state, "question")
        self.assertIn(first.order_id.name, second.reason)
        second.action_mark_duplicate()
        self.assertEqual(second.state, "duplicate")

    def test_customer_is_asked(self):
        """R3.2.1: the ready letter goes to the customer, in his language, with line and words of his order."""
        self.customer.lang = "zh_CN"
        arrival = self._upload(self._book(BACKWARDS)).arrival_ids.with_user(self.seller)
        self.assertIn(BACKWARDS, arrival.question_letter)
        arrival.action_ask_customer()
        self.assertTrue(arrival.asked_on)
        self.assertEqual(arrival.state, "question")
        letter = arrival.message_ids.filtered(lambda message: self.customer in message.partner_ids)
        self.assertEqual(len(letter), 1)
        self.assertIn(BACKWARDS, letter.body)
        self.assertIn("4909", letter.subject)
        self.assertIn("尊敬的", letter.body)
        self.assertIn(arrival.with_context(lang="zh_CN").reason, letter.body)

    def test_several_rows_are_asked_in_one_letter(self):
        """R3.2.1: the open rows of a list are asked about in one letter, whichever of them the question is sent from; one
        answer brings all of them back."""
        rows = [BACKWARDS.replace("4909", number) for number in ("4909", "4912", "4913")]
        upload = self._upload(self._book(SHEET, *rows))
        asked = upload.arrival_ids.filtered(lambda row: row.state == "question").with_user(self.seller)
        self.assertEqual(len(asked), 3)
        for row in rows:
            self.assertIn(row, asked[1].question_letter)
        asked[1].action_ask_customer()
        letters = asked.message_ids.filtered(lambda message: self.customer in message.partner_ids)
        self.assertEqual((len(letters), letters.res_id), (1, asked[1].id))
        for row in rows:
            self.assertIn(row, letters.body)
        self.assertTrue(all(asked.mapped("asked_on")))
        asked.sudo().activity_ids.unlink()
        asked[1].sudo().message_update({})
        self.assertFalse(any(asked.mapped("asked_on")))
        self.assertEqual(len(asked.sudo().activity_ids), 3)

    def test_rows_that_are_not_asked_together(self):
        """R3.2.1: rows of another customer, or of another list, get a letter of their own; one asked before, none."""
        other = self.env["res.partner"].create({"name": "Other", "email": "o@other.example.com"})
        rows = [BACKWARDS.replace("4909", number) for number in ("4909", "4912", "4913")]
        first = self._upload(self._book(*rows)).arrival_ids.sorted("line_no").with_user(self.seller)
        second = self._upload(self._book(BACKWARDS.replace("4909", "5000"))).arrival_ids.with_user(self.seller)
        first[2].partner_id = other
        (first | second).action_ask_customer()
        letters = (first | second).message_ids.filtered("partner_ids").filtered(lambda m: m.partner_ids & (self.customer | other))
        self.assertEqual(len(letters), 3)
        self.assertEqual(first.mapped("asked_with_id"), first[0])
        first[0].action_ask_customer()
        self.assertEqual(len(first[1].message_ids.filtered("partner_ids")), 0)

    def test_nothing_to_ask(self):
        """R3.2.1: an arrival without a question, or a customer without an address, is not asked."""
        order = self._upload(self._book(SHEET)).arrival_ids.with_user(self.seller)
        with self.assertRaises(AskCustomerError):
            order.action_ask_customer()
        question = self._upload(self._book(BACKWARDS)).arrival_ids.with_user(self.seller)
        self.customer.email = False
        with self.assertRaises(AskCustomerError):
            question.action_ask_customer()

    def test_state_is_moved_by_steps_only(self):
        """R3.1.2: state, order and evidence of an arrival cannot be written or created by hand."""
        arrival = self._create_arrival()
        order = self._create_complete_order()
        for values in (
            {"state": "order"},
            {"order_id": order.id},
            {"raw": "3 t"},
            {"external_ref": "x"},
            {"payload_hash": "x"},
            {"asked_on": "2026-01-01 00:00:00"},
            {"channel_id": self.channel.id},
        ):
            with self.assertRaises(IntakeStateError, msg=str(values)):
                arrival.write(values)
        with self.assertRaises(IntakeStateError):
            self._create_arrival(state="order")
        with self.assertRaises(IntakeStateError):
            self._create_arrival(order_id=order.id)
        with self.assertRaises(IntakeStateError):
            arrival.sudo().unlink()

    def test_closed_arrival_is_not_processed_again(self):
        """R3.1.2: what became an order is not ordered again."""
        arrival = self._create_arrival()
        arrival.action_process()
        with self.assertRaises(IntakeStateError):
            arrival.action_process()
        with self.assertRaises(IntakeStateError):
            arrival.action_mark_duplicate()

    def test_without_customer_or_product(self):
        """R3.2.1: a note of a call without customer and product waits for them."""
        arrival = self._create_arrival(partner_id=False, product_id=False)
        arrival.action_process()
        self.assertEqual(arrival.state, "received")
        self.assertEqual(len(arrival.reason.splitlines()), 2)
        arrival.write({"partner_id": self.customer.id, "product_id": self.paper.id})
        arrival.action_process()
        self.assertEqual(arrival.state, "order")
