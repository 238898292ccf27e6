from odoo import Command
from odoo.addons.paper_quality.exceptions import ReadingError
from odoo.addons.paper_quality.tests.common import PaperQualityCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestCharts(PaperQualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.test = cls.env["qc.test"].create(
            {
                "name": "Scanner",
                "test_lines": [
                    Command.create(
                        {"name": "Weight", "type": "quantitative", "min_value": 70, "max_value": 90, "paper_unit": "g/m²"}
                    )
                ],
            }
        )
        cls.chart = cls.env["paper.spc.chart"].create({"name": "Weight", "question_id": cls.test.test_lines.id})
        cls.tracked = cls.create_paper("Tracked paper", tracking="lot")

    def take(self, *values, lot=None):
        for value in values:
            inspection = (
                self.env["qc.inspection"]
                .with_user(self.inspector)
                ._by_step()
                .create({"kind": "process", "test": self.test.id, "state": "ready", "lot_id": lot.id if lot else False})
            )
            inspection.inspection_lines = [
                Command.create(
                    {
                        "name": "Weight",
                        "test_line": self.test.test_lines.id,
                        "question_type": "quantitative",
                        "min_value": 70,
                        "max_value": 90,
                        "quantitative_value": value,
                    }
                )
            ]
            inspection.action_confirm()
        return inspection

    def test_an_alarm_proposes_to_hold(self):
        """R5.3.2: a point beyond the limits makes one alarm with a to-do; holding stops the rolls of its inspection."""
        with self.assertRaises(ReadingError):
            self.chart.with_user(self.inspector).action_fix_limits()
        self.take(80, 81, 80, 79, 80, 81, 79, 80)
        self.assertFalse(self.chart.alarm_ids)
        self.chart.with_user(self.inspector).action_fix_limits()
        lot = self.env["stock.lot"].create({"name": "R-1", "product_id": self.tracked.id})
        inspection = self.take(86, lot=lot)
        alarm = self.chart.alarm_ids
        self.assertEqual((alarm.inspection_id, alarm.rules), (inspection, "we1"))
        self.assertTrue(alarm.activity_ids)
        alarm.with_user(self.inspector).action_hold()
        self.assertEqual((lot.paper_disposition, alarm.state), ("held", "done"))

    def test_what_is_drawn(self):
        """R5.3.2: points, limits, agreed limits and capability of the chart."""
        self.take(80, 82, 81, 83)
        data = self.chart.with_user(self.inspector).paper_chart_data()
        self.assertEqual(data["points"], [80, 82, 81, 83])
        self.assertAlmostEqual(data["limits"]["centre"], 81.5)
        self.assertEqual((data["lower"], data["upper"], data["unit"]), (70, 90, "g/m²"))
        self.assertAlmostEqual(data["cp"], 20 / (6 * (5 / 3) / 1.128), 3)
