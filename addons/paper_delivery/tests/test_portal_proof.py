from types import ModuleType

from odoo import fields
from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import file_open, mute_logger

from .common import DeliveryCommon, signature


def load_script(addon, path):
    """Return a migration script, whose name is no name of a module, as one."""
    with file_open(f"{addon}/migrations/{path}") as script:
        module = ModuleType("script")
        exec(compile(script.read(), path, "exec"), module.__dict__)  # noqa: S102  our own script
    return module


@tagged("post_install", "-at_install")
class TestPortalProof(DeliveryCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()
        cls.picking = cls._dispatch(cls.order)
        cls.token = cls.picking._link_issue("sign")
        cls.other = cls._dispatch(cls._order(cls._customer("Other Ltd")))

    def _sign(self, picking, token, **data):
        given = {"signer": "Ms Chen", "signature": signature(), "accepted": "1", **data}
        return self.url_open(
            f"/my/delivery/{picking.id}/sign",
            data={"csrf_token": Request.csrf_token(self), "token": token or "", **given},
        )

    def _portal(self, login, company):
        user = new_test_user(self.env, login, groups="base.group_portal")
        user.partner_id.parent_id = company
        return user

    def test_sign(self):
        """R6.3.1: the customer checks the quantities and signs by the link of the delivery."""
        self.authenticate(None, None)
        page = self.url_open(self.picking._sign_url(self.token))
        self.assertIn(self.picking.name, page.text)
        receipt = self.picking.paper_receipt_ids
        answer = self._sign(self.picking, self.token, **{f"received_{receipt.id}": "995.5", "remarks": "One ream wet"})
        self.assertEqual(answer.status_code, 200)
        self.assertRecordValues(
            self.picking, [{"paper_signer": "Ms Chen", "is_signed": True, "paper_proof_remarks": "One ream wet"}]
        )
        self.assertAlmostEqual(receipt.difference_kg, -4.5)
        self.assertIn(self.sales, self.order.activity_ids.user_id)

    def test_once(self):
        """R6.3.1: the link signs once; afterwards it shows what was signed, and a second signature is kept beside it."""
        self.authenticate(None, None)
        self._sign(self.picking, self.token)
        page = self.url_open(f"/my/delivery/{self.picking.id}?token={self.token}")
        self.assertIn("Ms Chen", page.text)
        self.assertNotIn("o_paper_sign_form", page.text)
        note = self.url_open(f"/my/delivery/{self.picking.id}/note?token={self.token}")
        self.assertEqual(note.headers["Content-Type"], "application/pdf")
        self._sign(self.picking, self.token, signer="Mr Wang")
        event = self.picking.paper_event_ids.filtered(lambda rec: rec.kind == "second")
        self.assertEqual(event.payload["signer"], "Mr Wang")
        self.assertTrue(event.photo_ids)
        self.assertIn(self.logistics, self.picking.activity_ids.user_id)
        self.assertEqual(self.picking.paper_signer, "Ms Chen")

    def test_wrong_token(self):
        """R6.3.1: neither a guessed number, the token of another delivery, of the order, nor none signs."""
        self.authenticate(None, None)
        for token in (self.token, self.order.access_token or self.order._portal_ensure_token(), "", "x"):
            self.assertEqual(self._sign(self.other, token).status_code, 404)
            self.assertEqual(self.url_open(f"/my/delivery/{self.other.id}?token={token}").status_code, 404)
            self.assertEqual(self.url_open(f"/my/delivery/{self.other.id}/note?token={token}").status_code, 404)
        self.assertEqual(self._sign(self.other.browse(99999999), self.token).status_code, 404)
        self.assertFalse(self.other.paper_proof_on)

    def test_stale(self):
        """R6.3.1: an expired link signs no more."""
        self.picking._by_step().paper_sign_expires = fields.Date.subtract(self.env.company._paper_today(), days=2)
        self.authenticate(None, None)
        self.assertEqual(self._sign(self.picking, self.token).status_code, 404)

    def test_no_link_signs(self):
        """R6.3.1: following a link signs nothing, nor does a form without the page's own token."""
        self.authenticate(None, None)
        answer = self.url_open(f"/my/delivery/{self.picking.id}/sign?token={self.token}&signer=x&accepted=1")
        self.assertEqual(answer.status_code, 405)
        with mute_logger("odoo.http"):
            self.url_open(f"/my/delivery/{self.picking.id}/sign", data={"token": self.token, "signer": "x"})
        self.assertFalse(self.picking.paper_proof_on)

    def test_bad_input(self):
        """R6.3.1: what is missing or wrong is said on the page, and nothing is recorded."""
        self.authenticate(None, None)
        receipt = self.picking.paper_receipt_ids
        for data in (
            {"signature": ""},
            {"signer": " "},
            {"accepted": "0"},
            {f"received_{receipt.id}": "-1"},
            {f"received_{receipt.id}": "nan"},
        ):
            answer = self._sign(self.picking, self.token, **data)
            self.assertIn("alert-danger", answer.text)
        foreign = self.other.paper_receipt_ids
        self.assertFalse(self.picking.paper_proof_on)
        self._sign(self.picking, self.token, **{f"received_{foreign.id}": "1"})
        self.assertEqual(foreign.received_kg, foreign.shipped_kg)

    def test_order_page(self):
        """R6.3.1: the customer finds the button on the page of its order; whoever only has the link does not."""
        self._portal("deliv_buyer", self.customer)
        self.authenticate("deliv_buyer", "deliv_buyer")
        self.assertIn(f"/my/delivery/{self.picking.id}", self.url_open(self.order.get_portal_url()).text)
        self.authenticate(None, None)
        self.assertNotIn(f"/my/delivery/{self.picking.id}", self.url_open(self.order.get_portal_url()).text)

    def test_any_input(self):
        """R6.3.1: whatever stands for the token is answered like a wrong one."""
        self.authenticate(None, None)
        for wrong in ("%20%E4", "%E4%BD%A0", "%00", "a" * 3000, "&token=x"):
            for page in ("", "/note"):
                with self.subTest(wrong=wrong[:10], page=page):
                    answer = self.url_open(f"/my/delivery/{self.picking.id}{page}?token={wrong}")
                    self.assertEqual(answer.status_code, 404)
        self.assertEqual(self._sign(self.picking, "\0").status_code, 404)
        self.assertFalse(self.picking.paper_proof_on)

    def test_sign_logged_in(self):
        """R6.3.1: the customer who is logged in signs from the page of its order; another customer does not."""
        self._portal("deliv_other_buyer", self.other.partner_id)
        self.authenticate("deliv_other_buyer", "deliv_other_buyer")
        self.assertEqual(self.url_open(self.picking._sign_url()).status_code, 404)
        self.assertEqual(self._sign(self.picking, None).status_code, 404)
        self._portal("deliv_signer", self.customer)
        self.authenticate("deliv_signer", "deliv_signer")
        self.assertIn(self.picking.name, self.url_open(self.picking._sign_url()).text)
        self.assertEqual(self._sign(self.picking, None).status_code, 200)
        self.assertEqual(self.picking.paper_signer, "Ms Chen")
        self.assertNotIn("o_paper_sign_form", self.url_open(self.picking._sign_url()).text)

    def test_no_colleague_signs(self):
        """R6.3.1: the people of the mill open no page to sign, and find the token nowhere."""
        new_test_user(self.env, "deliv_clerk", groups="paper_base.group_sales,base.group_system")
        self.authenticate("deliv_clerk", "deliv_clerk")
        self.assertEqual(self.url_open(self.picking._sign_url()).status_code, 404)
        self.assertEqual(self._sign(self.picking, None).status_code, 404)
        self.env.cr.execute("SELECT row_to_json(l)::text FROM paper_link l WHERE res_model = 'stock.picking'")
        self.assertNotIn(self.token, "".join(row for (row,) in self.env.cr.fetchall()))

    def test_links_of_before_go_on_working(self):
        """R6.3.1: a link that was sent before only hashes were kept still signs, and its clear text is gone."""
        migration = load_script("paper_delivery", "19.0.1.0.2/post-hash-links.py")
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE stock_picking ADD COLUMN paper_sign_token varchar")
        self.env.cr.execute("UPDATE stock_picking SET paper_sign_token = 'sent' WHERE id = %s", [self.other.id])
        migration.migrate(self.env.cr, "19.0.1.0.1")
        self.env.invalidate_all()
        self.assertTrue(self.other._may_sign("sent"))
        self.assertFalse(self.picking._may_sign("sent"))
        self.env.cr.execute("SELECT paper_sign_token FROM stock_picking WHERE id = %s", [self.other.id])
        self.assertEqual(self.env.cr.fetchone(), (None,))

    def test_token_is_hidden(self):
        """R6.3.1: no department and no customer reads the token of a delivery."""
        for user in (self.sales, self.logistics, self._portal("deliv_reader", self.customer)):
            self.assertNotIn("paper_sign_token", self.picking.with_user(user).fields_get())
        mails = self.env["mail.mail"].search([("body_html", "ilike", f"/my/delivery/{self.picking.id}?")])
        self.assertTrue(mails)
        self.assertFalse(mails.mail_message_id.filtered("res_id"))

    def _receiver(self, **rights):
        user = self._portal("t_receiver", self.order.partner_id.commercial_partner_id)
        user.partner_id.write({"paper_is_buyer": False, **rights})
        return user

    def test_a_receiver_sees_deliveries_and_no_prices(self):
        """R6.3.1, R6.1.1: a receiver lists the deliveries of the own company, signs for them, and opens the note before
        and after that; of the order, of its prices and of other customers nothing is seen."""
        receiver = self._receiver(paper_is_receiver=True)
        self.authenticate(receiver.login, receiver.login)
        page = self.url_open("/my/deliveries").text
        self.assertIn(self.picking.name, page)
        self.assertNotIn(self.other.name, page)
        self.assertIn(self.picking.name, self.url_open(f"/my/delivery/{self.picking.id}").text)
        self.assertEqual(self._sign(self.picking, None).status_code, 200)
        self.assertEqual(self.url_open(f"/my/delivery/{self.picking.id}/note").headers["Content-Type"], "application/pdf")
        self.assertEqual(self.url_open(f"/my/delivery/{self.other.id}/note").status_code, 404)
        self.assertEqual(self.url_open(f"/my/delivery/{self.other.id}/certificates").status_code, 404)
        self.assertFalse(self.env["sale.order"].with_user(receiver).search([]))
        self.assertNotIn(self.order.name, self.url_open(f"/my/orders/{self.order.id}").text)
        self.assertIn("/my/deliveries", self.url_open("/my").text)

    def test_accounts_see_no_delivery(self):
        """R6.3.1: whoever keeps the accounts neither lists nor signs nor opens a delivery, not even by its link."""
        accounts = self._receiver(paper_is_accounts=True)
        self.authenticate(accounts.login, accounts.login)
        self.assertNotIn(self.picking.name, self.url_open("/my/deliveries").text)
        for path in ("", "/note", "/certificates"):
            url = f"/my/delivery/{self.picking.id}{path}?token={self.token}"
            self.assertEqual(self.url_open(url).status_code, 404)
        self.assertEqual(self._sign(self.picking, self.token).status_code, 404)
        self.assertFalse(self.env["stock.picking"].with_user(accounts).search([]))

    def test_the_order_leads_to_its_deliveries(self):
        """R4.2.2, R6.3.1: a buyer finds note and signing on the page of the order; the certificate once there is one."""
        buyer = self._receiver(paper_is_buyer=True)
        documents = {item.code: item.url for item in self.order._paper_portal_documents(buyer)}
        self.assertEqual(documents["delivery_note"], f"/my/delivery/{self.picking.id}/note")
        self.assertEqual("certificate" in documents, self.picking._has_certificates())
        self.assertIn("sign_delivery", [action.code for action in self.order._paper_portal_actions(buyer)])
        self.picking._record_proof("Ms Chen", signature())
        self.assertNotIn("sign_delivery", [action.code for action in self.order._paper_portal_actions(buyer)])

    def test_a_customer_without_mails_of_dispatch(self):
        """R6.3.1: no mail is sent to a customer who does without; the delivery is signed for in the portal all the same."""
        self.order.partner_id.email = "a@b.example"
        self.order.partner_id.commercial_partner_id.paper_unwanted_mail_ids = self.env.ref("paper_delivery.mail_kind_dispatch")
        before = self.env["mail.mail"].search([])
        self.picking._send_sign_link()
        self.assertEqual(self.env["mail.mail"].search([]), before)
        self.assertTrue(self.picking._is_signable())
