"""A purchase order of eight items, by each channel, from its arrival to the signed delivery note."""

import base64
import json
import tempfile
import time
from email.message import EmailMessage
from os import utime
from pathlib import Path
from unittest.mock import patch

from odoo.addons.paper_order_intake.lib.order_feed import split_feed
from odoo.tests import Form, TransactionCase, tagged

HEADINGS = "number;width;length;weight;tolerance;diameter from;diameter to;core;basis weight;caliper"


@tagged("post_install", "-at_install")
class TestPurchaseOrderByChannel(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mill = cls.env["paper.mill.demo"]
        cls.customer = cls.env.ref("paper_mill.customer_chenguang")
        cls.customer.email = cls.customer.email or "orders@chenguang.example.com"
        cls.product = cls.env.ref("paper_mill.product_offset")
        cls.term = cls.env.ref("account.account_payment_term_30days")
        cls.sales = cls.env.ref("paper_mill.user_sales")

    def items(self, shift):
        """Return eight papers, reels and sheets in turn; ``shift`` keeps the orders of two channels apart."""
        return [
            {
                "width": 700 + 20 * shift + place,
                "length": 0 if place % 2 else 1000,
                "weight": 3000 + place,
                "diameter": 1000 if place % 2 else 0,
                "core": 76 if place % 2 else 0,
            }
            for place in range(8)
        ]

    def list(self, number, shift):
        rows = [
            f"{number};{item['width']};{item['length']};{item['weight']};0.05;{item['diameter']};{item['diameter']};{item['core']};80;100"
            for item in self.items(shift)
        ]
        return "\n".join([HEADINGS, *rows, ""]).encode()

    def channel(self, kind, **values):
        return self.env["paper.intake.channel"].create(
            {
                "name": f"Channel {kind}",
                "kind": kind,
                "handler_id": self.sales.id,
                "partner_id": self.customer.id,
                "product_id": self.product.id,
                **values,
            }
        )

    # The channels

    def by_upload(self, number, shift):
        upload = self.mill._as("sales", self.env["paper.intake.upload"]).create(
            {
                "channel_id": self.channel("order_book").id,
                "partner_id": self.customer.id,
                "product_id": self.product.id,
                "file": base64.b64encode(self.list(number, shift)),
                "file_name": "po.csv",
            }
        )
        upload.action_upload()

    def by_mail(self, number, shift):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self.customer.email, "orders@mill.example.com", number
        mail["Message-Id"] = f"<{number}@chenguang.example.com>"
        mail.set_content("请见附件。")
        mail.add_attachment(self.list(number, shift), maintype="text", subtype="csv", filename="po.csv")
        channel = self.channel("email")
        channel._store_mail(mail.as_bytes(), sender=self.customer.email)
        self.env["paper.intake.message"]._cron_read()

    def by_quick_entry(self, number, shift):
        wizards = self.mill._as("sales", self.env["paper.quick.order"])
        channel = self.env["paper.intake.channel"].search([("kind", "=", "phone")], limit=1)
        record = None
        for item in self.items(shift):
            form = Form(record or wizards.with_context(default_channel_id=channel.id))
            form.product_id, form.number, form.partner_id = self.product, number, self.customer
            form.format = "sheet" if item["length"] else "reel"
            form.basis_weight, form.caliper, form.width = 80, 100, item["width"]
            if item["length"]:
                form.length = item["length"]
            else:
                form.reel_diameter_max, form.core_diameter = item["diameter"], item["core"]
            form.unit, form.quantity, form.tolerance_minus, form.tolerance_plus = "kg", item["weight"], 5, 5
            record = form.save()
            if item != self.items(shift)[-1]:
                record.action_next_paper()
        record.action_save()

    def lines(self, shift):
        return [
            {
                "width_mm": item["width"],
                "length_mm": item["length"],
                "weight_kg": item["weight"],
                "diameter_max_mm": item["diameter"],
                "core_mm": item["core"],
            }
            for item in self.items(shift)
        ]

    def feed(self, number, shift):
        head = {"id": number, "basis_weight_gsm": 80, "caliper_um": 100, "tolerance_percent": 5}
        return json.dumps({"orders": [{**head, "lines": self.lines(shift)}]}).encode()

    def by_webhook(self, number, shift):
        body = self.feed(number, shift)
        self.channel("marketplace")._receive_feed(split_feed(body), body)

    def by_drop_folder(self, number, shift):
        channel = self.channel("order_book", name="Drop", drop_folder="po/in")
        with tempfile.TemporaryDirectory() as held, patch.object(type(channel), "_drop_root", lambda rec: Path(held)):
            folder = Path(held) / "po" / "in"
            folder.mkdir(parents=True)
            (folder / "po.json").write_bytes(self.feed(number, shift))
            past = time.time() - 60
            utime(folder / "po.json", (past, past))
            channel._cron_drop()

    # The way of the order

    def walk(self, channel, shift):
        number = f"PO-8-{channel}"
        getattr(self, f"by_{channel}")(number, shift)
        order = self.env["sale.order"].search([("client_order_ref", "=", number)])
        self.assertEqual(len(order), 1, "a purchase order is one order")
        self.assertEqual(len(order.order_line), 8)
        self.assertEqual(order.partner_id.commercial_partner_id, self.customer)
        seller = self.mill._as("sales", order)
        seller.write({"commitment_date": self.mill._moment(60, 17), "payment_term_id": self.term.id})
        for spec in seller.order_line.paper_spec_id:
            spec.write({"tolerance_minus": 5, "tolerance_plus": 5, "caliper": 100})
        self.assertFalse(order.paper_missing_text)
        for stage in ("evaluating", "evaluated", "legal", "sent", "confirmed"):
            getattr(self.mill, f"_{stage}")(order)
        self.mill._planned([order])
        for stage in ("produced", "notified", "delivered"):
            getattr(self.mill, f"_{stage}")(order)
        order = order.sudo()
        self.assertEqual((len(order.paper_evaluation_ids), len(order.contract_ids), order.state), (1, 1, "sale"))
        self.assertEqual(order.picking_ids.paper_receipt_ids.order_line_id, order.order_line)
        for line in order.order_line:
            self.assertAlmostEqual(line.qty_delivered, line.product_uom_qty, 3)
        way = {item["code"]: item["state"] for item in order._get_sorted_milestones()[order]}
        self.assertEqual(way["delivered"], "done")

    def test_by_upload(self):
        """R3.1.1, R4.2.1, R6.3.1: a purchase order of eight items that is uploaded is one order until it is delivered."""
        self.walk("upload", 0)

    def test_by_mail(self):
        """R3.1.1, R4.2.1, R6.3.1: a purchase order of eight items that comes by mail is one order until it is delivered."""
        self.walk("mail", 1)

    def test_by_quick_entry(self):
        """R3.1.1, R4.2.1, R6.3.1: eight papers that are told by phone are one order until it is delivered."""
        self.walk("quick_entry", 2)

    def test_by_webhook(self):
        """R3.1.1, R4.2.1, R6.3.1: an order of eight items of a marketplace is one order until it is delivered."""
        self.walk("webhook", 3)

    def test_by_drop_folder(self):
        """R3.1.1, R4.2.1, R6.3.1: an order of eight items in the drop folder is one order until it is delivered."""
        self.walk("drop_folder", 4)
