import json
import os
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..common import BACKWARDS, SHEET, IntakeCommon

ORDER = {"id": "MP-1", "number": "P1", "width_mm": 890, "length_mm": 860, "weight_kg": 2000, "basis_weight_gsm": 80}
LOG = "odoo.addons.paper_order_intake.models.door.paper_intake_channel"


@tagged("post_install", "-at_install")
class TestDropFolder(IntakeCommon):
    def setUp(self):
        super().setUp()
        held = tempfile.TemporaryDirectory()
        self.addCleanup(held.cleanup)
        self.root = Path(held.name)
        self.startPatcher(patch.object(type(self.channel), "_drop_root", lambda channel: self.root))
        self.channel.write({"drop_folder": "books/in", "partner_id": self.customer.id})
        self.folder = self.root / "books" / "in"

    def _drop(self, name, content):
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / name
        path.write_bytes(content)
        old = time.time() - 60
        os.utime(path, (old, old))
        return path

    def _take(self):
        self.env["paper.intake.channel"]._cron_drop()
        return self.env["paper.intake.message"].search([("channel_id", "=", self.channel.id)], order="id")

    def test_order_book_in_the_folder(self):
        """R3.1.1: a nightly file is kept with its hash, its rows become arrivals, and it moves to “done”."""
        self._drop("night.dat", self._book(SHEET, BACKWARDS))
        arrivals = self._take()
        self.assertEqual(arrivals.mapped("state"), ["split", "order", "question"])
        self.assertEqual(arrivals[0].payload_id.name, "night.dat")
        self.assertEqual(arrivals[1].order_id.partner_id, self.customer)
        self.assertTrue((self.folder / "done" / "night.dat").exists())
        self.assertFalse((self.folder / "night.dat").exists())

    def test_feed_in_the_folder(self):
        """R3.1.1, R3.1.2: a file of a feed is read as the webhook reads it; an id that came that way is not doubled."""
        self.channel._receive_feed({"MP-1": json.dumps(ORDER, sort_keys=True, separators=(",", ":"))}, b"x")
        orders = [ORDER, {**ORDER, "id": "MP-2", "number": "P2"}]
        self._drop("night.json", json.dumps({"orders": orders}).encode())
        arrivals = self._take()
        self.assertEqual(arrivals.mapped("external_ref")[::2], ["MP-1", "MP-2"])
        self.assertEqual(arrivals.mapped("state"), ["order", "split", "order"])

    def test_known_id_with_other_content(self):
        """R3.1.2: an order of a feed file whose id arrived with other content waits for a person."""
        for number, weight in enumerate((2000, 2500, 2500)):
            self._drop(f"{number}.json", json.dumps([{**ORDER, "weight_kg": weight}] + [{"id": str(number)}]).encode())
            arrivals = self._take()
        again = arrivals.filtered(lambda arrival: "~" in arrival.external_ref)
        self.assertEqual(again.state, "question")
        self.assertIn("MP-1", again.reason)
        self.assertTrue(again.activity_ids)

    def test_the_same_file_again(self):
        """R3.1.2: the same content again, under whatever name, as after a crash before it was put away, adds nothing."""
        self._drop("night.dat", self._book(SHEET))
        first = self._take()
        self._drop("night.dat", self._book(SHEET))
        self._drop("other.dat", self._book(SHEET))
        self.assertEqual(self._take(), first)
        self.assertEqual(len(list((self.folder / "done").iterdir())), 3)

    def test_unreadable_files(self):
        """R3.1.2: files that cannot be read move to “failed”, each with an arrival that says why."""
        self._drop("a.dat", b"hello")
        self._drop("b.json", b"{")
        self._drop("c.csv", b"")
        arrivals = self._take()
        self.assertEqual(arrivals.mapped("state"), ["rejected"] * 3)
        self.assertTrue(all(arrival.reason for arrival in arrivals))
        self.assertEqual(len(list((self.folder / "failed").iterdir())), 3)

    def test_too_large(self):
        """R3.1.2: a file that is too large is not read into memory; it is noted and moves to “failed”."""
        with patch("odoo.addons.paper_order_intake.lib.drop_folder.MAX_BYTES", 10):
            self._drop("big.dat", self._book(SHEET))
            arrivals = self._take()
        self.assertEqual(arrivals.state, "rejected")
        self.assertTrue((self.folder / "failed" / "big.dat").exists())

    def test_what_is_no_complete_file(self):
        """R3.1.2: files still being written, hidden ones, links and folders stay where they are."""
        secret = self.root / "secret.dat"
        secret.write_bytes(self._book(SHEET))
        self._drop("half.dat.part", self._book(SHEET))
        self._drop(".hidden.dat", self._book(SHEET))
        os.symlink(secret, self.folder / "link.dat")
        (self.folder / "folder.dat").mkdir()
        (self.folder / "fresh.dat").write_bytes(self._book(SHEET))
        self.assertFalse(self._take())
        self.assertTrue(secret.exists())

    def test_path_tricks(self):
        """R3.1.2: no name of a folder leads out of the drop root, a link on the way neither."""
        for name in ("../x", "/etc", "a/../../b", "a//b", ".ssh", "c:\\x", "x/done", "a\nb"):
            with self.assertRaises(ValidationError, msg=name), self.env.cr.savepoint():
                self.channel.drop_folder = name
        with tempfile.TemporaryDirectory() as outside:
            Path(outside, "night.dat").write_bytes(self._book(SHEET))
            os.symlink(outside, self.root / "linked")
            self.channel.drop_folder = "linked"
            with mute_logger(LOG):
                self.assertFalse(self._take())
            self.assertTrue(Path(outside, "night.dat").exists())

    def test_strange_file_names(self):
        """R3.1.2: a file name is shown and kept, and never followed."""
        self._drop("%2f..<b>订单;rm -rf.dat", self._book(SHEET))
        self._drop(os.fsdecode(b"\xff\xfe.dat"), self._book(SHEET.replace("4890", "4891")))
        arrivals = self._take()
        self.assertEqual(arrivals.mapped("state").count("order"), 2)
