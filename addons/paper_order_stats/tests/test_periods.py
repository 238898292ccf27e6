import base64
import io
from datetime import date

import openpyxl
from freezegun import freeze_time
from odoo.addons.paper_order_stats.exceptions import PeriodError, PeriodRightError, SnapshotError, StatsExportError
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .common import StatisticsCase


@tagged("post_install", "-at_install")
class TestPeriods(StatisticsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.finance = new_test_user(cls.env, "stats.finance", groups="paper_base.group_finance")
        cls.order = cls._order(cls.customers[0], 4, "2023-05-10")
        cls.queue._fill()
        cls.env["paper.stats.period"]._make_due()
        periods = cls.env["paper.stats.period"].search([("company_id", "=", cls.env.company.id)])
        cls.month = periods.filtered(lambda period: period.kind == "month" and period.date_from == date(2023, 5, 1))
        cls.year = periods.filtered(lambda period: period.kind == "year" and period.date_from == date(2023, 1, 1))

    def _line(self, period, measure):
        self.env.invalidate_all()
        return period.line_ids.filtered(lambda line: (line.fact, line.measure) == ("paper.fact.order", measure))

    def test_reported_stays(self):
        """R8.1.1: a change dated back leaves what was reported, and shows it beside what is now, with its cause."""
        self.month.with_user(self.finance).action_freeze()
        reported = self._line(self.month, "ordered_kg").reported
        kept = self.month.hash
        self.env.cr.execute("UPDATE sale_order_line SET paper_weight_kg = 3000 WHERE order_id = %s", [self.order.id])
        self.queue._fill()
        line = self._line(self.month, "ordered_kg")
        self.assertEqual((line.reported, line.now, line.difference), (reported, reported - 1000, -1000))
        correction = self.month.correction_ids.filtered(lambda item: item.measure == "ordered_kg")
        self.assertEqual((correction.difference, correction.cause, correction.document_name), (-1000, "changed", self.order.name))
        self.assertEqual(correction.action_open_document()["res_id"], self.order.id)
        self.assertEqual(self.month.hash, kept)
        self.assertTrue(self.month.snapshot_id.is_intact)
        self.assertFalse(self.year.correction_ids)

    def test_deleted_after_it_was_reported(self):
        """R8.1.1: a document that is deleted after its month was closed leaves a correction that names it."""
        self.month.with_user(self.finance).action_freeze()
        self.env.cr.execute("DELETE FROM sale_order_line WHERE order_id = %s", [self.order.id])
        self.env.cr.execute("DELETE FROM sale_order WHERE id = %s", [self.order.id])
        self.env.invalidate_all()
        self.queue._fill()
        correction = self.month.correction_ids.filtered(lambda item: item.measure == "ordered_kg")
        self.assertEqual((correction.cause, correction.difference), ("deleted", -4000))
        self.assertFalse(correction.action_open_document())

    def test_who_opens_again(self):
        """R8.1.1: management alone opens a closed period, with a reason; what was reported before stays."""
        self.month.with_user(self.finance).action_freeze()
        first = self.month.snapshot_id
        with self.assertRaises(PeriodRightError):
            self.month.with_user(self.finance).action_reopen("Wrong")
        period = self.month.with_user(self.management)
        self.assertEqual(period.action_reopen()["res_model"], "paper.reason.wizard")
        self.assertEqual(self.month.state, "frozen")
        period.action_reopen("The rate of May was entered wrongly")
        self.assertEqual(self.month.state, "open")
        self.assertIn(
            "The rate of May was entered wrongly",
            self.month.message_ids[:2].mapped("body")[0] + self.month.message_ids[:2].mapped("body")[-1],
        )
        self.env.cr.execute("UPDATE sale_order_line SET paper_weight_kg = 3000 WHERE order_id = %s", [self.order.id])
        period.action_freeze()
        self.assertEqual(self.month.snapshot_ids, first | self.month.snapshot_id)
        self.assertNotEqual(first.hash, self.month.hash)
        self.assertFalse(self.month.correction_ids)

    def test_not_over_yet(self):
        """R8.1.1: a month is closed when it is over where the mill stands, not before, and not twice."""
        with freeze_time("2023-05-31 15:00:00"), self.assertRaises(PeriodError):
            self.month.with_user(self.finance).action_freeze()
        with freeze_time("2023-05-31 17:00:00"):
            self.month.with_user(self.finance).action_freeze()
        with self.assertRaises(PeriodError):
            self.month.with_user(self.finance).action_freeze()

    def test_nobody_rewrites(self):
        """R8.1.1: no hand writes, makes or deletes what was reported, the administrator's neither."""
        self.month.with_user(self.finance).action_freeze()
        self.env.invalidate_all()
        self.assertTrue(self.month.line_ids)
        for records, values in (
            (self.month, {"state": "open"}),
            (self.month.snapshot_id, {"hash": "0"}),
            (self.month.line_ids[:1], {"reported": 1}),
        ):
            with self.subTest(model=records._name), self.assertRaises(UserError), self.env.cr.savepoint():
                records.with_user(self.management).sudo().write(values)
        with self.assertRaises(SnapshotError):
            self.month.snapshot_id.unlink()
        with self.assertRaises(SnapshotError):
            self.month.unlink()

    def test_periods_of_the_mill(self):
        """R8.1.1: months, quarters and years come once, each from its first to its last day."""
        again = self.env["paper.stats.period"]._make_due()
        self.assertFalse(again)
        quarter = self.env["paper.stats.period"].search(
            [("company_id", "=", self.env.company.id), ("kind", "=", "quarter"), ("date_from", "=", "2023-04-01")]
        )
        self.assertEqual((quarter.date_to, self.year.date_to), (date(2023, 6, 30), date(2023, 12, 31)))

    def test_export_with_the_rights_of_the_reader(self):
        """R8.3.1: an export is made in the background, has the columns that its reader may read, and no formulas."""
        planner = new_test_user(self.env, "stats.exporter", groups="paper_base.group_planning")
        self.customers[0].name = "=1+1"
        for user, has_amount in ((planner, False), (self.management, True)):
            self.env["paper.stats.export"].with_user(user).request("paper.fact.order", [("order_id", "=", self.order.id)])
            export = self.env["paper.stats.export"].search([("user_id", "=", user.id)])
            self.assertEqual(export.state, "waiting")
            export._make()
            self.assertEqual(
                (export.state, export.row_count),
                ("done", self.env["paper.fact.order"].search_count([("order_id", "=", self.order.id)])),
                export.error,
            )
            sheet = openpyxl.load_workbook(io.BytesIO(base64.b64decode(export.file))).active
            heads = [cell.value for cell in sheet[1]]
            self.assertEqual("Ordered Amount, Untaxed" in heads, has_amount)
            cell = sheet.cell(2, heads.index("Customer") + 1)
            self.assertEqual((cell.value, cell.data_type), ("=1+1", "s"))
        with self.assertRaises(StatsExportError):
            self.env["paper.stats.export"].with_user(planner).request("res.users", [])
        with self.assertRaises(StatsExportError):
            self.env["paper.stats.export"].with_user(planner).request("paper.fact.purchase", [])

    def test_empty_period_and_division_by_nothing(self):
        """R8.1.1: figures of nothing are empty or zero, and no error."""
        for fact in self.queue._facts():
            derived = [f"{name}:avg" for name in fact._derived()]
            for row in derived and fact._read_group([("id", "=", 0)], [], derived):
                self.assertFalse(any(row), fact._name)
