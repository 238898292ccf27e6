from odoo.http import Request
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import AftersalesCommon


@tagged("post_install", "-at_install")
class TestPortalTickets(AftersalesCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()
        cls.foreign_order = cls._order(cls.other_customer)
        cls.buyer = cls._portal_user("as_buyer", cls.customer)
        cls.stranger = cls._portal_user("as_stranger", cls.other_customer)
        cls.done = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        cls.rejected = cls.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_rejected")

    @classmethod
    def _portal_user(cls, login, company):
        user = new_test_user(cls.env, login, groups="base.group_portal")
        user.partner_id.parent_id = company
        return user

    def _post(self, url, **data):
        return self.url_open(url, data={"csrf_token": Request.csrf_token(self), **data})

    def test_close_ones_own(self):
        """R7.1.1: a customer closes a ticket of its own, to a stage that is offered and to no other."""
        ticket = self._ticket(partner_id=self.customer.id, severity="serious")
        self.authenticate("as_buyer", "as_buyer")
        page = self.url_open(f"/my/ticket/{ticket.id}")
        self.assertIn('action="/ticket/close"', page.text)
        self.assertNotIn('method="GET"', page.text)
        self._post("/ticket/close", ticket_id=ticket.id, stage_id=self.rejected.id)
        self.assertFalse(ticket.closed)
        self._post("/ticket/close", ticket_id=ticket.id, stage_id=self.done.id)
        self.assertTrue(ticket.closed)
        self.assertTrue(ticket.solution)

    def test_close_anybody_elses(self):
        """R7.1.1: no customer closes the ticket of another one by guessing its number."""
        ticket = self._ticket(partner_id=self.customer.id)
        self.authenticate("as_stranger", "as_stranger")
        self._post("/ticket/close", ticket_id=ticket.id, stage_id=self.done.id)
        self.assertFalse(ticket.closed)
        self._post("/ticket/close", ticket_id=ticket.id + 100000, stage_id=self.done.id)
        self._post("/ticket/close", ticket_id="x", stage_id="y")

    def test_followed_is_not_owned(self):
        """R7.1.1: whoever only follows a ticket does not close it."""
        ticket = self._ticket(partner_id=self.customer.id)
        ticket.message_subscribe(self.stranger.partner_id.ids)
        self.authenticate("as_stranger", "as_stranger")
        self._post("/ticket/close", ticket_id=ticket.id, stage_id=self.done.id)
        self.assertFalse(ticket.closed)

    def test_no_link_closes(self):
        """R7.1.1: a mere link, as a mail scanner follows it, closes nothing; neither does a form of another site."""
        ticket = self._ticket(partner_id=self.customer.id)
        self.authenticate("as_buyer", "as_buyer")
        answer = self.url_open(f"/ticket/close?ticket_id={ticket.id}&stage_id={self.done.id}")
        self.assertEqual(answer.status_code, 405)
        with mute_logger("odoo.http"):
            self.url_open("/ticket/close", data={"ticket_id": ticket.id, "stage_id": self.done.id})
        self.assertFalse(ticket.closed)

    def test_report_a_problem(self):
        """R7.1.1: the customer reports a problem from the page of its order."""
        self.authenticate("as_buyer", "as_buyer")
        page = self.url_open(self.order.get_portal_url())
        self.assertIn(f"/new/ticket?order_id={self.order.id}", page.text)
        form = self.url_open(f"/new/ticket?order_id={self.order.id}")
        self.assertIn(self.order.name, form.text)
        self._post("/submitted/ticket", order_id=self.order.id, subject="Dust", description="Much", nature="quality")
        self.assertRecordValues(
            self.order.paper_ticket_ids, [{"name": "Dust", "nature": "quality", "partner_id": self.buyer.partner_id.id}]
        )
        page = self.url_open(f"/my/ticket/{self.order.paper_ticket_ids.id}")
        self.assertIn(self.order.name, page.text)
        ticket = self.order.paper_ticket_ids
        self.assertTrue(ticket.activity_ids.user_id)
        told = self.env["mail.mail"].search([("model", "=", "helpdesk.ticket"), ("res_id", "=", ticket.id)])
        self.assertEqual(told.recipient_ids, self.buyer.partner_id)
        self.assertIn(ticket.number, told.subject)

    def test_report_on_anybody_elses_order(self):
        """R7.1.1: a guessed order number is neither shown nor linked."""
        self.authenticate("as_buyer", "as_buyer")
        form = self.url_open(f"/new/ticket?order_id={self.foreign_order.id}")
        self.assertNotIn(self.foreign_order.name, form.text)
        self._post("/submitted/ticket", order_id=self.foreign_order.id, subject="Dust", description="x", nature="bad")
        self.assertFalse(self.foreign_order.paper_ticket_ids)

    def test_no_photo(self):
        """R7.1.1: what is no photo is refused in words, and nothing that was written is lost; no ticket is made of it."""
        self.authenticate("as_buyer", "as_buyer")
        data = {"csrf_token": Request.csrf_token(self), "order_id": self.order.id, "subject": "Dust", "description": "Much dust"}
        svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
        files = {"paper_photos": ("edge.png", svg, "image/png")}
        answer = self.url_open("/submitted/ticket", data=data, files=files)
        self.assertIn("is no photo", answer.text)
        self.assertIn("Much dust", answer.text)
        self.assertFalse(self.order.paper_ticket_ids)

    def test_internal_judgement_is_hidden(self):
        """R7.1.1: the customer does not read the mill's own judgement of its ticket."""
        Ticket = self.env["helpdesk.ticket"].with_user(self.buyer)
        shown = Ticket.fields_get(["severity", "first_analysis", "escalated_on", "solution", "released_solution", "notice_ids"])
        self.assertEqual(set(shown), {"released_solution"})

    def test_what_nobody_should_send(self):
        """R7.1.1: the help desk's pages answer whatever is sent to them, and a form that cannot be read in words."""
        self.authenticate("as_buyer", "as_buyer")
        with mute_logger("odoo.http", "odoo.sql_db"):
            for name in ("sortby", "filterby", "groupby", "search_in", "page", "date_begin"):
                for value in ("x", "1", "-1", "9" * 30, "签", "[]"):
                    with self.subTest(name=name, value=value):
                        answer = self.url_open(f"/my/tickets?{name}={value}&date_end=2026-01-01")
                        self.assertLess(answer.status_code, 500)
            for values in ({"category": "x"}, {"subject": "a\0b"}):
                with self.subTest(values=values):
                    answer = self._post("/submitted/ticket", **{"subject": "x", "description": "x", **values})
                    self.assertEqual(answer.status_code, 400)
                    self.assertIn("Nothing was changed", answer.text)
            answer = self._post("/submitted/ticket", subject="x", description="x", category="9" * 30)
            self.assertEqual(answer.status_code, 404)
