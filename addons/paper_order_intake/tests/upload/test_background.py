from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...exceptions import IntakeStateError
from ...models.read import paper_intake_message as reading
from ..common import BACKWARDS, SHEET, IntakeCommon

ROWS = [SHEET, "4911     700  1000    1500   0,2           0          0       0      0", BACKWARDS]


@tagged("post_install", "-at_install")
class TestBackground(IntakeCommon):
    """An order book whose reading would keep its uploader waiting too long."""

    def _upload_impatiently(self, batch=1, patience=-1):
        with patch.object(reading, "PATIENCE", patience), patch.object(reading, "BATCH", batch):
            upload = self._create_upload(self._book(*ROWS))
            return upload, upload.action_upload()

    def _told(self, upload):
        """Read on as the job does; return what the uploader is told."""
        told = []
        users = type(self.env["res.users"])
        with patch.object(users, "_bus_send", lambda user, _kind, message, **_kw: told.append((user, message))):
            self.env["paper.intake.message"]._cron_read()
        return [message for user, message in told if user == upload.create_uid and "message" in message]

    def test_read_on_by_the_job(self):
        """R3.1.1, R3.1.2: what a person would wait too long for is stored and read on by the job; he sees how far it is."""
        upload, action = self._upload_impatiently()
        self.assertEqual((action["res_model"], action["res_id"]), ("paper.intake.upload", upload.id))
        self.assertEqual((upload.state, upload.row_count, upload.order_count), ("done", 3, 0))
        self.assertEqual((upload.pending_count, upload.read_percent), (2, 33))
        job = self.env.ref("paper_order_intake.cron_intake_read")
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", job.id)]))
        [told] = self._told(upload)
        self.assertEqual((upload.pending_count, upload.read_percent, upload.order_count), (0, 100, 2))
        self.assertIn("3 rows are read: 2 orders, 1 wait", told["message"])
        self.assertEqual(told["type"], "warning")
        self.assertFalse(upload.in_background)

    def test_told_of_a_book_whose_last_row_fails(self):
        """R3.1.1: who uploaded a book is told that it is read when its last rows could not be read, too."""
        upload, _action = self._upload_impatiently()
        with (
            patch.object(type(self.env["paper.intake.message"]), "_read_figures", side_effect=ValueError("damaged")),
            mute_logger("odoo.addons.paper_order_intake.models.read.paper_intake_message"),
        ):
            [told] = self._told(upload)
        self.assertIn("3 rows are read: 0 orders, 3 wait", told["message"])
        self.assertFalse(upload.in_background)

    def test_small_book(self):
        """R3.1.1: a book that is read at once opens its arrivals, and says nothing more."""
        upload, action = self._upload_impatiently(patience=60)
        self.assertEqual((action["res_model"], upload.order_count, upload.pending_count), ("paper.intake.message", 2, 0))
        self.assertFalse(self._told(upload))

    def test_webhook_that_takes_long(self):
        """R3.1.2: what a channel cannot read in time waits, stored, for the job."""
        with patch.object(reading, "PATIENCE", -1):
            values = {"partner_id": self.customer.id, "product_id": self.paper.id, "number": "A7"}
            values |= {"width": 890, "weight": 100, "length": 860, "basis_weight": 80}
            message = self.phone._receive([{"external_ref": "x1", "raw": "x", "values": values}])
        self.assertEqual((message.state, message.pending), ("received", True))
        self.env["paper.intake.message"]._cron_read()
        self.assertEqual(message.state, "order")

    def test_nobody_marks_it(self):
        """R3.1.1: whether a book is read in the background is the program's to say."""
        upload = self._create_upload(self._book(SHEET))
        with self.assertRaises(IntakeStateError):
            upload.in_background = True
