from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, new_test_user, tagged

from ...exceptions import AlternativeError, LetterError, OfferClosedError
from ..common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationLetter(EvaluationCommon):
    """An order that does not pass: letter, alternatives, and what the customer answers."""

    def _fail(self, order=None, **verdicts):
        """Return a failed evaluation whose alternatives are a date, half the quantity, and a smaller width."""
        order = order or self._make_order(tonnes=10)
        Evaluation = type(self.env["paper.evaluation"])

        def computed(records):
            found = {}
            for record in records:
                line = record.order_id.order_line
                found[record] = [
                    record._alternative("date", date="2026-03-30", reason="PM1 is free in week 14"),
                    record._alternative("quantity", lines={line: {"quantity": 5.0}}),
                    record._alternative("spec", lines={line: {"spec": {"width": 780.0}}}),
                ]
            return found

        self.patch(Evaluation, "_compute_alternatives", computed)
        return self._decide(order, **(verdicts or {"capacity": "no"}))

    def _send(self, evaluation):
        """Send the letter as sales does: read it over in the composer, then send."""
        action = evaluation.with_user(self.people["sales"]).action_send_letter()
        composer = self.env["mail.compose.message"].with_user(self.people["sales"]).with_context(**action["context"])
        composer.create({}).action_send_mail()
        return evaluation

    def _offered(self, **verdicts):
        evaluation = self._send(self._fail(**verdicts))
        return evaluation, *evaluation.alternative_ids

    def test_alternatives_are_computed_and_in_the_letter(self):
        """R3.4: the letter of a failed order offers a later date, a part quantity and a nearby specification."""
        evaluation = self._fail()
        self.assertEqual(evaluation.alternative_ids.mapped("kind"), ["date", "quantity", "spec"])
        letter = evaluation.customer_letter
        for text in ("03/30/2026", "14 days later", "5 tonnes", "10 tonnes", "780", "787", "alternatives?access_token="):
            self.assertIn(text, letter)
        self.assertNotIn("PM1", letter)
        self.assertNotIn("capacity says why", letter)

    def test_letter_in_the_customers_language(self):
        """R3.4: figures and dates of the letter are written as the customer writes them, whoever closes the panel."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.customer.lang = "zh_CN"
        letter = self._fail().customer_letter
        self.assertIn("2026", letter)
        self.assertNotIn("03/30/2026", letter)

    def test_remedies_of_the_departments_make_a_date(self):
        """R3.4: where each failing department sees a way some days later, that date is offered; else none is."""
        for others, expected in (({}, 1), ({"technical": "no"}, 0)):
            order = self._make_order()
            evaluation = self._submit(order)
            opinion = self._opinion(evaluation, "capacity")
            remedies = [Command.create({"name": name, "days_effect": days}) for name, days in (("A", 9), ("B", 4), ("C", 0))]
            opinion.write({"verdict": "no", "comment": "Full", "remedy_ids": remedies})
            opinion.action_submit()
            self._give(evaluation, **others)
            evaluation.with_user(self.people["chair"]).action_close()
            found = evaluation._days_that_help()
            self.assertEqual(found, 4 if expected else 0)

    def test_sales_reads_it_over_and_sends(self):
        """R3.4: nothing goes to the customer before sales sends it; what went is kept as it went."""
        evaluation = self._fail()
        self.assertFalse(evaluation.letter_sent_on)
        self.assertEqual(set(evaluation.alternative_ids.mapped("state")), {"proposed"})
        self.assertFalse(evaluation.order_id.message_ids.filtered(lambda rec: self.customer in rec.partner_ids))
        evaluation.with_user(self.people["sales"]).customer_letter = "<p>Our own words</p>"
        self._send(evaluation)
        self.assertEqual(evaluation.letter_sent_by_id, self.people["sales"])
        self.assertIn("Our own words", evaluation.customer_letter)
        self.assertEqual(set(evaluation.alternative_ids.mapped("state")), {"offered"})
        self.assertEqual(str(evaluation.offer_until), "2026-03-09")
        message = evaluation.order_id.message_ids.filtered(lambda rec: self.customer in rec.partner_ids)
        self.assertEqual(len(message), 1)
        with self.assertRaises(LetterError):
            evaluation.with_user(self.people["sales"]).customer_letter = "<p>Never said</p>"
        with self.assertRaises(LetterError):
            evaluation.with_user(self.people["sales"]).action_send_letter()
        with self.assertRaises(LetterError):
            evaluation.with_user(self.people["sales"]).action_draft_letter()

    def test_only_sales_sends(self):
        """R3.4: no other department sends the letter; and the mark of the composer alone sends nothing."""
        evaluation = self._fail()
        for name in ("chair", "capacity"):
            with self.assertRaises(LetterError):
                evaluation.with_user(self.people[name]).action_send_letter()
        order = evaluation.order_id
        order.with_user(self.people["sales"]).with_context(paper_letter_of=evaluation.id).message_post(body="Internal")
        other = self._make_order()
        other.with_user(self.people["sales"]).with_context(paper_letter_of=evaluation.id).message_post(
            body="x", partner_ids=self.customer.ids
        )
        self.assertFalse(evaluation.letter_sent_on)

    def test_sales_chooses_what_is_offered(self):
        """R3.4: until the letter goes, sales takes alternatives out or adds its own; nobody else, and not afterwards."""
        evaluation = self._fail()
        date, quantity, _spec = evaluation.alternative_ids
        sales = self.people["sales"]
        with self._refused(AccessError, AlternativeError):
            date.with_user(self.people["capacity"]).delivery_date = "2026-04-01"
        quantity.with_user(sales).unlink()
        date.with_user(sales).delivery_date = "2026-04-01"
        own = self.env["paper.evaluation.alternative"].with_user(sales).with_context(default_evaluation_id=evaluation.id)
        with Form(own) as form:
            form.delivery_date = "2026-04-20"
        with self.assertRaises(AlternativeError):
            date.with_user(sales).delivery_date = "2026-03-01"
        for vals in ({"state": "accepted"}, {"offered_text": "Free"}, {"computed": False}):
            with self.assertRaises(AlternativeError):
                date.with_user(sales).write(vals)
        self._send(evaluation)
        with self.assertRaises(AlternativeError):
            date.with_user(sales).delivery_date = "2026-05-01"
        with self.assertRaises(AlternativeError):
            date.with_user(sales).unlink()
        evaluation.alternative_ids.filtered(lambda rec: rec.kind == "date")[0].with_user(sales).action_accept()
        self.assertEqual(str(evaluation.order_id.commitment_date), "2026-04-01 08:00:00")

    def test_drafting_again(self):
        """R3.4: computing again replaces what was computed and keeps what sales added."""
        evaluation = self._fail()
        sales = self.env["paper.evaluation.alternative"].with_user(self.people["sales"])
        own = sales.create({"evaluation_id": evaluation.id, "delivery_date": "2026-04-20"})
        evaluation.with_user(self.people["sales"]).action_draft_letter()
        self.assertEqual(len(evaluation.alternative_ids), 4)
        self.assertIn(own, evaluation.alternative_ids)
        self.assertIn("04/20/2026", evaluation.customer_letter)

    # What the customer answers

    def test_accepting_a_date(self):
        """R3.4: accepting a date writes it into the order and submits its next revision for the salesperson."""
        evaluation, date, quantity, spec = self._offered()
        order = evaluation.order_id
        date.sudo()._accept("Mr Wang", author=self.customer)
        self.assertEqual(str(order.commitment_date), "2026-03-30 08:00:00")
        again = order._current_evaluation()
        self.assertEqual((again.revision, again.state, again.previous_id), (2, "open", evaluation))
        self.assertEqual(again.submitted_by_id, self.people["sales"])
        # Capacity said no, and the date touches sales, capacity and materials; the rest stands.
        self.assertEqual(again._pending_opinions().mapped("dimension"), ["sales", "capacity", "materials"])
        self.assertEqual(date.state, "accepted")
        self.assertEqual({quantity.state, spec.state}, {"withdrawn"})
        self.assertEqual((evaluation.customer_answer, evaluation.answered_by), ("accepted", "Mr Wang"))
        self.assertEqual(evaluation.state, "failed")

    def test_accepting_a_part(self):
        """R3.4: accepting a part quantity orders that much, in the customer's own unit."""
        evaluation, _date, quantity, _spec = self._offered()
        quantity.with_user(self.people["sales"]).action_accept()
        line = evaluation.order_id.order_line
        self.assertEqual((line.paper_quantity, line.product_uom_qty), (5, 5))
        self.assertIn(self.people["sales"].name, evaluation.answered_by)

    def test_accepting_a_nearby_specification(self):
        """R3.4: accepting a nearby specification makes its next revision; the ordered quantity stays."""
        evaluation, _date, _quantity, spec = self._offered(technical="no")
        line = evaluation.order_id.order_line
        before = line.paper_spec_id
        spec.sudo()._accept("Mr Wang")
        self.assertEqual((line.paper_spec_id.previous_id, line.paper_spec_id.revision), (before, 2))
        self.assertEqual((line.paper_spec_id.width, before.width), (780, 787))
        self.assertEqual(line.paper_quantity, 10)
        self.assertIn("780", spec.summary)
        self.assertIn("787", spec.summary)

    def test_leaving_a_line_out(self):
        """R3.4: a quantity of 0 takes the line off the order."""
        order = self._make_order(lines=2)
        first, second = order.order_line
        evaluation = self._submit(order)
        Evaluation = type(evaluation)
        self.patch(
            Evaluation,
            "_compute_alternatives",
            lambda records: {rec: [rec._alternative("quantity", lines={first: {"quantity": 0}})] for rec in records},
        )
        self._give(evaluation, materials="no")
        evaluation.with_user(self.people["chair"]).action_close()
        self._send(evaluation)
        evaluation.alternative_ids.sudo()._accept("Mr Wang")
        self.assertEqual(order.order_line, second)

    def test_answered_once(self):
        """R3.4: an offer is answered once; a second answer changes nothing."""
        evaluation, date, quantity, _spec = self._offered()
        date.sudo()._accept("Mr Wang")
        for late in (date, quantity):
            with self.assertRaises(OfferClosedError):
                late.sudo()._accept("Mr Li")
        with self.assertRaises(OfferClosedError):
            evaluation.sudo()._decline("Mr Li")
        self.assertEqual(evaluation.order_id.order_line.paper_quantity, 10)
        self.assertEqual(len(evaluation.order_id.paper_evaluation_ids), 2)

    def test_declining(self):
        """R3.4: declining is kept with the customer's words, and sales has it as an activity."""
        evaluation, date, quantity, spec = self._offered()
        evaluation.sudo()._decline("Mr Wang", note="Too late for us")
        self.assertEqual((evaluation.customer_answer, evaluation.answer_note), ("declined", "Too late for us"))
        self.assertEqual(set((date | quantity | spec).mapped("state")), {"declined"})
        self.assertTrue(evaluation.order_id.activity_ids.filtered(lambda rec: "Too late for us" in rec.summary))
        self.assertEqual(evaluation.order_id._current_evaluation(), evaluation)
        with self.assertRaises(OfferClosedError):
            date.sudo()._accept("Mr Wang")

    def test_too_late(self):
        """R3.4: an offer stands for the working days that the company sets."""
        evaluation, date, _quantity, _spec = self._offered()
        with freeze_time("2026-03-09 09:00:00"):
            self.assertTrue(evaluation._is_offer_open())
        with freeze_time("2026-03-10 09:00:00"):
            self.assertFalse(evaluation._is_offer_open())
            with self.assertRaises(OfferClosedError):
                date.sudo()._accept("Mr Wang")

    def test_overtaken(self):
        """R3.4: once sales changed or submitted the order in another way, the old offer is gone."""
        for change in (
            lambda order: order.order_line.write({"price_unit": 1}),
            lambda order: order.with_user(self.people["sales"]).action_submit_evaluation(),
            lambda order: order.action_cancel(),
        ):
            evaluation, date, _quantity, _spec = self._offered()
            change(evaluation.order_id)
            with self.assertRaises(OfferClosedError):
                date.sudo()._accept("Mr Wang")

    def test_not_offered_yet(self):
        """R3.4: what sales has not sent cannot be accepted, by sales for the customer neither."""
        evaluation = self._fail()
        with self.assertRaises(OfferClosedError):
            evaluation.alternative_ids[0].with_user(self.people["sales"]).action_accept()

    def test_only_sales_answers_for_the_customer(self):
        """R3.4: the customer's answer is recorded by sales alone."""
        evaluation, date, _quantity, _spec = self._offered()
        for name in ("chair", "capacity"):
            with self.assertRaises(AlternativeError):
                date.with_user(self.people[name]).action_accept()
            with self.assertRaises(AlternativeError):
                evaluation.with_user(self.people[name]).action_decline()

    def test_something_else_blocks_the_next_revision(self):
        """R3.4: where the changed order cannot be submitted yet, it is changed all the same and sales is told."""
        evaluation, date, _quantity, _spec = self._offered()
        order = evaluation.order_id
        SaleOrder = type(order)
        self.patch(
            SaleOrder,
            "_get_blockers",
            lambda orders, step: {rec: [rec._paper_blocker("evaluation", "Credit expired")] for rec in orders},
        )
        date.sudo()._accept("Mr Wang")
        self.assertEqual(str(order.commitment_date), "2026-03-30 08:00:00")
        self.assertEqual(order._current_evaluation(), evaluation)
        self.assertTrue(order.activity_ids.filtered(lambda rec: "Credit expired" in (rec.note or "")))

    def test_portal_reads_no_model(self):
        """R3.4: alternatives, questions and evaluations are no models of the portal."""
        evaluation, date, _quantity, _spec = self._offered()
        portal = new_test_user(self.env, "eval_portal", groups="base.group_portal")
        for record in (evaluation, date, date.line_ids, evaluation.question_ids):
            with self.assertRaises(AccessError):
                record.with_user(portal).search([])
