from odoo.tests import tagged
from odoo.tools import mute_logger

from ...lib.portal import PortalDocument
from .common import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalPage(PortalCommon):
    """What is on the page of an order, and the mails that a customer does without."""

    def test_documents_and_actions_of_an_order(self):
        """R4.2.2: the page lists the documents that there are, those of other addons too, and what can be done now."""
        upstream = type(self.order)._paper_portal_documents
        self.patch(
            type(self.order),
            "_paper_portal_documents",
            lambda order, user, token=None: [
                *upstream(order, user, token),
                PortalDocument("sample", "Sample sheet", "/my/sample", "2031-01-02"),
            ],
        )
        page = self._get(f"/my/orders/{self.order.id}", self.buyer).text
        for text in ('data-code="order"', "Sample sheet", "2031-01-02", f"/my/orders/{self.order.id}/repeat"):
            self.assertIn(text, page)
        self.order._portal_ensure_token()
        self.authenticate(None, None)
        page = self.url_open(f"/my/orders/{self.order.id}?access_token={self.order.access_token}").text
        self.assertIn(f"download=true&amp;access_token={self.order.access_token}", page)
        self.assertNotIn(f"/my/orders/{self.order.id}/repeat", page)

    def test_mails_that_a_customer_does_without(self):
        """R4.2.2: buyers choose for their company; what has no kind is always sent; a receiver chooses nothing."""
        kind = self.env.ref("paper_base.mail_kind_confirmation")
        self.assertIn(f'name="kind_{kind.id}"', self._get("/my/mails", self.buyer).text)
        self._post("/my/mails", self.buyer)
        self.assertIn(kind, self.customer.paper_unwanted_mail_ids)
        people = self.customer | self.buyer.partner_id
        people.write({"email": "a@hua.example"})
        company = self.order.company_id
        wanted = company._paper_send(people, self.order, "S", "B", kind="paper_base.mail_kind_confirmation")
        self.assertFalse(wanted)
        self.assertEqual(company._paper_send(people, self.order, "S", "B"), people)
        before = self.order.message_ids
        self.order._send_order_confirmation_mail()
        self.assertEqual(self.order.message_ids, before)
        with mute_logger("odoo.http"):  # the server notes what it refused
            self._post("/my/mails", self.receiver, **{f"kind_{kind.id}": "1"})
        self.assertIn(kind, self.customer.paper_unwanted_mail_ids)
        self._post("/my/mails", self.buyer, **{f"kind_{kind.id}": "1"})
        self.assertNotIn(kind, self.customer.paper_unwanted_mail_ids)
        self.order._send_order_confirmation_mail()
        self.assertGreater(len(self.order.message_ids), len(before))


@tagged("post_install", "-at_install")
class TestPortalOnAPhone(PortalCommon):
    browser_size = "390x844"
    touch_enabled = True

    def test_a_buyer_on_a_phone(self):
        """R4.2.2, R3.1.2: on a phone, in Chinese, a buyer sees the order, opens its documents and has it once more."""
        self.buyer.lang = "zh_CN"
        self.start_tour(f"/my/orders/{self.order.id}", "paper_base_portal_buyer", login=self.buyer.login)
        order = self.env["sale.order"].search([("paper_repeat_of_id", "=", self.order.id)])
        self.assertEqual((len(order), order.client_order_ref), (1, "HP-9"))
