import base64
from unittest.mock import patch

from odoo.addons.paper_order_intake.exceptions import IntakeStateError, QuickOrderError
from odoo.addons.paper_order_intake.tests.lists import TABLE, csv_of, pdf_of
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from .mail_builder import tnef_of
from .mail_common import MailCommon

DRAWING = pdf_of([["Core plug", "76 mm"], ["see note", "3"]])
SCAN = b"\xff\xd8\xff\xe0" + b"scan" * 20


@tagged("post_install", "-at_install")
class TestMailFiles(MailCommon):
    """Drawings and scans of a mail; a mail whose orders stand in its words."""

    def test_drawing_goes_along(self):
        """R3.1.1: a drawing in a mail is on each of its orders, once; the list of orders is not."""
        mail, *rows = self._receive_mail(
            ("list.csv", csv_of(TABLE).encode(), "text/csv"),
            ("plug.pdf", DRAWING, "application/pdf"),
            ("proof.dwg", b"AC1027", "application/octet-stream"),
        )
        self.assertEqual(sorted(mail.file_ids.mapped("name")), ["plug.pdf", "proof.dwg"])
        for row in rows:
            files = self.env["ir.attachment"].search([("res_model", "=", "sale.order"), ("res_id", "=", row.order_id.id)])
            self.assertEqual({file.name: file.raw for file in files}, {"plug.pdf": DRAWING, "proof.dwg": b"AC1027"})
            self.assertEqual(row.shown_file_ids, mail.file_ids)
        own = self.env["ir.attachment"].search([("res_model", "=", mail._name), ("res_id", "=", mail.id)])
        self.assertEqual(len(own.filtered(lambda file: file.name == "plug.pdf")), 1)

    def test_winmail_and_scan(self):
        """R3.1.1: a file inside a winmail.dat is kept as well; a picture in the text is no file of the order."""
        tnef = tnef_of("plan.dwg", b"AC1027")
        [mail] = self._receive_mail(
            ("winmail.dat", tnef, "application/ms-tnef"), ("logo.png", base64.b64decode("iVBORw0KGgo="), "image/png")
        )
        self.assertEqual(mail.file_ids.mapped("name"), ["plan.dwg"])
        self.assertEqual(mail.file_ids.raw, b"AC1027")

    def test_order_of_words(self):
        """R3.1.1: a mail that says two papers in words becomes one order by the quick entry, with its drawing."""
        [mail] = self._receive_mail(("plug.pdf", DRAWING, "application/pdf"), body="2 t 80 g of 890 × 860 and 1 t of 700 × 1000")
        mail = mail.with_user(self.seller)
        action = mail.action_take_orders()
        context = {name: value for name, value in action["context"].items() if name.startswith("default_")}
        self.assertEqual(context["default_partner_id"], self.customer.id)
        wizard = self.env["paper.quick.order"].with_user(self.seller).with_context(**context)
        values = {"format": "sheet", "basis_weight": 80, "width": 890, "length": 860, "quantity": 2, "unit": "t"}
        first = wizard.create(values)
        self.assertIn("1 t of 700", first.arrived_words)
        first.action_next_paper()
        self.assertEqual(first.message_id, mail)
        first.write({**values, "width": 700, "length": 1000, "quantity": 1})
        first.action_save()
        self.assertEqual(len(mail.child_ids.order_id), 1)
        self.assertEqual((mail.state, mail.child_ids.mapped("state")), ("split", ["order", "order"]))
        self.assertEqual(mail.child_ids.order_id.order_line.mapped("paper_weight_kg"), [2000, 1000])
        self.assertEqual(mail.child_ids.order_id.intake_channel_id, self.mails)
        files = self.env["ir.attachment"].search(
            [("res_model", "=", "sale.order"), ("res_id", "in", mail.child_ids.order_id.ids)]
        )
        self.assertEqual(files.mapped("name"), ["plug.pdf"])
        self.assertFalse(mail.activity_ids)

    def test_scan_of_an_order(self):
        """R3.1.1: a scanned order is shown beside the quick entry."""
        [mail] = self._receive_mail(("scan.pdf", SCAN, "application/octet-stream"))
        self.assertEqual(mail.shown_file_ids.mapped("name"), ["scan.pdf"])
        form = Form(self.env["paper.quick.order"].with_context(**mail.with_user(self.seller).action_take_orders()["context"]))
        self.assertEqual(form.arrived_file_ids.ids, mail.file_ids.ids)

    def test_who_takes_what(self):
        """R3.1.1: of a closed mail, a call, or by another channel nothing is taken; nor by the management."""
        [mail] = self._receive_mail()
        values = {
            "product_id": self.paper.id,
            "partner_id": self.customer.id,
            "message_id": mail.id,
            "channel_id": self.phone.id,
            "width": 890,
            "basis_weight": 80,
        }
        wizards = self.env["paper.quick.order"].with_user(self.seller)
        with self.assertRaises(QuickOrderError):
            wizards.create(values).action_save()
        with self.assertRaises(AccessError):
            mail.with_user(self.manager).action_take_orders()
        mail.action_no_order()
        with self.assertRaises(IntakeStateError):
            wizards.create({**values, "channel_id": self.mails.id}).action_save()
        with self.assertRaises(IntakeStateError):
            self._create_arrival().action_take_orders()
        with self.assertRaises(IntakeStateError):
            # What the job is still going to read would be ordered twice.
            self._create_arrival(form="mail", pending=True).action_take_orders()

    def test_download(self):
        """R3.1.1: what arrived can be downloaded as it came; a call came as words."""
        mail = self._receive_mail(("list.csv", csv_of(TABLE).encode(), "text/csv"))
        for message in mail:
            self.assertIn(f"/web/content/{mail[0].payload_id.id}", message.with_user(self.seller).action_download()["url"])
        upload = self._upload(self._book("4890     890   860    2000   0,2           0          0       0      0"))
        self.assertIn(f"upload/{upload.id}/file", upload.arrival_ids.action_download()["url"])
        with self.assertRaises(IntakeStateError):
            self._create_arrival().action_download()


@tagged("post_install", "-at_install")
class TestLargeMail(MailCommon):
    def test_large_mail(self):
        """R3.1.1, R3.1.2: a mail of many megabytes is kept with its words and its drawing, read like any other, and once."""
        drawing = ("plan.dwg", b"AC1027" * 800_000, "application/octet-stream")
        orders = ("list.csv", csv_of(TABLE).encode(), "text/csv")
        for _delivery in range(2):
            mail, *rows = self._receive_mail(orders, drawing, body="see the plan")
        self.assertEqual((mail.state, [row.state for row in rows]), ("split", ["order", "order"]))
        self.assertEqual(mail.raw.strip(), "see the plan")
        self.assertEqual((mail.partner_id, mail.handler_id), (self.customer, self.seller))
        self.assertEqual(mail.file_ids.mapped("name"), ["plan.dwg"])
        self.assertIn("plan.dwg", rows[1].shown_file_ids.mapped("name"))
        answer = self._receive_mail(drawing, ref="<answer@x>", In_Reply_To="<m1@hua.example.com>")[-1]
        self.assertEqual((answer.state, answer.follows_id), ("received", mail))
        with patch.object(type(self.mails), "_keep_damaged_mail") as kept:
            self.mails.alias_id.alias_contact = "followers"
            self._receive_mail(drawing, ref="<stranger@x>", sender="who@else.example.com")
            self.mails.alias_id.alias_contact = "everyone"
            model = self.env["ir.model"]._get_id("res.partner")
            domain = self.mails.alias_domain_id.id
            self.env["mail.alias"].create({"alias_name": "claims", "alias_domain_id": domain, "alias_model_id": model})
            self._receive_mail(drawing, ref="<both@x>", Cc="claims@mill.example.com")
        kept.assert_not_called()
