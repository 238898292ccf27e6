from odoo import Command
from odoo.addons.paper_order_intake.tests.lists import TABLE, csv_of
from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger

from ..mail_builder import mail_of
from ..mail_common import MailCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-11-29 04:00:00")
class TestLaterMail(MailCommon):
    """What a customer writes after the order had come."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mails.handler_id = cls.colleague
        cls.order = cls._create_complete_order(client_order_ref="HW-77", intake_channel_id=cls.mails.id)

    def _last(self, *files, **values):
        return (self._receive_mail(*files, **values) or self.mails)[-1]

    def _tasks(self, order=None):
        return (order or self.order).activity_ids.filtered(lambda task: task.paper_kind == "later_words")

    def _waits_at(self, mail, order=None):
        order = order or self.order
        self.assertEqual((mail.state, mail.about_order_id), ("received", order), mail.reason)
        self.assertEqual((mail.handler_id, self._tasks(order).user_id), (self.seller, self.seller))
        self.assertFalse(mail.activity_ids, "one to-do is enough")

    def test_change_by_number(self):
        """R3.1.2: a change that names the customer's number only in what it quotes waits at the order, with its handler."""
        mail = self._last(
            ref="<c@x>", subject="Re: 订单", body="请将数量改为20吨\n\n> 订单 HW-77 12.5吨", In_Reply_To="<nothing@mill.example>"
        )
        self._waits_at(mail)
        self.assertIn("请将数量改为20吨", self._tasks().summary)
        self.assertNotIn("12.5", mail.wish)
        self.assertIn("请将数量改为20吨", self.order.with_user(self.seller).paper_waiting_words)
        self.assertEqual(self.env["sale.order"].search_count([("client_order_ref", "=", "HW-77")]), 1)
        mail.with_user(self.seller).action_take_proposal()
        line = self.order.order_line
        self.assertEqual((line.paper_quantity, line.paper_unit, mail.state), (20, "t", "settled"))
        self.assertFalse(self._tasks())
        self.assertFalse(self.order.with_user(self.seller).paper_waiting_words)

    def test_number_in_the_subject(self):
        """R3.1.2: the mill's own number or the customer's in the subject is enough, of this customer's orders only."""
        for place, number in enumerate((self.order.name, "HW-77")):
            self._waits_at(self._last(ref=f"<s{place}@x>", subject=f"About {number}: deliver on 2026-12-20"))
        other = self.env["res.partner"].create({"name": "Other", "email": "who@else.example.com"})
        mail = self._last(ref="<other@x>", subject="About HW-77", sender=other.email)
        self.assertFalse(mail.about_order_id)
        self.assertEqual(mail.activity_ids.user_id, self.colleague)

    def test_reply_to_a_mail_that_became_orders(self):
        """R3.1.2: a reply to a mail whose rows are orders long since is no word in a closed conversation."""
        mail, first, second = self._receive_mail(("list.csv", csv_of(TABLE).encode(), "text/csv"))
        reply = self._last(ref="<r1@x>", In_Reply_To="<m1@hua.example.com>", body="请将数量改为20吨")
        self.assertEqual((reply.follows_id, reply.state), (mail, "received"))
        self.assertIn(first.order_id.name, reply.reason)
        self.assertEqual(reply.activity_ids.user_id, self.colleague)
        seller = reply.with_user(self.seller)
        seller.about_order_id = second.order_id
        self.assertEqual(reply.problems[0][0], "later_words")
        named = self._last(ref="<r2@x>", In_Reply_To="<r1@x>", References="<m1@hua.example.com> <r1@x>", body="M1: 改为20吨")
        self.assertEqual(named.about_order_id, first.order_id)

    def test_reply_into_the_orders_conversation(self):
        """R3.1.2: an answer to what the mill wrote at the order is kept, and before its handler; a colleague's is not."""
        letter = self.order.message_post(body="When?", partner_ids=self.customer.ids, subtype_xmlid="mail.mt_comment")
        for to in (self.address, f"catchall@{self.mails.alias_domain_id.name}"):
            before = self._arrivals()
            mail = self._receive_mail(to=to, ref=f"<{to}>", In_Reply_To=letter.message_id, body="on 2026-12-20") - before
            self._waits_at(mail)
        before = self._arrivals()
        self.seller.email = "seller@mill.example.com"
        self._receive_mail(
            to="catchall@mill.example.com", ref="<col@x>", In_Reply_To=letter.message_id, sender=self.seller.email
        )
        self.assertEqual(self._arrivals(), before)

    def test_before_anybody_saw_the_first(self):
        """R3.1.2: a second mail about one that still waits goes to the same handler, with what it says."""
        first = self._last(body="2 t of the usual")
        first.with_user(self.seller).action_take()
        second = self._last(ref="<m2@x>", In_Reply_To="<m1@hua.example.com>", body="better 3 t")
        self.assertEqual((second.follows_id, second.handler_id), (first, self.seller))
        self.assertIn("better 3 t", second.activity_ids.summary)

    def test_list_that_comes_later(self):
        """R3.1.1: a list in a mail about an order is read all the same, and the order's handler is told of the mail."""
        mail = self._receive_mail(
            ("list.csv", csv_of(TABLE).encode(), "text/csv"), ref="<l@x>", subject="HW-77", body="and these instead of it"
        )[0]
        self.assertEqual((mail.state, mail.about_order_id), ("split", self.order))
        self.assertEqual(mail.child_ids.mapped("state"), ["order", "order"])
        task = self.order.activity_ids.filtered(lambda task: task.paper_kind == "later_list")
        self.assertIn("and these instead of it", task.summary)

    def test_person_who_left(self):
        """R3.1.2: a later mail goes to who is there, not to a salesperson who left."""
        self.seller.with_user(self.env.ref("base.user_root")).active = False
        mail = self._last(ref="<gone@x>", subject="HW-77")
        self.assertEqual(mail.handler_id, self.colleague)
        self.assertEqual(self._tasks().user_id, self.colleague)

    def test_programs(self):
        """R3.1.2: no program's answer becomes a word of the customer, nor does what the mill itself sent come back as one."""
        letter = self.order.message_post(body="When?", partner_ids=self.customer.ids, subtype_xmlid="mail.mt_comment")
        for place, headers in enumerate(
            (
                {"Auto_Submitted": "auto-replied"},
                {"Auto_Submitted": "auto-generated"},
                {"sender": self.address},
                {"sender": "catchall@mill.example.com"},
            )
        ):
            with self.subTest(headers=headers):
                before = self._arrivals()
                found = self._receive_mail(ref=f"<p{place}@x>", In_Reply_To=letter.message_id, **headers) - before
                self.assertLessEqual(set(found.mapped("state")), {"ignored"})
        self.assertFalse(self._tasks())

    def test_used_message_id(self):
        """R3.1.2: a program that gives each mail the same Message-Id loses none of them; the same mail again adds nothing."""
        first = self._receive_mail(body="2 t")
        self.assertEqual(self._receive_mail(body="2 t", Received="from elsewhere"), first)
        both = self._receive_mail(body="3 t")
        self.assertEqual((len(both), both[-1].raw.strip()), (2, "3 t"))
        self.assertEqual(self._receive_mail(body="3 t"), both)

    def test_closing_needs_an_order(self):
        """R3.1.2: a mail is seen to at the order that it is about; one about none is not closed that way."""
        mail = self._last(body="2 t")
        with self.assertRaises(UserError):
            mail.with_user(self.seller).action_settle()
        mail.with_user(self.seller).about_order_id = self.order
        mail.with_user(self.seller).action_settle()
        mail.with_user(self.seller).action_reopen()
        self.assertEqual(mail.state, "received")

    def test_read_again(self):
        """R3.1.1: a mail that waits is read again once the channel knows its headings; one that was read is not."""
        own = {"number": "K1", "width_mm": "K2", "length_mm": "K3", "weight_kg": "K4", "basis_weight": "K5"}
        table = [[*own.values()], *TABLE[1:]]
        mail = self._last(("list.csv", csv_of(table).encode(), "text/csv"))
        self.assertEqual(mail.state, "received")
        self.mails.column_ids = [Command.create({"heading": heading, "field": field}) for field, heading in own.items()]
        mail.with_user(self.seller).action_read_again()
        self.assertEqual((mail.state, mail.child_ids.mapped("number")), ("split", ["M1", "M2"]))
        with self.assertRaises(UserError):
            mail.with_user(self.seller).action_read_again()


@tagged("post_install", "-at_install")
class TestForwardedMail(MailCommon):
    """What a colleague hands on is its writer's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seller.email = "sales@mill.example.com"
        cls.print = cls.env["res.partner"].create({"name": "东方", "email": "dongfang@print.example"})

    def _forward(self, *files, **values):
        return self._receive_mail(*files, sender=self.seller.email, **values)

    def test_inline(self):
        """R3.1.1: an order that a colleague forwards is the customer's in the forwarded text."""
        body = "请录入\n\n> 发件人: 周 <dongfang@print.example>\n> 订单 M1 5吨"
        arrivals = self._forward(("l.csv", csv_of(TABLE).encode(), "text/csv"), subject="转发: 订单", body=body)
        self.assertEqual(len(arrivals), 3, arrivals.mapped(lambda m: (m.state, m.problems, m.raw)))
        mail, first, second = arrivals
        self.assertEqual(mail.partner_id, self.print)
        self.assertEqual((first.state, first.order_id.partner_id), ("order", self.print))
        self.assertEqual(second.state, "received", "the text names M1, the list M2 as well")
        self.assertIn("M1", second.reason)
        second.with_user(self.seller).action_process()
        self.assertEqual(second.order_id.partner_id, self.print)

    def test_enclosed(self):
        """R3.1.1: a mail forwarded as a file is the customer's who wrote it, and its list is read."""
        inner = mail_of(self.seller.email, ("l.csv", csv_of(TABLE).encode(), "text/csv"), sender="dongfang@print.example")
        outer = (
            f"From: a <{self.seller.email}>\nTo: {self.address}\nSubject: Fwd: order\nMessage-Id: <f@x>\nMIME-Version: 1.0\n"
            'Content-Type: multipart/mixed; boundary="bb"\n\n--bb\nContent-Type: text/plain\n\nplease\n'
            "--bb\nContent-Type: message/rfc822\n\n"
        ).encode() + inner + b"\n--bb--\n"
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].message_process(None, outer)
        self.env["paper.intake.message"]._cron_read()
        mail, *rows = self._arrivals()
        self.assertEqual(mail.partner_id, self.print)
        self.assertEqual([row.state for row in rows], ["order", "order"])

    def test_nobody_inside(self):
        """R3.1.1: what a colleague sends without a customer in it waits for one; the colleague is none."""
        arrivals = self._forward(("l.csv", csv_of(TABLE).encode(), "text/csv"), body="new orders")
        self.assertFalse(arrivals.partner_id, arrivals.mapped("reason"))
        self.assertEqual(arrivals[1:].mapped("state"), ["received", "received"], arrivals.mapped("reason"))

    def test_customers_own_forward(self):
        """R3.1.1: what a customer forwards stays the customer's, whoever is named inside."""
        body = "see below\n\nFrom: Zhou <dongfang@print.example>\nSubject: order"
        mail = self._receive_mail(subject="Fwd: order", body=body)
        self.assertEqual(mail.partner_id, self.customer)


@tagged("post_install", "-at_install")
class TestMailCharset(MailCommon):
    def test_wider_than_its_label(self):
        """R3.1.1: characters of GBK and GB18030 in a mail labelled GB2312, or without any label, are not lost."""
        words, subject = "請订购 双胶纸 – 朱镕 €5", "订购双胶纸 – 規镕"
        coded = subject.encode("gb18030")
        for place, line in enumerate((b"=?gb2312?q?" + b"".join(b"=%02X" % sign for sign in coded) + b"?=", coded)):
            head = f"From: Hua <orders@hua.example.com>\nTo: {self.address}\nMessage-Id: <g{place}@x>\nSubject: ".encode()
            tail = b"\nMIME-Version: 1.0\nContent-Type: text/plain; charset=gb2312\nContent-Transfer-Encoding: 8bit\n\n"
            with self.subTest(line=line), mute_logger("odoo.addons.mail.models.mail_thread"):
                self.env["mail.thread"].message_process(None, head + line + tail + words.encode("gb18030"))
                self.env["paper.intake.message"]._cron_read()
                mail = self._arrivals()[-1]
                self.assertEqual((mail.subject, mail.raw.strip()), (subject, words))
                post = mail.message_ids.filtered(lambda message: message.message_type == "email")
                self.assertEqual(post.subject, subject)
                self.assertIn(words, post.body)
                self.assertEqual(mail.partner_id, self.customer)
