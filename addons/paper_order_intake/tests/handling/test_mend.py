from odoo.tests import freeze_time, tagged

from ..common import BACKWARDS, SHEET, SHORT, IntakeCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 04:00:00")
class TestMend(IntakeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what else stands in the database is not gone through
        cls.env["paper.intake.message"].search([("state", "in", ("received", "question", "rejected"))]).write(
            {"active": False}
        )

    def _rows(self):
        rows = self._upload(self._book(SHEET, BACKWARDS, SHORT)).arrival_ids.sorted("line_no")
        return [row.with_user(self.seller) for row in rows]

    def test_reason_at_its_field(self):
        """R3.1.1: each reason stands at the field in which it is mended, the rest above."""
        _good, backwards, short = self._rows()
        self.assertIn("runs backwards", backwards.field_reasons["diameter_min"])
        self.assertFalse(backwards.other_reasons)
        self.assertIn("columns", short.other_reasons)
        unknown = self._create_arrival(partner_id=False, product_id=False, channel_id=self.phone.id)
        unknown.action_process()
        self.assertEqual(set(unknown.field_reasons), {"partner_id", "product_id"})

    def test_no_number_at_its_field(self):
        """R3.1.1: a value that is no number is marked in its own field."""
        row = self._upload(self._book(SHEET.replace("2000", "2OOO"))).arrival_ids
        self.assertEqual(row.state, "rejected")
        self.assertIn("2OOO", row.field_reasons["weight"])

    def test_next_after_next(self):
        """R3.1.2: once a row is mended, the next that waits is there; the last one leads back to the list."""
        _good, backwards, short = self._rows()
        self.assertEqual(backwards.action_next()["res_id"], short.id)
        self.assertEqual(short.action_previous()["res_id"], backwards.id)
        self.assertFalse(backwards.action_process_next())
        self.assertEqual(backwards.state, "question")
        backwards.diameter_max = 1100
        self.assertEqual(backwards.action_process_next()["res_id"], short.id)
        self.assertEqual(backwards.state, "order")
        short.write({"number": "4910", "width": 480, "length": 700, "weight": 2800})
        self.assertEqual(short.action_process_next()["view_mode"], "list,kanban,form")
        self.assertEqual(short.state, "order")

    def test_what_came_stays(self):
        """R3.1.2: mending the figures leaves what came as it came."""
        backwards = self._rows()[1]
        raw = backwards.raw
        backwards.diameter_max = 1100
        backwards.action_process()
        self.assertEqual(backwards.raw, raw)
        self.assertIn("110", backwards.raw)

    def test_unread_rows_are_nobodys_yet(self):
        """R3.1.2: rows that the job is still to read are passed over by who goes through what waits."""
        first, second = (self._create_arrival(number=name, handler_id=self.seller.id) for name in ("A1", "A2"))
        self.assertIn(second.id, first._mending_ids())
        second._by_step().write({"pending": True})
        self.assertNotIn(second.id, first._mending_ids())
