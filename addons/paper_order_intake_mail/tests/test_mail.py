import base64
import hashlib

from odoo.addons.paper_order_intake.tests.common import BACKWARDS, SHEET
from odoo.addons.paper_order_intake.tests.lists import TABLE, csv_of, pdf_of
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .mail_builder import mail_of, tnef_of
from .mail_common import MailCommon

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==")


@tagged("post_install", "-at_install")
class TestMail(MailCommon):
    def test_no_mail_at_all(self):
        """R3.1.2: a number or a list is no mail; memory is taken for neither."""
        for source in (2**31, [1, 2], None, {"a": 1}):
            with self.subTest(source=source), self.assertRaises(TypeError):
                self.env["mail.thread"].message_process(None, source)

    def test_order_list_in_a_mail(self):
        """R3.1.1: a mail is kept as it came with its words; each row of the list in it becomes an order."""
        mail, first, second = self._receive_mail(("list.csv", csv_of(TABLE).encode(), "text/csv"))
        self.assertEqual((mail.state, mail.subject, mail.partner_id), ("split", "New order", self.customer))
        self.assertIn("Our order, see below.", mail.raw)
        self.assertEqual(mail.payload_hash, hashlib.sha256(mail.raw.encode()).hexdigest())
        self.assertIn(b"list.csv", mail.payload_id.raw)
        self.assertEqual((first.number, first.state, first.order_id.partner_id), ("M1", "order", self.customer))
        self.assertEqual((second.weight, second.order_id.paper_weight_kg), (1500, 1500))
        self.assertEqual(first.handler_id, self.seller)
        self.assertIn("Our order, see below.", mail.message_ids.filtered(lambda post: post.message_type == "email").body)

    def test_stored_before_it_is_read(self):
        """R3.1.2: the gateway only stores a mail; it is read by the job, also after a crash."""
        self.env["mail.thread"].message_process(None, mail_of(self.address, ("l.csv", csv_of(TABLE).encode(), "text/csv")))
        self.assertEqual(self._arrivals().mapped("pending"), [True])
        self.env["paper.intake.message"]._cron_read()
        self.assertEqual(self._arrivals().mapped("state"), ["split", "order", "order"])

    def test_mail_that_the_gateway_cannot_read(self):
        """R3.1.2: a mail in a character set that does not exist is kept, not refused; its order list is read."""
        source = mail_of(self.address, ("list.csv", csv_of(TABLE).encode(), "text/csv"))
        damaged = source.replace(b'charset="utf-8"', b'charset="x-no-such-set"', 1)
        self.assertNotEqual(damaged, source)
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].message_process(None, damaged)
            self.env["mail.thread"].message_process(None, damaged)
        self.env["paper.intake.message"]._cron_read()
        mail, *rows = self._arrivals()
        self.assertEqual((mail.state, mail.payload_id.raw), ("split", damaged))
        self.assertEqual([row.state for row in rows], ["order", "order"])

    def test_damaged_mail_to_somebody_else(self):
        """R3.1.2: a damaged mail that is not for a channel stays the gateway's own matter."""
        damaged = mail_of("info@elsewhere.example").replace(b'charset="utf-8"', b'charset="x-no-such-set"', 1)
        with self.assertRaises(LookupError), mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].message_process(None, damaged)
        self.assertFalse(self._arrivals())

    def test_delivered_twice(self):
        """R3.1.2: the same mail again adds nothing, also one that bears no Message-Id."""
        files = ("list.csv", csv_of(TABLE).encode(), "text/csv")
        first = self._receive_mail(files)
        self.assertEqual(self._receive_mail(files), first)
        bare = mail_of(self.address, ref=None, body="3 t of the usual")
        for _time in range(2):
            self.env["mail.thread"].message_process(None, bare)
        self.assertEqual(len(self._arrivals()), len(first) + 1)

    def test_formats_and_encodings(self):
        """R3.1.1: .xlsx, .dat, PDF with text and .csv in GB18030, Big5 and UTF-8 are read from a mail."""
        chinese = csv_of([["订单号", "幅宽(mm)", "长度(mm)", "重量(kg)", "定量(g/m2)"], ["甲1", "700", "900", "100", "80"]], ",")
        traditional = csv_of([["訂單號", "幅寬(mm)", "長度(mm)", "重量(kg)", "克重"], ["乙1", "700", "900", "100", "80"]], ",")
        row = ["X1", 700, 1000, 1200, 0.1, None, None, None, 80, 100]
        for place, (name, content, numbers) in enumerate(
            [
                ("a.xlsx", self._workbook(row), ["X1"]),
                ("a.dat", self._book(SHEET), ["4890"]),
                ("a.pdf", pdf_of(TABLE), ["M1", "M2"]),
                ("a.csv", chinese.encode("gb18030"), ["甲1"]),
                ("b.csv", traditional.encode("big5"), ["乙1"]),
                ("c.csv", traditional.replace("乙", "丙").encode("utf-8"), ["丙1"]),
                ("d.CSV", chinese.replace("甲", "丁").encode("utf-16"), ["丁1"]),
            ]
        ):
            before = self._arrivals()
            mimetype = XLSX if name.endswith("xlsx") else "application/octet-stream"
            after = self._receive_mail((name, content, mimetype), ref=f"<{place}@x>") - before
            self.assertEqual(after[1:].mapped("number"), numbers, name)
            self.assertEqual(set(after[1:].mapped("state")), {"order"}, (name, after.mapped("reason")))

    def test_text_attachment_without_charset(self):
        """R3.1.1: a list in GB18030 that the customer's program sent as plain text is not garbled."""
        chinese = csv_of([["订单号", "幅宽", "长度", "重量", "定量"], ["甲1", "700", "900", "100", "80"]], ",").encode("gb18030")
        head = f"From: a <orders@hua.example.com>\nTo: {self.address}\nMessage-Id: <t@x>\nMIME-Version: 1.0\n"
        parts = (
            'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nhello\n--b\n'
            'Content-Type: text/csv\nContent-Disposition: attachment; filename="o.csv"\nContent-Transfer-Encoding: base64\n\n'
        )
        source = (head + parts).encode() + base64.encodebytes(chinese) + b"\n--b--\n"
        self.env["mail.thread"].message_process(None, source)
        self.env["paper.intake.message"]._cron_read()
        self.assertEqual(self._arrivals()[1:].mapped("number"), ["甲1"])

    def test_winmail(self):
        """R3.1.1: a list inside a winmail.dat is read; a damaged one leaves the mail to a person."""
        arrivals = self._receive_mail(
            ("winmail.dat", tnef_of("list.csv", csv_of(TABLE).encode()), "application/ms-tnef")
        )
        self.assertEqual(arrivals.mapped("state"), ["split", "order", "order"])
        broken = tnef_of("list.csv", csv_of(TABLE).encode())[:60]
        arrivals = self._receive_mail(("winmail.dat", broken, "application/ms-tnef"), ref="<b@x>") - arrivals
        self.assertEqual(arrivals.mapped("state"), ["received"])

    def test_own_headings_and_units(self):
        """R3.1.1: a channel knows its customers' headings, and the unit that stands under each."""
        headings = [("卷号", "number", False), ("Roll Width", "width_mm", "cm"), ("len", "length_mm", "m")]
        headings += [("Menge", "weight_kg", "t"), ("Toleranz", "tolerance", "percent"), ("gr", "basis_weight", False)]
        self.mails.column_ids = [
            (0, 0, {"heading": heading, "field": field, "unit": unit}) for heading, field, unit in headings
        ]
        table = [["卷号", "ROLL WIDTH", "Len", "menge", "Toleranz", "GR", "remark"], ["K1", "89", "1.2", "2.5", "10", "80", "x"]]
        _mail, row = self._receive_mail(("list.csv", csv_of(table).encode(), "text/csv"))
        figures = (row.number, row.width, row.length, row.weight, row.tolerance, row.basis_weight)
        self.assertEqual(figures, ("K1", 890, 1200, 2500, 10, 80))

    def test_mail_of_words(self):
        """R3.1.1: a mail without a list waits for its handler with its words; pictures and signatures are no list."""
        [mail] = self._receive_mail(
            ("logo.png", PIXEL, "image/png"),
            ("smime.p7s", b"x", "application/pkcs7-signature"),
            ("letter.pdf", pdf_of([["Dear Sir,"]]), "application/pdf"),
        )
        self.assertEqual((mail.state, mail.pending, mail.partner_id), ("received", False, self.customer))
        self.assertIn("Our order, see below.", mail.raw)
        self.assertIn("take it from its words", mail.reason)
        self.assertNotIn("logo.png", mail.reason)
        self.assertEqual(mail.activity_ids.user_id, self.seller)
        self.assertEqual(mail.display_name, "New order")
        self.assertFalse(mail.order_id)

    def test_rows_with_faults(self):
        """R3.2.1: of a list in a mail, what contradicts itself is a question; a broken list beside it is not lost."""
        arrivals = self._receive_mail(
            ("a.dat", self._book(SHEET, BACKWARDS), "application/octet-stream"),
            ("b.xlsx", b"PK\x03\x04 broken", XLSX),
            ("readme.txt", b"see the lists", "text/plain"),
        )
        self.assertEqual(arrivals.mapped("state"), ["split", "order", "question", "rejected"])
        self.assertIn("b.xlsx", arrivals[3].reason)

    def test_what_a_program_answered(self):
        """R3.1.2: an automatic reply or a mail that came back never becomes an order, and bothers nobody."""
        files = ("list.csv", csv_of(TABLE).encode(), "text/csv")
        for place, headers in enumerate(
            [
                {"Auto_Submitted": "auto-replied"},
                {"Precedence": "auto_reply"},
                {"X_Autoreply": "yes"},
                {"subject": "自动回复：您的来信"},
                {"subject": "Out of Office: back on Monday"},
                {"Return_Path": "<>"},
            ]
        ):
            before = self._arrivals()
            mail = self._receive_mail(files, ref=f"<auto{place}@x>", **headers) - before
            self.assertEqual(mail.mapped("state"), ["ignored"], headers)
            self.assertFalse(mail.activity_ids)
        self._receive_mail(files, ref="<bounce@x>", sender="mailer-daemon@hua.example.com")
        self.assertFalse(self._arrivals().order_id)

    def test_orders_of_a_customers_system(self):
        """R3.1.1: a mail that a customer's own system wrote is an order; "auto-generated" is no answer."""
        files = ("list.csv", csv_of(TABLE).encode(), "text/csv")
        arrivals = self._receive_mail(files, Auto_Submitted="auto-generated")
        self.assertEqual(arrivals.mapped("state"), ["split", "order", "order"])

    def test_many_mails_of_one_customer(self):
        """R3.1.2: a customer who sends more mails in an hour than the gateway's loop guard allows loses none."""
        for place in range(25):
            self._receive_mail(ref=f"<{place}@x>")
        self.assertEqual(len(self._arrivals()), 25)

    def test_unknown_sender(self):
        """R3.1.1: orders of a sender who is nobody's, or two customers', address wait for the customer."""
        files = ("list.csv", csv_of(TABLE).encode(), "text/csv")
        arrivals = self._receive_mail(files, sender="who@else.example.com")
        self.assertEqual(arrivals[1:].mapped("state"), ["received", "received"])
        self.assertFalse(arrivals.partner_id)
        self.customer.copy({"name": "Twin", "email": self.customer.email})
        arrivals = self._receive_mail(files, ref="<twin@x>") - arrivals
        self.assertFalse(arrivals.partner_id)

    def test_answer_of_the_customer(self):
        """R3.2.1: the customer's answer brings the question back to its handler; an automatic one does not."""
        arrivals = self._receive_mail(("a.dat", self._book(BACKWARDS), "application/octet-stream"))
        question = arrivals.filtered(lambda arrival: arrival.state == "question").with_user(self.seller)
        question.action_ask_customer()
        question.sudo().activity_ids.unlink()
        letter = question.message_ids.filtered(lambda message: message.partner_ids)[:1].message_id
        self._receive_mail(ref="<auto@x>", In_Reply_To=letter, Auto_Submitted="auto-replied")
        self.assertTrue(question.asked_on)
        self._receive_mail(ref="<answer@x>", In_Reply_To=letter, body="from 900 to 1000 mm")
        self.assertFalse(question.asked_on)
        self.assertEqual(question.activity_ids.user_id, self.seller)
        self.assertEqual(self._arrivals(), arrivals)

    def test_advertisement(self):
        """R3.1.2: a person closes what is no order; it stays, and waits for nobody."""
        [mail] = self._receive_mail(body="Buy now")
        mail.with_user(self.seller).action_no_order()
        self.assertEqual((mail.state, bool(mail.activity_ids)), ("ignored", False))

    def test_mail_and_file_are_closed(self):
        """R3.1.2: who may not see an arrival sees neither its mail nor its file; nobody changes them."""
        [mail] = self._receive_mail()
        portal = self._create_user("t_customer", "base.group_portal")
        worker = self._create_user("t_worker", "paper_base.group_workshop")
        for user in (portal, worker):
            with self.assertRaises(AccessError):
                mail.payload_id.with_user(user).read(["raw"])
            with self.assertRaises(AccessError):
                mail.with_user(user).read(["raw"])
        self.assertTrue(mail.payload_id.with_user(self.seller).raw)

    def test_other_company(self):
        """R3.1.2: a mail to a company's address belongs to it, and is seen there alone."""
        company = self.env["res.company"].create({"name": "Second Mill"})
        self.mails.write({"company_id": company.id, "handler_id": False})
        [mail] = self._receive_mail(to="orders@mill.example.com")
        self.assertEqual(mail.company_id, company)
        self.assertFalse(self.env["paper.intake.message"].with_user(self.seller).search([("id", "=", mail.id)]))
