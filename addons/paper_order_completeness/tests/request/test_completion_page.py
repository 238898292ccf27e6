import re
from unittest.mock import patch

from odoo.exceptions import LockError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from ..common import CompletenessCommon


@tagged("post_install", "-at_install")
class TestCompletionPage(CompletenessCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.order = cls._create_complete_order(commitment_date=False, client_order_ref="HP-2031-9")
        cls.date = f"order-{cls.order.id}-commitment_date"

    def _link(self, order=None):
        order = order or self.order
        order.with_user(self.seller).action_ask_customer()
        mail = self.env["mail.mail"].search([("recipient_ids", "=", order.partner_id.id)], order="id desc", limit=1)
        return "/paper/complete/" + re.search(r"/paper/complete/([\w-]+)", mail.body_html)[1]

    def _post(self, link, **values):
        page = self.url_open(link)
        found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
        return self.url_open(link, data={"csrf_token": found[1] if found else "", **values}, allow_redirects=True)

    def test_anonymous_answers_by_the_link(self):
        """R3.2.1: without a login the page shows what is missing, and the answer completes the order."""
        link = self._link()
        page = self.url_open(link)
        self.assertEqual(page.status_code, 200)
        self.assertIn("HP-2031-9", page.text)
        self.assertIn(self.date, page.text)
        self.assertNotIn("payment_term_id", page.text)
        for name, value in (("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer")):
            self.assertEqual(page.headers[name], value)
        answer = self._post(link, **{self.date: self._next_year()})
        self.assertIn("your order is complete", answer.text)
        self.assertTrue(self.order.commitment_date)
        self.assertEqual(self.order.paper_completion_ids.state, "done")
        self.assertTrue(self.order.paper_completion_ids.line_ids.filtered("ip"))

    def _next_year(self):
        return f"{self.env.company._paper_today().year + 1}-01-08"

    def test_reading_changes_nothing(self):
        """R3.2.1: a mail scanner that opens the link, with parameters too, answers nothing."""
        link = self._link()
        self.url_open(f"{link}?{self.date}={self._next_year()}")
        self.assertFalse(self.order.commitment_date)
        self.assertEqual(self.order.paper_completion_ids.state, "asked")

    @mute_logger("odoo.http")
    def test_a_post_without_its_form_is_refused(self):
        """R3.2.1: another site cannot send an answer in the customer's browser."""
        answer = self.url_open(self._link(), data={self.date: self._next_year()})
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(self.order.commitment_date)

    def test_an_answer_while_another_is_taken(self):
        """R3.2.1: while another answer to the order is being taken the page says so at once, and keeps what was typed."""
        link = self._link()
        form = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open(link).text)[1]
        locks = patch.object(self.registry["paper.completion.request"], "lock_for_update", side_effect=LockError("taken"))
        with locks as lock:
            answer = self.url_open(link, data={"csrf_token": form, self.date: self._next_year()})
        self.assertEqual((answer.status_code, lock.call_count), (409, 1))
        self.assertIn(self._next_year(), answer.text)
        self.assertIn("at this moment", answer.text)
        self.assertFalse(self.order.commitment_date)

    def test_the_second_of_two_answers(self):
        """R3.2.1: of two people with the same link the first one's answer holds, the second is told so."""
        link = self._link()
        form = re.search(r'name="csrf_token" value="([^"]+)"', self.url_open(link).text)[1]
        day = self._next_year()
        self.url_open(link, data={"csrf_token": form, self.date: day})
        again = self.url_open(link, data={"csrf_token": form, self.date: day.replace("-08", "-09")})
        self.assertEqual(again.status_code, 200)
        self.assertIn("your order is complete", again.text)
        self.assertEqual(self.order.commitment_date.date().isoformat(), day)

    def test_links_that_are_none(self):
        """R3.2.1: guessed, cut, foreign and expired links get the same friendly page, logged in or not."""
        link = self._link()
        token = link.rsplit("/", 1)[1]
        other = self._create_user("t_other", "base.group_portal")
        wrong = [
            "x",
            "A" * 140,
            token[:-3],
            token[:-1] + ("A" if token[-1] != "A" else "B"),
            token[::-1],
            "AQAAAA",
            "%00",
            "..%2f",
        ]
        for user in (None, other):
            if user:
                self.authenticate(user.login, user.login)
            for guess in wrong:
                page = self.url_open(f"/paper/complete/{guess}")
                self.assertEqual(page.status_code, 404, guess)
                self.assertNotIn("HP-2031-9", page.text)
        self.env["paper.link"].search([]).unlink()
        self.assertEqual(self.url_open(link).status_code, 404, "not known here")

    def test_an_expired_link(self):
        """R3.2.1: after its days the link answers no more."""
        with freeze_time("2020-03-03 08:00:00"):
            link = self._link()
        page = self.url_open(link)
        self.assertEqual(page.status_code, 404)
        self.assertIn("not valid any more", page.text)

    def test_a_replaced_link(self):
        """R3.2.1: who asks anew ends the older link."""
        link = self._link()
        self._link()
        self.assertIn("has been replaced", self.url_open(link).text)

    def test_an_order_that_went_on(self):
        """R3.2.1: for a cancelled order nothing is asked any more."""
        link = self._link()
        self.order.action_cancel()
        page = self.url_open(link)
        self.assertIn("Nothing is asked", page.text)
        self.assertFalse(self.order.commitment_date)

    def test_another_orders_link(self):
        """R3.2.1: with one order's link nothing of another order can be answered."""
        other = self._create_complete_order(commitment_date=False)
        answer = self._post(self._link(other), **{self.date: self._next_year()})
        self.assertEqual(answer.status_code, 200)
        self.assertFalse(self.order.commitment_date)

    def test_what_is_wrong_is_said_at_its_place(self):
        """R3.2.1: an answer that cannot be taken comes back with its reason, in the customer's language, as he typed it."""
        self.customer.lang = "zh_CN"
        spec = self.order.order_line.paper_spec_id
        spec.width = 0
        name = f"spec-{spec.id}-width"
        answer = self._post(self._link(), **{name: '"><script>alert(1)</script>'})
        self.assertEqual(answer.status_code, 422)
        self.assertIn("is-invalid", answer.text)
        self.assertNotIn("<script>alert(1)", answer.text)
        self.assertIn("&lt;script&gt;alert(1)", answer.text)

    @mute_logger("odoo.http")
    def test_a_portal_user_reads_no_internal_field(self):
        """R3.2.1: the portal user of the same customer reads neither the completion nor the internal fields of it."""
        self._link()
        buyer = self._create_user("t_buyer", "base.group_portal", partner_id=self.customer.id)
        self.authenticate(buyer.login, buyer.login)
        for model, names in (
            ("sale.order", ["paper_missing"]),
            ("paper.completion.request", ["state"]),
            ("paper.link", ["token_hash"]),
        ):
            args = {"model": model, "method": "search_read", "args": [[]], "kwargs": {"fields": names}}
            answer = self.url_open("/web/dataset/call_kw", json={"params": args}).json()
            self.assertIn("error", answer, model)
