import json
import time

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...lib.order_feed import signature
from .feed_common import FeedCommon

ORDER = {"id": "MP-1", "number": "P1", "width_mm": 890, "length_mm": 860, "weight_kg": "2000.5", "basis_weight_gsm": 80}


@tagged("post_install", "-at_install")
class TestWebhook(FeedCommon):
    def _arrivals(self):
        return self.env["paper.intake.message"].search([("channel_id", "=", self.market.id)], order="id")

    def test_orders_of_a_marketplace(self):
        """R3.1.1: a signed call with orders makes an order of each, and answers with what became of them."""
        answer = self._post({"orders": [ORDER, {**ORDER, "id": "MP-2", "number": "P2", "weight_kg": -5}]})
        self.assertEqual(answer.status_code, 200)
        first, second = answer.json()["orders"]
        self.assertEqual((first["id"], first["state"]), ("MP-1", "order"))
        self.assertEqual((second["id"], second["state"], second["order"]), ("MP-2", "rejected", None))
        self.assertIn("-5", second["reason"])
        good, bad = self._arrivals()
        self.assertEqual(good.order_id.name, first["order"])
        self.assertEqual(good.order_id.paper_weight_kg, 2000.5)
        self.assertEqual(good.order_id.user_id, self.seller)
        self.assertEqual(good.payload_id, bad.payload_id)
        self.assertIn("MP-2", good.payload_id.raw.decode())
        self.assertEqual(bad.activity_ids.user_id, self.seller)

    @mute_logger("odoo.addons.paper_order_intake.controllers.intake_webhook")
    def test_keys_and_signatures_of_any_kind(self):
        """R3.1.1: whatever stands in place of key, time and signature is answered as not signed, never by an error."""
        for key in ("%00", f"{self.market.webhook_key}%00", "%E9%93%BE", "%FF%FE", "%ED%A0%80", "a" * 5000):
            self.assertEqual(self._post({"orders": []}, key=key).status_code, 401, key)
        for sign in ("", "sha256=", "sha256=é", "x" * 9000):
            self.assertEqual(self._post({"orders": []}, sign=sign.encode("latin-1")).status_code, 401, sign)
        for stamp in ("", "-1", "1e9", "²", "9" * 400):
            self.assertEqual(self._post({"orders": []}, stamp=stamp, sign="sha256=0").status_code, 401, stamp)
        self.assertFalse(self._arrivals())

    def test_delivered_twice(self):
        """R3.1.2: the same call again, as at-least-once delivery brings it, adds nothing and answers the same."""
        first, again = self._post({"orders": [ORDER]}), self._post({"orders": [ORDER]})
        self.assertEqual(again.status_code, 200)
        self.assertEqual(first.json(), again.json())
        self.assertEqual(len(self._arrivals()), 1)

    def test_the_same_id_with_other_content(self):
        """R3.1.2: a known id with other content is refused by name; what else the call brings is taken in."""
        self._post({"orders": [ORDER]})
        answer = self._post({"orders": [{**ORDER, "weight_kg": 9}, {**ORDER, "id": "MP-3", "number": "P3"}]})
        self.assertEqual((answer.status_code, answer.json()["conflicts"]), (409, ["MP-1"]))
        self.assertEqual(self._arrivals().mapped("external_ref"), ["MP-1", "MP-3"])
        self.assertEqual(self._arrivals()[0].weight, 2000.5)

    def test_not_signed(self):
        """R3.1.2: without a signature of this secret, this body and this time nothing is stored."""
        now = int(time.time())
        body = json.dumps({"orders": [ORDER]}).encode()
        for values in (
            {"sign": ""},
            {"sign": "sha256=é"},
            {"secret": "guess"},
            {"sign": signature(self.secret, str(now), body + b" ")},
            {"stamp": now - 301},
            {"stamp": now + 400},
            {"stamp": "soon"},
            {"stamp": "-5"},
            {"key": "nobody"},
        ):
            with mute_logger("odoo.addons.paper_order_intake.controllers.intake_webhook"):
                self.assertEqual(self._post({"orders": [ORDER]}, **values).status_code, 401, values)
        self.assertFalse(self._arrivals())

    def test_no_orders_in_it(self):
        """R3.1.1: a signed body that is no list of orders is refused with the reason."""
        deep = b"[" * 100000
        for body, code in (
            (b"\xff\xfe{", "not_json"),
            (b"[NaN]", "not_json"),
            (deep, "not_json"),
            (b"{}", "no_orders"),
            (b'{"orders": {"id": 1}}', "no_orders"),
            (b"[1]", "not_an_order"),
            (b"[{}]", "missing_id"),
            (json.dumps([{"id": "a\0b"}]).encode(), "missing_id"),
            (json.dumps([{"id": "A"}, {"id": "A", "width_mm": 3}]).encode(), "id_twice"),
            (json.dumps([{"id": n} for n in range(1001)]).encode(), "too_many_orders"),
        ):
            answer = self._post(body)
            self.assertEqual((answer.status_code, answer.json()["error"]), (422, code), body[:40])
        self.assertFalse(self._arrivals())

    def test_customer_and_product_that_are_named(self):
        """R3.1.1: a customer is found by reference, e-mail or tax number; one that is not found is never guessed."""
        self.customer.ref = "C-77"
        other = self.customer.copy({"name": "Other", "email": "buyer@other.example.com", "ref": "C-78"})
        self.paper.default_code = "OFF-80"
        orders = [
            {**ORDER, "id": "1", "number": "1", "customer": {"email": "Buyer@Other.example.com"}, "product": "OFF-80"},
            {**ORDER, "id": "2", "number": "2", "customer": "C-77"},
            {**ORDER, "id": "3", "number": "3", "customer": {"ref": "C-99"}},
            {**ORDER, "id": "4", "number": "4", "product": "XX"},
        ]
        self._post({"orders": orders})
        by_mail, by_ref, unknown, no_product = self._arrivals()
        self.assertEqual((by_mail.partner_id, by_mail.order_id.partner_id), (other, other))
        self.assertEqual(by_ref.partner_id, self.customer)
        self.assertEqual((unknown.state, unknown.partner_id.id), ("received", False))
        self.assertIn("Whose order", unknown.reason)
        self.assertFalse(no_product.product_id)

    def test_hostile_words(self):
        """R3.1.2: control characters, surrogates and huge figures in an order neither break the call nor another order."""
        bad = {**ORDER, "id": "2", "number": "a\0b", "quality_requirement": "\ud800<script>", "width_mm": "9" * 5000}
        answer = self._post({"orders": [bad, ORDER]})
        self.assertEqual([item["state"] for item in answer.json()["orders"]], ["rejected", "order"])

    def test_company_of_the_channel(self):
        """R3.1.1: orders of a channel belong to its company, whoever brings them."""
        company = self.env["res.company"].create({"name": "Second Mill"})
        self.market.company_id = company
        self.market.partner_id = self.customer
        self._post({"orders": [ORDER]})
        self.assertEqual(self._arrivals().order_id.company_id, company)

    def test_other_kinds_have_no_webhook(self):
        """R3.1.2: only a marketplace is reached this way; an archived one no more."""
        for values in ({"kind": "phone"}, {"kind": "marketplace", "active": False}):
            self.market.write(values)
            with mute_logger("odoo.addons.paper_order_intake.controllers.intake_webhook"):
                self.assertEqual(self._post({"orders": [ORDER]}).status_code, 401)

    def test_new_secret(self):
        """R3.1.2: after a new secret the old one counts for a day, or ends at once where it became known."""
        new = self.market.with_user(self.admin).action_new_secret()["context"]["default_secret"]
        self.assertNotEqual(new, self.secret)
        self.assertEqual(self._post({"orders": [ORDER]}).status_code, 200)
        self.market.with_user(self.admin).action_expire_secrets()
        with mute_logger("odoo.addons.paper_order_intake.controllers.intake_webhook"):
            self.assertEqual(self._post({"orders": [ORDER]}).status_code, 401)
        self.assertEqual(self._post({"orders": [ORDER]}, secret=new).status_code, 200)

    def test_secrets_are_closed(self):
        """R3.1.2: nobody reads a secret, the administrator neither; sales and management do not set up the webhook."""
        for user in (self.admin, self.seller, self.manager):
            with self.assertRaises(AccessError):
                self.env["paper.intake.secret"].with_user(user).search([]).mapped("secret")
        for user in (self.seller, self.manager):
            with self.assertRaises(AccessError):
                self.market.with_user(user).action_new_secret()
            with self.assertRaises(AccessError):
                self.market.with_user(user).read(["webhook_key"])
            with self.assertRaises(AccessError):
                self.market.with_user(user).write({"drop_folder": "x"})
