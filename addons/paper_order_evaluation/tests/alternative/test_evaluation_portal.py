import re
from html import unescape

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ..common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationPortal(EvaluationCommon, HttpCase):
    """The customer's page: offers and questions, by login or by the link of the letter."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.lang = "en_US"
        cls.buyer = new_test_user(
            cls.env, "eval_buyer", groups="base.group_portal", partner_id=cls.customer.id, password="eval_buyer"
        )
        new_test_user(cls.env, "eval_stranger", groups="base.group_portal", password="eval_stranger")

    def setUp(self):
        super().setUp()
        self.order = self._make_order(client_order_ref="PO 77")
        self.url = f"/my/orders/{self.order.id}/alternatives"

    def _offer(self):
        """Return the failed evaluation of the order, its letter sent, with an offered date and part."""
        Evaluation = type(self.env["paper.evaluation"])
        computed = {
            "date": lambda rec: rec._alternative("date", date="2026-03-30", reason="PM1 is free in week 14"),
            "part": lambda rec: rec._alternative("quantity", lines={rec.order_id.order_line: {"quantity": 5.0}}),
        }
        self.patch(
            Evaluation,
            "_compute_alternatives",
            lambda records: {rec: [make(rec) for make in computed.values()] for rec in records},
        )
        evaluation = self._decide(self.order, capacity="no")
        action = evaluation.with_user(self.people["sales"]).action_send_letter()
        composer = self.env["mail.compose.message"].with_user(self.people["sales"]).with_context(**action["context"])
        composer.create({}).action_send_mail()
        return evaluation

    def _forms(self, page):
        return [unescape(url) for url in re.findall(r'action="([^"]+)"', page) if f"/orders/{self.order.id}/" in url]

    def _post(self, page, action, **fields):
        token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        access = re.search(r'name="access_token" value="([^"]+)"', page)
        data = {"csrf_token": token, **fields}
        if access:
            data["access_token"] = unescape(access.group(1))
        return self.url_open(action, data=data)

    def test_accept_with_a_login(self):
        """R3.4: the customer sees what is offered, nothing internal, and accepts; the order is evaluated again."""
        evaluation = self._offer()
        self.authenticate("eval_buyer", "eval_buyer")
        self.assertIn(self.url, self.url_open(f"/my/orders/{self.order.id}").text)
        page = self.url_open(self.url).text
        self.assertIn("PO 77", page)
        self.assertIn("03/30/2026", page)
        self.assertIn("5 tonnes", page)
        for internal in ("PM1", "capacity says why", "Margin"):
            self.assertNotIn(internal, page)
        accept = next(url for url in self._forms(page) if url.endswith(f"{evaluation.alternative_ids[0].id}/accept"))
        answer = self._post(page, accept)
        self.assertIn("The order goes on as you chose", answer.text)
        self.assertEqual(str(self.order.commitment_date), "2026-03-30 08:00:00")
        self.assertEqual(self.order._current_evaluation().revision, 2)
        self.assertIn(self.buyer.name, evaluation.answered_by)
        self.assertIn("127.0.0.1", evaluation.answered_by)
        author = self.order.message_ids.filtered(lambda rec: "accepted" in (rec.body or ""))[:1].author_id
        self.assertEqual(author, self.customer)
        again = self._post(page, accept)
        self.assertIn("alert-danger", again.text)
        self.assertEqual(len(self.order.paper_evaluation_ids), 2)

    def test_decline_by_the_link(self):
        """R3.4: without a login the link of the letter opens the page; declining is kept with the customer's words."""
        evaluation = self._offer()
        self.authenticate(None, None)
        link = re.search(r'href="([^"]+alternatives[^"]+)"', str(evaluation.customer_letter)).group(1)
        page = self.url_open("/my/" + unescape(link).split("/my/", 1)[1]).text
        decline = next(url for url in self._forms(page) if url.endswith("/decline"))
        answer = self._post(page, decline, note="Too late <b>for us</b>")
        self.assertIn("We will get in touch", answer.text)
        self.assertEqual((evaluation.customer_answer, evaluation.answer_note), ("declined", "Too late <b>for us</b>"))
        self.assertIn("link", evaluation.answered_by)

    def test_who_may_not(self):
        """R3.4: strangers, a wrong token, the mill's own people, a GET and another order's offer change nothing."""
        evaluation = self._offer()
        alternative = evaluation.alternative_ids[0]
        accept = f"{self.url}/{alternative.id}/accept"
        self.authenticate(None, None)
        self.assertNotIn("o_paper_alternatives", self.url_open(self.url).text)
        self.assertNotIn("o_paper_alternatives", self.url_open(f"{self.url}?access_token=wrong").text)
        self.assertIn(self.url_open(accept).status_code, (404, 405))
        self.authenticate("eval_buyer", "eval_buyer")
        page = self.url_open(self.url).text
        other = self._make_order()
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(accept, data={"x": "y"}).status_code, 400)  # no CSRF token
        self._post(page, f"/my/orders/{other.id}/alternatives/{alternative.id}/accept")
        self.people["sales"].password = "eval_sales"
        for login in ("eval_stranger", "eval_sales"):
            self.authenticate(login, login)
            token = re.search(r'csrf_token: "([^"]+)"', self.url_open("/my/account").text)
            self.assertTrue(token)
            self.url_open(accept, data={"csrf_token": token.group(1)})
        self.assertFalse(evaluation.customer_answer)
        self.assertEqual(str(self.order.commitment_date), "2026-03-16 08:00:00")

    def test_answering_a_question(self):
        """R3.3.1: the customer answers the panel's question on his page; its clock goes on."""
        evaluation = self._submit(self.order)
        evaluation.with_user(self.people["sales"]).action_ask_customer("Which core?")
        self.authenticate("eval_buyer", "eval_buyer")
        self.assertIn("We have a question", self.url_open(f"/my/orders/{self.order.id}").text)
        page = self.url_open(self.url).text
        self.assertIn("Which core?", page)
        action = next(url for url in self._forms(page) if "/questions/" in url)
        self.assertIn("alert-danger", self._post(page, action, answer=" ").text)
        self.assertIn("Thank you for your answer", self._post(page, action, answer="76 mm").text)
        self.assertEqual((evaluation.question_ids.state, evaluation.question_ids.answer), ("answered", "76 mm"))
        self.assertEqual(evaluation._clock_state(), "running")

    def test_nothing_open(self):
        """R3.4: while nothing is open with the customer, his page says so and the order's page has no link to it."""
        self._submit(self.order)
        self.authenticate("eval_buyer", "eval_buyer")
        self.assertIn("Nothing is open with you", self.url_open(self.url).text)
        self.assertNotIn(self.url, self.url_open(f"/my/orders/{self.order.id}").text)
