import hashlib
import hmac
import json
import threading
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ...exceptions import WebhookError
from ...models.webhook.paper_webhook_call import AGAIN
from ..common import PaperCommon

SECRET = "only-for-tests-only-for-tests"


class Receiver(BaseHTTPRequestHandler):
    """Another program: keeps what it is told, answers with what the test wants."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append((dict(self.headers), body))
        self.send_response(self.server.answer)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args):
        """Say nothing."""


@tagged("post_install", "-at_install")
class TestWebhook(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.addClassCleanup(cls.server.server_close)
        cls.addClassCleanup(cls.server.shutdown)
        cls.keeper = cls._create_user("t_hook_keeper", "base.group_system")
        cls.hook = cls.env["paper.webhook"].create(
            {"name": "Printer", "url": f"http://127.0.0.1:{cls.server.server_port}/orders", "secret": SECRET}
        )

    def setUp(self):
        super().setUp()
        self.server.heard, self.server.answer = [], 204
        self.order = self._create_order(user_id=self.salesman.id)
        self._settle()

    def _confirm(self):
        self.order.action_confirm()
        self._settle()
        return self.hook.call_ids

    def _call(self, after=0):
        with freeze_time(datetime.now() + timedelta(minutes=after)):
            self.env["paper.webhook.call"]._cron_call()

    def test_a_signed_call(self):
        """R4.2.2: a confirmed order is told to another program, once, and signed so that the receiver knows who it is."""
        call = self._confirm()
        self.assertEqual(call.mapped("event"), ["confirmed"])
        self._call()
        self._call()
        ((headers, body),) = self.server.heard
        moment, signature = (part.split("=")[1] for part in headers["X-Paper-Signature"].split(","))
        expected = hmac.new(SECRET.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
        self.assertEqual(signature, expected)
        told = json.loads(body)
        self.assertEqual((told["event"], told["order"]["ref"], told["id"]), ("confirmed", self.order.name, call.key))
        self.assertEqual((call.state, call.tries), ("taken", 1))

    def test_tried_again_then_given_up(self):
        """R4.2.2: a receiver that fails is tried again, later and later, with the same number; then the administrator is told."""
        call = self._confirm()
        self.server.answer = 503
        minutes = 0
        for wait in (0, *AGAIN):
            minutes += wait
            self._call(minutes + 1)
        self.assertEqual((call.state, call.tries), ("given_up", len(AGAIN) + 1))
        self.assertEqual(len({json.loads(body)["id"] for _headers, body in self.server.heard}), 1)
        self.assertIn("503", call.answer)
        self.assertIn(self.keeper, self.hook.activity_ids.user_id)
        self.server.answer = 200
        call.with_user(self.keeper).action_try_again()
        self._call(minutes + 2)
        self.assertEqual(call.state, "taken")

    def test_a_receiver_that_is_not_there(self):
        """R4.2.2: nobody there: the call waits, the order goes on, and others are called all the same."""
        silent = self.hook.copy({"name": "Nobody", "url": "http://127.0.0.1:9/", "secret": SECRET})
        self._confirm()
        self._call()
        self.assertEqual(silent.call_ids.state, "waiting")
        self.assertTrue(silent.call_ids.answer)
        self.assertEqual(self.hook.call_ids.state, "taken")

    def test_only_what_was_asked_for(self):
        """R4.2.2: a webhook hears of its steps, its customer's and its company's orders; a customer's of nothing internal."""
        other = self.env["res.partner"].create({"name": "Other Print", "is_company": True})
        company = self.env["res.company"].create({"name": "Second mill"})
        hooks = self.env["paper.webhook"]
        silent = hooks.union(
            self.hook.copy({"partner_id": other.id, "secret": SECRET}),
            self.hook.copy({"events": "dispatched", "secret": SECRET}),
            self.hook.copy({"company_id": company.id, "secret": SECRET}),
            self.hook.copy({"active": False, "secret": SECRET}),
        )
        own = self.hook.copy({"partner_id": self.customer.id, "events": "confirmed,evaluated", "secret": SECRET})
        self._add_milestones({"code": "evaluated", "name": "Panel", "state": "done", "internal": True, "department": "sales"})
        self._confirm()
        self.assertFalse(silent.with_context(active_test=False).call_ids)
        self.assertEqual(own.call_ids.mapped("event"), ["confirmed"])
        self._call()
        bodies = [json.loads(body) for _headers, body in self.server.heard]
        (told,) = [body["order"] for body in bodies if body["id"] == own.call_ids.key]
        self.assertNotIn("department", str(told))
        self.assertNotIn("evaluated", str(told))

    def test_what_cannot_be_is_refused(self):
        """R4.2.2: no address, an address on the open net without TLS, an empty secret, a step that is none: a sentence."""
        for values in ({"url": "printer"}, {"url": "http://printer.example.com/"}, {"url": "ftp://printer/"}, {"url": "https://a:b@c/"},
                       {"secret": ""}, {"secret": "short"}, {"events": "dyed"}, {"events": " , "}):  # fmt: skip
            with self.subTest(values=values), self.assertRaises(WebhookError):
                self.hook.write(values)

    def test_the_administrators_alone(self):
        """R2: where orders are told to is the administrator's; no department reads the secret."""
        for user in (self.salesman, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.hook.with_user(user).read(["url", "secret"])
        self.assertEqual(self.hook.with_user(self.keeper).secret, SECRET)
