import base64
import hashlib
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ...exceptions import IntakeStateError, OrderBookRefusedError
from ..common import BACKWARDS, REEL, SHEET, SHORT, IntakeCommon


@tagged("post_install", "-at_install")
class TestOrderBook(IntakeCommon):
    def test_each_row_ends_somewhere(self):
        """R3.1.1, R3.1.2: of an order book the good rows become orders, the others stay with their reason."""
        upload = self._upload(self._book(SHEET, REEL, BACKWARDS, SHORT))
        states = {arrival.line_no: arrival.state for arrival in upload.arrival_ids}
        self.assertEqual(states, {8: "order", 9: "order", 10: "question", 11: "rejected"})
        self.assertEqual(upload.row_count, 4)
        self.assertEqual((upload.order_count, upload.question_count, upload.rejected_count), (2, 1, 1))
        self.assertEqual(upload.weight, 2000 + 3500 + 3500)
        self.assertEqual(upload.state, "done")

    def test_order_says_what_the_row_says(self):
        """R3.1.1: the order carries number, specification, quantity, tolerance and date of its row."""
        upload = self._upload(
            self._book(SHEET, REEL), commitment_date="2026-12-15 00:00:00", payment_term_id=self.term.id
        )
        sheet, reel = upload.arrival_ids.sorted("line_no").order_id
        self.assertEqual(sheet.client_order_ref, "4890")
        self.assertEqual(sheet.partner_id, self.customer)
        self.assertEqual(sheet.user_id, self.seller)
        self.assertEqual(sheet.intake_channel_id, self.channel)
        self.assertEqual(sheet.payment_term_id, self.term)
        self.assertEqual(str(sheet.commitment_date), "2026-12-15 00:00:00")
        self.assertEqual(sheet.paper_weight_kg, 2000)
        self.assertEqual(sheet.order_line.product_uom_qty, 2000)
        spec = sheet.order_line.paper_spec_id
        self.assertEqual((spec.format, spec.width, spec.length, spec.basis_weight, spec.caliper), ("sheet", 890, 860, 200, 260))
        self.assertEqual((spec.tolerance_minus, spec.tolerance_plus), (20, 20))
        self.assertEqual(spec.grade_id, self.offset)
        spec = reel.order_line.paper_spec_id
        self.assertEqual(
            (spec.format, spec.reel_diameter_min, spec.reel_diameter_max, spec.core_diameter), ("reel", 900, 1000, 100)
        )
        self.assertEqual(reel.state, "draft")

    def test_contradiction_is_a_question(self):
        """R3.2.1: a row that contradicts itself keeps its figures and its words, and is no order."""
        arrival = self._upload(self._book(BACKWARDS)).arrival_ids
        self.assertEqual((arrival.diameter_min, arrival.diameter_max, arrival.weight), (1000, 110, 3500))
        self.assertEqual(arrival.raw, BACKWARDS)
        self.assertIn("runs backwards, from 1000 to 110 mm", arrival.reason)
        self.assertFalse(arrival.order_id)
        self.assertEqual(arrival.activity_ids.user_id, self.seller)
        reason = arrival.with_context(lang="zh_CN").reason
        self.assertNotEqual(reason, arrival.reason)
        self.assertIn("1000", reason)

    def test_unreadable_row_keeps_line_and_text(self):
        """R3.1.2: an unreadable row is kept with its line number, its text and the reason."""
        arrival = self._upload(self._book(SHEET, SHORT)).arrival_ids.filtered(lambda row: row.state == "rejected")
        self.assertEqual((arrival.line_no, arrival.number, arrival.raw), (9, "4910", SHORT))
        self.assertIn("6 columns instead of 9", arrival.reason)
        self.assertEqual(arrival.activity_ids.user_id, self.seller)

    def test_same_file_twice_adds_nothing(self):
        """R3.1.2: the same file again adds no arrival and no order, and says so."""
        content = self._book(SHEET, REEL, BACKWARDS, SHORT)
        self._upload(content)
        arrivals = self.env["paper.intake.message"].search_count([])
        orders = self.env["sale.order"].search_count([])
        again = self._upload(content, user=self.colleague)
        self.assertEqual((again.row_count, again.duplicate_count), (4, 4))
        self.assertFalse(again.arrival_ids)
        self.assertEqual(self.env["paper.intake.message"].search_count([]), arrivals)
        self.assertEqual(self.env["sale.order"].search_count([]), orders)

    def test_same_rows_in_another_file_add_nothing(self):
        """R3.1.2: rows that arrived before are recognised in a longer file, however their numbers are written."""
        self._upload(self._book(SHEET))
        again = self._upload(self._book(SHEET.replace("2000 ", "2000.0"), REEL))
        self.assertEqual((again.duplicate_count, again.order_count), (1, 1))

    def test_archived_arrival_counts(self):
        """R3.1.2: an archived arrival still is an arrival."""
        upload = self._upload(self._book(SHEET))
        upload.arrival_ids.action_archive()
        self.assertEqual(self._upload(self._book(SHEET)).duplicate_count, 1)

    def test_two_customers_same_row(self):
        """R3.1.2: two customers may send the same row; both get their order."""
        other = self.customer.copy({"name": "Other Print"})
        self._upload(self._book(SHEET))
        self.assertEqual(self._upload(self._book(SHEET), partner_id=other.id).order_count, 1)

    def test_number_ordered_before_is_a_question(self):
        """R3.2.1: a number that was ordered with other content is asked about, not ordered twice."""
        first = self._upload(self._book(SHEET)).arrival_ids.order_id
        arrival = self._upload(self._book(SHEET.replace("2000", "2500"))).arrival_ids
        self.assertEqual(arrival.state, "question")
        self.assertIn(first.name, arrival.reason)

    def test_table_formats(self):
        """R3.1.1: the same columns are read from .xlsx and .csv."""
        row = ["X1", 700, 0, 1200, 0.1, 900, 1000, 76, 80, 100]
        workbook = self._upload(self._workbook(row, ["X2", 700, 0, 900, 0.1, 1000, 900, 76, 80, 100]), "o.xlsx")
        self.assertEqual((workbook.order_count, workbook.question_count), (1, 1))
        text = "订单号;幅宽(mm);长度(mm);重量(kg);公差;定量(g/m2)\nC1;700;1000;1200,5;0,1;80\n".encode("gb18030")
        table = self._upload(text, "o.csv")
        self.assertEqual(table.arrival_ids.order_id.paper_weight_kg, 1200.5)

    def test_width_above_the_mills_deckle_is_a_question(self):
        """R3.2.1: what the mill's machines cannot make is asked about."""
        self.env.company.paper_max_deckle = 800
        arrival = self._upload(self._book(SHEET)).arrival_ids
        self.assertEqual(arrival.state, "question")
        self.assertIn("800", arrival.reason)

    def test_failing_row_loses_no_other(self):
        """R3.1.2: a row whose order cannot be made stays with the reason; the others become orders."""
        prepare = type(self.env["paper.intake.message"])._prepare_order_values

        def failing(messages, specs):
            if "4908" in messages.mapped("number"):
                raise ValueError("no such thing")
            return prepare(messages, specs)

        with patch.object(type(self.env["paper.intake.message"]), "_prepare_order_values", failing):
            upload = self._upload(self._book(SHEET, REEL, SHORT))
        states = {arrival.number: arrival.state for arrival in upload.arrival_ids}
        self.assertEqual(states, {"4890": "order", "4908": "received", "4910": "rejected"})
        stayed = upload.arrival_ids.filtered(lambda row: row.number == "4908")
        self.assertIn("no such thing", stayed.reason)
        self.assertFalse(stayed.order_id)
        self.assertEqual(stayed.activity_ids.user_id, self.seller)
        self.assertEqual(self.env["paper.spec"].search_count([("reference", "=", "4908")]), 0)
        stayed.with_user(self.seller).action_process()
        self.assertEqual(stayed.state, "order")
        self.assertFalse(stayed.activity_ids)

    def test_broken_file_is_refused_and_kept(self):
        """R3.1.1: a file that is no order book is refused with a clear sentence; the file itself stays."""
        upload = self._create_upload(b"hello", "letter.dat")
        with self.enter_registry_test_mode():
            try:
                upload.action_upload()
            except OrderBookRefusedError as error:
                self.assertIn("no header line", str(error))
            else:
                self.fail("A letter was read as an order book.")
        upload.invalidate_recordset()
        self.assertEqual(upload.state, "failed")
        self.assertIn("no header line", upload.reason)
        self.assertEqual(upload._content(), b"hello")

    def test_upload_is_moved_by_reading_only(self):
        """R3.1.1: nobody marks an upload as read, changes a read file, reads it twice or deletes it."""
        upload = self._upload(self._book(SHEET))
        with self.assertRaises(IntakeStateError):
            upload.state = "draft"
        with self.assertRaises(IntakeStateError):
            upload.file = b"eA=="
        with self.assertRaises(IntakeStateError):
            upload.action_upload()
        with self.assertRaises(IntakeStateError):
            upload.unlink()

    def test_same_reference_twice_in_a_channel(self):
        """R3.1.2: the database itself stores an arrival once."""
        self._create_arrival(external_ref="M-1")
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self._create_arrival(external_ref="M-1")

    def test_handler_of_another_salesperson(self):
        """R3.1.2: the upload of one salesperson is handed to the channel's handler at once."""
        upload = self._upload(self._book(SHEET), user=self.colleague)
        self.assertEqual(upload.arrival_ids.order_id.user_id, self.seller)
        self.assertEqual(upload.activity_ids.user_id, self.seller)

    def test_hash_follows_the_file(self):
        """R3.1.1: the hash is that of the file, also if it is exchanged before it is read."""
        upload = self._create_upload(b"one")
        upload.file = base64.b64encode(b"two")
        self.assertEqual(upload.file_hash, hashlib.sha256(b"two").hexdigest())
        with self.assertRaises(IntakeStateError):
            upload.file_hash = "0"
