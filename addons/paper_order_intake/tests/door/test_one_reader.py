import io
import json
import os
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged
from openpyxl import Workbook

from ...exceptions import IntakeStateError
from ..common import IntakeCommon

HEADINGS = ["品名", "克重", "规格", "数量/吨", "交货日期", "订单号"]
# What no two channels may read differently.
SAID = ("number", "basis_weight", "width", "length", "weight", "commitment_date", "product_id", "state", "reason")


def list_of(*rows, title="采购订单"):
    """A list as a customer's buyer writes it: a title above, a total below."""
    book, stream = Workbook(), io.BytesIO()
    total = sum(row[3] for row in rows if isinstance(row[3], int | float))
    for row in ([title], HEADINGS, *rows, ["合计", None, None, total]):
        book.active.append(row)
    book.save(stream)
    return stream.getvalue()


@tagged("post_install", "-at_install")
@freeze_time("2026-11-29 04:00:00")
class TestOneReader(IntakeCommon):
    """A customer's list is read by one reader, whoever brings it by which channel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.copy_paper = cls._create_product("复印纸", cls.kg, is_paper=True, default_code="COPY")
        cls.copy_paper.company_id = cls.env.company
        cls.rows = (
            ["复印纸", 80, "787×1092", 12.5, "2026年12月20日", "CG-9"],
            ["复印纸", 70, "889×1194", 20, "2026-12-22", "CG-9"],
        )

    def _said(self, rows):
        return [[row[name] for name in SAID] for row in rows.sorted("line_no")]

    def _dropped(self, name, content):
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.startPatcher(patch.object(type(self.channel), "_drop_root", lambda channel: Path(held.name)))
        channel = self.channel.copy({"name": "Drop", "drop_folder": "in", "partner_id": self.customer.id})
        folder = Path(held.name) / "in"
        folder.mkdir(parents=True)
        (folder / name).write_bytes(content)
        os.utime(folder / name, (time.time() - 60,) * 2)
        channel._cron_drop()
        return self.env["paper.intake.message"].search([("channel_id", "=", channel.id), ("parent_id", "=", False)])

    def test_list_uploaded_and_dropped(self):
        """R3.1.1: the list of a purchase order makes the same order by upload and by drop folder: product, size, date of each
        row, its total told and not ordered."""
        content = list_of(*self.rows)
        upload = self._upload(content, "po.xlsx")
        order = upload.arrival_ids.order_id
        self.assertEqual((len(order), len(order.order_line), order.client_order_ref), (1, 2, "CG-9"))
        self.assertEqual(order.order_line.product_id, self.copy_paper)
        self.assertEqual(order.order_line.mapped("paper_quantity"), [12.5, 20])
        self.assertIn("32.5", upload.told_text)
        said = self._said(upload.arrival_ids)
        order.action_cancel()
        dropped = self._dropped("po.xlsx", content)
        self.assertEqual((dropped.state, self._said(dropped.child_ids)), ("split", said))
        self.assertEqual(dropped.told_text, upload.told_text)

    def test_the_same_list_again(self):
        """R3.1.2: a list that was uploaded before adds nothing; without a number of its own, the same papers again are ordered
        again, unless it is the very file."""
        first = self._upload(list_of(*self.rows), "po.xlsx")
        again = self._upload(list_of(*self.rows, title="第二次发送"), "po2.xlsx")
        self.assertEqual((again.duplicate_count, again.row_count, len(first.arrival_ids)), (2, 2, 2))
        bare = [[*row[:5], None] for row in self.rows]
        one, two = list_of(*bare), list_of(*bare, title="十二月")
        self.assertEqual(self._upload(one, "a.xlsx").duplicate_count, 0)
        self.assertEqual(self._upload(two, "b.xlsx").duplicate_count, 0)
        self.assertEqual(self._upload(one, "c.xlsx").duplicate_count, 2)

    def test_proposal_of_an_upload(self):
        """R3.1.1, R3.2.1: what is probably meant so waits on the upload beside what was not read, one click to take; what has
        two senses is asked."""
        rows = ([*self.rows[0][:4], "12月20日", "CG-9"], [*self.rows[1][:3], "12,500", *self.rows[1][4:]])
        upload = self._upload(list_of(*rows), "po.xlsx")
        proposed, asked = upload.arrival_ids.sorted("line_no")
        self.assertEqual((proposed.state, asked.state), ("received", "question"))
        self.assertIn("12,500", asked.reason)
        self.assertTrue(upload.can_take_proposal)
        upload.with_user(self.seller).action_take_proposal()
        self.assertEqual((proposed.state, str(proposed.order_id.commitment_date)[:10]), ("order", "2026-12-20"))
        with self.assertRaises(IntakeStateError):
            upload.with_user(self.seller).action_take_proposal()
        asked.with_user(self.seller).weight = 12500
        asked.with_user(self.seller).action_process()
        self.assertEqual(asked.order_id, proposed.order_id, "one purchase order")

    def test_unknown_product(self):
        """R3.1.1: a product that the mill does not know by its name is asked, never replaced by the one that was chosen."""
        upload = self._upload(list_of(["火星纸", *self.rows[0][1:]]), "po.xlsx", product_id=self.paper.id)
        row = upload.arrival_ids
        self.assertEqual((row.state, row.product_id.id), ("received", False))
        self.assertIn("火星纸", row.reason)

    def test_list_that_is_no_order(self):
        """R3.1.1: a list that says of itself that it is no order makes none, by no channel."""
        content = list_of(*self.rows, title="询价单，不是订单")
        with self.assertRaises(UserError):
            self._upload(content, "rfq.xlsx")
        dropped = self._dropped("rfq.xlsx", content)
        self.assertFalse(dropped.child_ids)
        self.assertTrue(dropped.reason)
        self.assertTrue(dropped.activity_ids, "somebody sees to it")

    def test_figures_that_no_paper_has(self):
        """R3.1.1, R3.2.1: a core of 3, 12.5 kg on a reel are asked, by an order book, an uploaded list and a feed alike."""
        line = "4890     890     0    12.5   0,2         900        1000       3      0"
        by_book = self._upload(self._book(line)).arrival_ids
        feed = {"id": "M1", "number": "M1", "width_mm": 890, "weight_kg": 12.5, "diameter_max_mm": 1000, "core_mm": 3}
        feed |= {"customer": {"email": self.customer.email}, "basis_weight_gsm": 80, "product": "复印纸"}
        market = self.env["paper.intake.channel"].create({"name": "Market", "kind": "marketplace", "handler_id": self.seller.id})
        by_feed, _conflicts = market._receive_feed({"M1": json.dumps(feed)}, b"{}")
        for row in (by_book, by_feed):
            self.assertEqual((row.state, row.weight, row.core_diameter), ("question", 0, 0), row.reason)
            self.assertIn("12.5", row.reason)
        self.assertEqual(by_feed.product_id, self.copy_paper, "a feed names a product as a list does")
        by_feed = by_feed.with_user(self.seller)
        by_feed.write({"weight": 1250, "core_diameter": 76})
        by_feed.action_process()
        self.assertEqual(by_feed.order_id.order_line.paper_spec_id.core_diameter, 76)
