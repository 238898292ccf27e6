from odoo import fields
from odoo.tests import freeze_time, tagged

from ...exceptions import EvaluationRefusedError, QuestionError
from ..common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationQuestions(EvaluationCommon):
    """The customer is asked; meanwhile the panel's clock stands still."""

    def setUp(self):
        super().setUp()
        self.evaluation = self._submit(self._make_order())

    def _ask(self, name="sales"):
        self.evaluation.with_user(self.people[name]).action_ask_customer("Which core?")
        return self.evaluation.question_ids

    def test_sales_asks_and_the_clock_stands_still(self):
        """R3.3.1: while the customer is asked there is no deadline; his answer moves it by the days it took."""
        self.assertEqual(self.evaluation.deadline_date, fields.Date.to_date("2026-03-05"))
        with freeze_time("2026-03-03 02:00:00"):
            question = self._ask()
            self.assertEqual(question.state, "asked")
            self.assertTrue(self.evaluation.with_customer)
            self.assertEqual(self.evaluation._clock_state(), "paused")
            self.assertFalse(self.evaluation.deadline_date)
            message = self.evaluation.order_id.message_ids[0]
            self.assertIn("Which core?", message.body)
            self.assertIn(self.customer, message.partner_ids)
        with freeze_time("2026-03-06 02:00:00"):
            with self.assertRaises(QuestionError):
                question.with_user(self.people["technical"]).reply = "100 mm"
            question.with_user(self.people["sales"]).reply = "76 mm"
            self.env.invalidate_all()
            question.with_user(self.people["sales"]).action_answer()
            self.assertEqual(question.state, "answered")
            self.assertEqual(question.answer, "76 mm")
            self.assertIn(self.people["sales"].name, question.answered_by)
            self.assertEqual(self.evaluation._clock_state(), "running")
        # Tuesday to Friday: three working days later, over the weekend.
        self.assertEqual(self.evaluation.deadline_date, fields.Date.to_date("2026-03-10"))
        told = self.evaluation.message_ids[0].partner_ids
        self.assertIn(self.people["technical"].partner_id, told)

    def test_a_member_asks_through_sales(self):
        """R3.3.1: what another department wants to know is read over by sales; the clock runs until it is asked."""
        question = self._ask("technical")
        self.assertEqual(question.state, "draft")
        self.assertEqual(self.evaluation._clock_state(), "running")
        activity = self.evaluation.order_id.activity_ids.filtered(lambda rec: "Which core?" in rec.summary)
        self.assertEqual(activity.user_id, self.people["sales"])
        with self.assertRaises(QuestionError):
            question.with_user(self.people["technical"]).action_ask()
        question.with_user(self.people["sales"]).question = "Which core diameter?"
        question.with_user(self.people["sales"]).action_ask()
        self.assertEqual(self.evaluation._clock_state(), "paused")

    def test_the_clock_waits_for_the_last_answer(self):
        """R3.3.1: two questions are with the customer: the first answer does not start the clock."""
        first = self._ask()
        second = self._ask() - first
        self.evaluation.with_user(self.people["sales"]).action_answer_customer("Yes")
        self.assertEqual(second.state, "answered")
        self.assertEqual(self.evaluation._clock_state(), "paused")
        first.with_user(self.people["sales"]).action_answer("No")
        self.assertEqual(self.evaluation._clock_state(), "running")

    def test_who_may_ask_and_answer(self):
        """R3.3.1: the panel asks, sales speaks with the customer, nobody writes the steps."""
        with self.assertRaises(QuestionError):
            self._ask("legal")
        question = self._ask()
        for name in ("technical", "chair"):
            with self.assertRaises(QuestionError):
                question.with_user(self.people[name]).action_answer("Guess")
        sales = question.with_user(self.people["sales"])
        for vals in ({"state": "answered"}, {"answer": "Guess"}, {"answered_by": "Customer"}, {"question": "Other"}):
            with self.assertRaises(QuestionError):
                sales.write(vals)
        with self.assertRaises(QuestionError):
            sales.unlink()
        with self.assertRaises(QuestionError):
            sales.action_answer(" ")
        with self.assertRaises(QuestionError):
            sales.create({"evaluation_id": self.evaluation.id, "question": "x", "state": "answered"})

    def test_nothing_is_asked_once_decided(self):
        """R3.3.1: a closed panel asks nothing, and what was open with the customer is closed with it."""
        question = self._ask()
        self._give(self.evaluation)
        self.evaluation.with_user(self.people["chair"]).action_close()
        self.assertEqual(question.state, "closed")
        self.assertEqual(self.evaluation.deadline_state, "done")
        with self.assertRaises(QuestionError):
            self._ask()
        with self.assertRaises(QuestionError):
            question.with_user(self.people["sales"]).action_answer("Late")
        with self.assertRaises(EvaluationRefusedError):
            self.evaluation.with_user(self.people["sales"]).action_cancel()
