from odoo import Command
from odoo.addons.paper_order_intake.exceptions import AskCustomerError
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ...exceptions import CompletionAnswerError, CompletionRecordError
from ..common import CompletenessCommon


@tagged("post_install", "-at_install")
class TestCompletionRequest(CompletenessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_complete_order(commitment_date=False, payment_term_id=False)
        cls.order.payment_term_id = False
        cls.spec = cls.order.order_line.paper_spec_id

    def _ask(self, order=None):
        order = order or self.order
        order.with_user(self.seller).action_ask_customer()
        return order.paper_completion_ids

    def _answer(self, request, **posted):
        names = {"date": f"order-{request.order_id.id}-commitment_date", "term": f"order-{request.order_id.id}-payment_term_id"}
        return request._answer({names.get(name, name): text for name, text in posted.items()}, "link")

    def _mails(self):
        return self.env["mail.mail"].search([("recipient_ids", "=", self.customer.id)], order="id")

    def test_asking_hands_over_the_ball(self):
        """R3.2.1: one click puts the questions on record, sends the link, and stops the mill's clock."""
        request = self._ask()
        self.assertEqual(request.state, "asked")
        self.assertEqual(request.deadline_state, "paused")
        required = request.line_ids.filtered(lambda line: line.fact in ("delivery_date", "payment_terms"))
        self.assertEqual(len(required), 2)
        self.assertEqual(required.mapped("asked_by_id"), self.seller)
        self.assertIn("/paper/complete/", self._mails()[-1].body_html)

    def test_buttons_ask_what_the_steps_ask(self):
        """R3.2.1: sales is offered to have an order completed that lacks something, nobody otherwise."""
        complete = self._create_complete_order()
        for order, user, shown in (
            (self.order, self.seller, True),
            (self.order, self.credit, False),
            (complete, self.seller, False),
        ):
            seen = order.with_user(user)
            with self.subTest(order=order.name, user=user.login):
                self.assertEqual((seen.can_ask_customer, seen.can_complete_by_phone), (shown, shown))
        for step in ("action_ask_customer", "action_complete_by_phone"):
            with self.subTest(step=step), self.assertRaises(AskCustomerError):
                getattr(complete.with_user(self.seller), step)()

    def test_the_link_is_kept_nowhere(self):
        """R3.2.1: neither the order's record nor the database tells the link; the letter goes once it is sent."""
        request = self._ask()
        mail = self._mails()[-1]
        token = mail.body_html.split("/paper/complete/")[1].split('"')[0]
        self.assertTrue(mail.auto_delete)
        self.assertFalse(mail.mail_message_id.res_id)
        bodies = (self.order.message_ids | request.message_ids).mapped("body")
        self.assertFalse([body for body in bodies if token in body or "/paper/complete/" in body])
        self.env.flush_all()
        self.env.cr.execute("SELECT count(*) FROM paper_link WHERE token_hash = %s", [token])
        self.assertEqual(self.env.cr.fetchone()[0], 0)
        self.assertEqual(self.env["paper.completion.request"]._find_by_link(token), (request, False))

    def test_the_customers_language(self):
        """R3.2.1: the questions and the letter are in the customer's language, whoever asks."""
        self.customer.lang = "zh_CN"
        request = self._ask()
        self.assertEqual(request._customer_lang(), "zh_CN")
        titles = [question["title"] for question in request._questions()]
        here = [question["title"] for question in request.order_id.with_context(lang="zh_CN")._completion_questions()]
        self.assertEqual(titles, here)

    def test_an_answer_completes_the_order(self):
        """R3.2.1: the customer's answers go into the order, into the record, and end the matter by themselves."""
        request = self._ask()
        errors, follows = self._answer(request, date="2099-01-01", term=str(self.term.id))
        self.assertIn(f"order-{self.order.id}-commitment_date", errors)
        with freeze_time("2031-03-03 08:00:00"):
            errors, follows = self._answer(request, date="2031-05-06", term=str(self.term.id))
        self.assertEqual((errors, follows), ({}, "done"))
        self.assertEqual(self.order.payment_term_id, self.term)
        self.assertEqual(self.order.commitment_date.date().isoformat(), "2031-05-06")
        self.assertFalse(self.order.paper_missing)
        self.assertEqual(request.state, "done")
        answered = request.line_ids.filtered(lambda line: line.state == "answered")
        self.assertEqual(set(answered.mapped("fact")), {"delivery_date", "payment_terms"})
        self.assertEqual(set(answered.mapped("via")), {"link"})
        self.assertEqual(answered.answered_by_id, self.customer)
        self.assertTrue(all(request._links("complete").mapped("revoked_on")))
        self.assertTrue(self.order.activity_ids.filtered(lambda todo: todo.user_id == self.seller))

    def test_part_of_the_answer(self):
        """R3.2.1: who knows only one thing tells one; the link stays for the rest."""
        request = self._ask()
        self.assertEqual(self._answer(request, term=str(self.term.id)), ({}, "open"))
        self.assertEqual(request.state, "asked")
        self.assertFalse(any(request._links("complete").mapped("revoked_on")))
        self.assertEqual({gap["fact"] for gap in self.order.paper_missing or []}, {"delivery_date"})

    def test_the_next_question(self):
        """R3.2.1: the answer "reels" raises the question of their figures."""
        order = self._create_complete_order(order_line=[Command.create({"product_id": self.paper.id})])
        request = self._ask(order)
        line = order.order_line
        self.assertEqual(self._answer(request, **{f"line-{line.id}-format": "reel"}), ({}, "next"))
        self.assertEqual(line.paper_spec_id.format, "reel")
        self.assertEqual(line.paper_spec_id.grade_id, self.offset)
        request._ask()
        self.assertEqual(request.round_count, 2)
        facts = set(request.line_ids.filtered(lambda item: item.state == "open").mapped("fact"))
        self.assertLessEqual({"width", "reel_diameter", "core_diameter"}, facts)

    def test_an_order_of_nothing(self):
        """R3.2.1: a customer who named no paper chooses one, and how much of it."""
        order = self._create_complete_order(order_line=[])
        order._compute_is_paper_order()
        names = {item["name"] for question in order._completion_questions() for item in question["inputs"]}
        self.assertLessEqual({"new-product_id", "new-format", "new-paper_quantity"}, names)
        posted = {
            "new-product_id": str(self.paper.id),
            "new-format": "sheet",
            "new-paper_quantity": "1,500",
            "new-paper_unit": "kg",
        }
        taken, errors = order._take_answers(posted)
        self.assertFalse(errors)
        self.assertEqual((order.order_line.paper_quantity, order.order_line.product_id), (1500, self.paper))
        _taken, errors = self._create_complete_order(order_line=[])._take_answers({"new-product_id": str(self.pallet.id)})
        self.assertIn("new-product_id", errors)

    def test_the_delivery_place_is_an_address_of_its_own(self):
        """R3.2.1: where the goods go becomes a delivery address; the customer's own address stays as it was."""
        self.customer.write({"street": False, "city": False})
        posted = {"place-street": "8 Dock", "place-city": "Qingdao", "place-phone": "0532 1"}
        taken, errors = self.order._take_answers(posted)
        self.assertFalse(errors)
        self.assertEqual(self.order.partner_shipping_id.street, "8 Dock")
        self.assertEqual(self.order.partner_shipping_id.parent_id, self.customer)
        self.assertFalse(self.customer.street)
        self.assertNotIn("delivery_place", {gap["fact"] for gap in self.order.paper_missing or []})

    def test_half_an_address_is_none(self):
        """R3.2.1: a city without a street is refused, and nothing is kept of it."""
        self.customer.write({"street": False, "city": False})
        taken, errors = self.order._take_answers({"place-city": "Qingdao"})
        self.assertTrue(errors)
        self.assertEqual(self.order.partner_shipping_id, self.customer)

    def test_answers_out_of_range(self):
        """R3.2.1: figures that are none, negative, absurd, past or beyond the mill's own bounds are refused, each with
        its reason, and nothing of the answer is written."""
        self.spec.write({"width": 0})
        fact = self.env["paper.required.fact"].search([("code", "=", "width"), ("company_id", "=", self.env.company.id)])
        fact.write({"minimum": 100, "maximum": 2600})
        width, date = f"spec-{self.spec.id}-width", f"order-{self.order.id}-commitment_date"
        for text in ("wide", "-5", "0", "1e9", "99", "2601", "NaN", "inf", "９９", "=700", "<b>7</b>", "7" * 30):
            taken, errors = self.order._take_answers({width: text, date: "2031-05-06"})
            self.assertEqual((taken, set(errors)), ({}, {width}), text)
            self.assertFalse(self.order.commitment_date)
        for text in ("2001-01-01", "2031-02-30", "tomorrow", "9999-12-31", "2031-05-06' --"):
            _taken, errors = self.order._take_answers({date: text})
            self.assertEqual(set(errors), {date}, text)
        for text in ("0", "999999999", "x", str(self.env["account.payment.term"].search([], order="id desc", limit=1).id + 7)):
            self.assertTrue(self.order._take_answers({f"order-{self.order.id}-payment_term_id": text})[1], text)

    def test_geometry_that_cannot_be_made(self):
        """R3.2.1: an answer that contradicts the rest of the specification is refused with the reason."""
        reel = self._create_reel(core_diameter=0)
        order = self._create_complete_order(
            order_line=[Command.create(self._prepare_line(reel, paper_quantity=1, paper_unit="reel"))]
        )
        name = f"spec-{reel.id}-core_diameter"
        _taken, errors = order._take_answers({name: "1200"})
        self.assertIn("1200", errors[name])
        self.assertEqual(reel.core_diameter, 0)
        self.assertEqual(order._take_answers({name: "76"})[1], {})

    def test_a_formula_is_no_answer(self):
        """R3.2.1: what a spreadsheet would execute is refused; HTML stays the text that it is."""
        packing = f"spec-{self.spec.id}-packing"
        for text in ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "＝1+1"):
            self.assertIn(packing, self.order._take_answers({packing: text})[1], text)
        self._ask()
        self.order.paper_completion_ids._answer({packing: "<img src=x onerror=alert(1)>"}, "link")
        self.assertEqual(self.spec.packing, "<img src=x onerror=alert(1)>")
        self.assertIn("&lt;img", self.order.message_ids[0].body)

    def test_only_what_is_asked_is_taken(self):
        """R3.2.1: fields that nobody asked for, and other orders' records, cannot be answered."""
        other = self._create_complete_order()
        posted = {
            f"order-{self.order.id}-note": "x",
            f"line-{self.order.order_line.id}-price_unit": "0.01",
            f"order-{other.id}-commitment_date": "2031-05-06",
            f"spec-{other.order_line.paper_spec_id.id}-width": "1",
            f"spec-{self.spec.id}-width": "1",
            "state": "sale",
        }
        before = other.commitment_date
        self.assertEqual(self.order._take_answers(posted), ({}, {}))
        self.assertEqual((other.commitment_date, other.order_line.paper_spec_id.width, self.spec.width), (before, 787, 787))

    def test_a_spec_of_several_orders_is_revised(self):
        """R3.2.1: an answer for one order does not change the paper of another."""
        self.spec.width = 0
        other = self._create_complete_order(
            order_line=[Command.create(self._prepare_line(self.spec, paper_quantity=9, paper_unit="kg"))]
        )
        self.assertEqual(self.order._take_answers({f"spec-{self.spec.id}-width": "700"})[1], {})
        self.assertEqual(self.order.order_line.paper_spec_id.width, 700)
        self.assertEqual((other.order_line.paper_spec_id, self.spec.width), (self.spec, 0))

    def test_by_phone(self):
        """R3.2.1: the salesperson writes the same answers down in one dialog, the price too; it is on record who did."""
        self.order.order_line.price_unit = 0
        action = self.order.with_user(self.seller).action_complete_by_phone()
        wizard = (
            self.env["paper.completion.wizard"].with_user(self.seller).create(action["context"] and {"order_id": self.order.id})
        )
        price = f"line-{self.order.order_line.id}-price_unit"
        self.assertIn(price, {item["name"] for question in wizard.questions for item in question["inputs"]})
        wizard.answers = {
            f"order-{self.order.id}-commitment_date": "x",
            f"order-{self.order.id}-payment_term_id": str(self.term.id),
        }
        with self.assertRaises(CompletionAnswerError):
            wizard.action_save()
        with freeze_time("2031-03-03"):
            wizard.answers = {**wizard.answers, f"order-{self.order.id}-commitment_date": "2031-03-09", price: "6.5"}
            wizard.action_save()
        request = self.order.paper_completion_ids
        self.assertEqual(request.state, "done")
        self.assertEqual(self.order.order_line.price_unit, 6.5)
        answered = request.line_ids.filtered(lambda line: line.state == "answered")
        self.assertEqual(answered.taken_by_id, self.seller)
        self.assertEqual(set(answered.mapped("via")), {"phone"})
        self.assertFalse(self._mails())

    def test_filled_in_by_hand(self):
        """R3.2.1: who fills the order in at his desk ends the question, and it says so."""
        request = self._ask()
        self.order.with_user(self.seller).write({"commitment_date": "2031-05-06 04:00:00", "payment_term_id": self.term.id})
        self.assertEqual(request.state, "done")
        settled = request.line_ids.filtered(lambda line: line.fact == "delivery_date")
        self.assertEqual(settled.state, "settled")

    def test_time_to_complete(self):
        """R3.2.1: how long it took is measured, and how much of it the customer had the ball."""
        with freeze_time("2031-03-03 08:00:00"):
            order = self._create_complete_order(commitment_date=False)
            self.env.cr.execute("UPDATE sale_order SET create_date = '2031-03-03 08:00:00' WHERE id = %s", [order.id])
            order.invalidate_recordset()
        with freeze_time("2031-03-03 09:00:00"):
            request = self._ask(order)
        with freeze_time("2031-03-03 14:00:00"):
            self._answer(request, date="2031-03-20")
        self.assertEqual((request.hours, request.customer_hours, request.mill_hours), (6, 5, 1))

    def test_reminders_and_expiry(self):
        """R3.2.1: a silent customer is reminded by a link of its own, then the mill gets the ball back and telephones."""
        self.env.company.write({"paper_completion_reminder_days": 1, "paper_completion_reminders": 1})
        requests = self.env["paper.completion.request"]
        with freeze_time("2031-03-03 08:00:00"):
            request = self._ask()
        sent = len(self._mails())
        with freeze_time("2031-03-05 08:00:00"):
            requests._cron_follow()
            requests._cron_follow()
        self.assertEqual((request.reminder_count, len(self._mails())), (1, sent + 1))
        self.assertEqual(len(request._links("complete").filtered(lambda token: not token.revoked_on)), 2)
        with freeze_time("2031-03-18 08:00:00"):
            requests._cron_follow()
        self.assertEqual(request.state, "open")
        self.assertEqual(request.deadline_state, "running")
        self.assertTrue(all(request._links("complete").mapped("revoked_on")))
        self.assertTrue(self.order.activity_ids.filtered(lambda todo: "phone" in (todo.summary or "")))

    def test_the_cron_takes_up_incomplete_orders(self):
        """R3.2.1: an incomplete order that nobody asked about has a clock, too; a complete one has none."""
        complete = self._create_complete_order()
        self.env["paper.completion.request"]._cron_follow()
        self.assertEqual(self.order.paper_completion_ids.state, "open")
        self.assertTrue(self.order.paper_completion_ids.deadline_date)
        self.assertFalse(complete.paper_completion_ids)
        self.order.action_cancel()
        self.env["paper.completion.request"]._cron_follow()
        self.assertEqual(self.order.paper_completion_ids.state, "cancelled")

    def test_nobody_to_ask(self):
        """R3.2.1: without an e-mail address, or in an order that went on, nobody is asked by mail."""
        self.customer.email = False
        with self.assertRaises(AskCustomerError):
            self.order.with_user(self.seller).action_ask_customer()
        self.customer.email = "x@example.com"
        self.order.action_cancel()
        with self.assertRaises(AskCustomerError):
            self.order.with_user(self.seller).action_ask_customer()

    def test_the_record_stays(self):
        """R3.2.1: nobody changes or removes what was asked and said, nor an order that was asked about."""
        request = self._ask()
        for record, state in ((request, "open"), (request.line_ids[:1], "settled")):
            with self.assertRaises(CompletionRecordError):
                record.with_user(self.seller).write({"state": state})
        with self.assertRaises(CompletionRecordError):
            request.line_ids[:1].unlink()
        with self.assertRaises(CompletionRecordError):
            self.order.unlink()
        with self.assertRaises(AccessError):
            self.env["paper.link"].with_user(self.seller).search([])

    def test_rights(self):
        """R3.2.1: a portal user and another company's salesperson neither ask nor read."""
        request = self._ask()
        buyer = self._create_user("t_buyer", "base.group_portal", partner_id=self.customer.id)
        with self.assertRaises(AccessError):
            request.with_user(buyer).read(["state"])
        with self.assertRaises(AccessError):
            self.order.with_user(buyer).action_ask_customer()
        company = self.env["res.company"].create({"name": "Second Mill"})
        stranger = self._create_user(
            "t_stranger", "paper_base.group_sales", company_id=company.id, company_ids=[Command.set(company.ids)]
        )
        with self.assertRaises(AccessError):
            request.with_user(stranger).read(["state"])
        with self.assertRaises(AccessError):
            self.order.with_user(stranger).action_complete_by_phone()
