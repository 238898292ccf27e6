import re

from odoo.tests import new_test_user, tagged

from .common import AftersalesCommon


@tagged("post_install", "-at_install")
class TestTicketLetters(AftersalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={"no_reset_password": True})  # letters are what is tested here
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.customer.lang = "zh_CN"
        cls.seller = new_test_user(cls.env, "letter_seller", groups="paper_base.group_sales", name="Wang Xiaomei")
        cls.order = cls._order(user_id=cls.seller.id)
        cls.buyer = new_test_user(cls.env, "letter_buyer", groups="base.group_portal")
        cls.buyer.partner_id.write({"parent_id": cls.customer.id, "lang": "zh_CN", "name": "Li Lei", "email": "li@example.com"})
        cls.stages = cls.env["helpdesk.ticket.stage"].search([])

    def _mails(self, ticket):
        self.env.flush_all()
        self.env.cr.precommit.run()  # what is tracked is sent at the end of the transaction
        return self.env["mail.mail"].search([("model", "=", "helpdesk.ticket"), ("res_id", "=", ticket.id)])

    def _report(self, order=None, **vals):
        """Let the customer report something, as the portal does."""
        return (
            self.env["helpdesk.ticket"]
            .with_user(self.buyer)
            .sudo()
            .create(
                {
                    "name": "Dust",
                    "description": "Much",
                    "partner_id": self.buyer.partner_id.id,
                    "user_id": False,
                    "sale_order_id": order.id if order else False,
                    **vals,
                }
            )
        )

    def test_reaches_its_owner(self):
        """R7.1.1: what a customer reports reaches the salesperson of the order as a to-do; where there is none, or one who
        left, the sales department."""
        ticket = self._report(self.order)
        self.assertEqual(ticket.user_id, self.seller)
        self.assertEqual(ticket.activity_ids.user_id, self.seller)
        self.seller.active = False
        for order in (None, self.order):
            ticket = self._report(order)
            self.assertFalse(ticket.user_id)
            self.assertIn(self.sales, ticket.activity_ids.user_id)
            self.assertNotIn(self.seller, ticket.activity_ids.user_id)

    def test_acknowledged(self):
        """R7.1.1: the customer is told at once, in his language and by his name, that it was received, with its number."""
        ticket = self._report(self.order)
        mail = self._mails(ticket).filtered(lambda mail: self.buyer.partner_id in mail.recipient_ids)
        self.assertEqual(len(mail), 1)
        self.assertIn(ticket.number, mail.subject)
        self.assertIn("Li Lei", mail.body_html)
        self.assertIn("已收到", mail.subject)
        self.assertNotIn("Dear", mail.body_html)

    def test_reported_by_mail(self):
        """R7.1.1: what arrives by mail is received likewise, from whomever it comes."""
        ticket = self.env["helpdesk.ticket"].message_new(
            {"subject": "Dust", "body": "Much", "from": "someone@example.com", "author_id": False, "to": "", "cc": ""}
        )
        self.assertFalse(ticket.user_id)
        self.assertIn(self.sales, ticket.activity_ids.user_id)
        mail = self._mails(ticket).filtered(lambda mail: "someone@example.com" in (mail.email_to or ""))
        self.assertEqual(len(mail), 1)

    def test_written_down_by_sales(self):
        """R7.1.1: what sales write down belongs to them, and nobody is written to about it."""
        ticket = (
            self.env["helpdesk.ticket"]
            .with_user(self.sales)
            .create({"name": "Dust", "description": "Much", "sale_order_id": self.order.id})
        )
        self.assertIn(ticket.user_id, self.sales | self.seller)
        self.assertFalse(self._mails(ticket))

    def test_closed(self):
        """R7.1.2: each closing is told to the customer: greeted by his name, in his language, with the number and what
        was done."""
        for stage in self.stages.filtered("closed"):
            with self.subTest(stage=stage.name):
                ticket = self._report(self.order)
                before = self._mails(ticket)
                ticket.with_user(self.sales).write({"solution": "New blades\n200 kg replaced", "stage_id": stage.id})
                mail = self._mails(ticket) - before
                self.assertEqual(len(mail), 1)
                self.assertEqual(mail.recipient_ids, self.buyer.partner_id)
                self.assertIn("尊敬的Li Lei", mail.body_html)
                self.assertIn("200 kg replaced", mail.body_html)
                self.assertIn(ticket.number, mail.subject)
                self.assertIn("处理", mail.subject)
                self.assertNotIn("Hello", mail.body_html)

    def test_no_letter_greets_one_of_ours(self):
        """R7.1.1, R7.1.2: no letter that a stage can send to a customer names our user as the one who is greeted."""
        templates = self.env["mail.template"].search([("model", "=", "helpdesk.ticket"), ("name", "not ilike", "Rating")])
        self.assertGreaterEqual(len(templates), 5)
        stage = self.stages.filtered(lambda rec: not rec.closed)[1:2]
        for template in templates:
            with self.subTest(template=template.name):
                ticket = self._report(self.order)
                before = self._mails(ticket)
                stage.mail_template_id = template
                ticket.with_user(self.sales).stage_id = stage
                mail = self._mails(ticket) - before
                self.assertEqual(len(mail), 1)
                greeting = re.search("<p>(.*?)</p>", mail.body_html, re.DOTALL).group(1)
                self.assertIn("Li Lei", greeting)
                self.assertNotIn("Wang Xiaomei", greeting)
