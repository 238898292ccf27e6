from odoo import Command
from odoo.addons.paper_quality.tests.common import PaperQualityCommon
from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestLaboratory(PaperQualityCommon, HttpCase):
    def test_ten_specimens_of_six_tests(self):
        """R5.3.2: the laboratory types ten specimens of six tests without the mouse."""
        test = self.env["qc.test"].create(
            {
                "name": "Laboratory",
                "test_lines": [
                    Command.create(
                        {
                            "name": f"Property {number}",
                            "type": "quantitative",
                            "paper_unit": "g/m²",
                            "min_value": 70,
                            "max_value": 90,
                            "paper_specimens": 10,
                        }
                    )
                    for number in range(1, 7)
                ],
            }
        )
        model = self.env["qc.inspection"]
        questions = model._prepare_control_lines(test, self.env["paper.spec"], self.pulp)
        inspection = model._by_step().create(
            {
                "kind": "process",
                "test": test.id,
                "state": "ready",
                "inspection_lines": [Command.create(values) for values in questions],
            }
        )
        self.start_tour(
            f"/odoo/action-paper_quality.action_paper_inspections/{inspection.id}",
            "paper_quality_laboratory",
            login=self.inspector.login,
        )
        readings = self.env["paper.test.reading"].search([("line_id", "in", inspection.inspection_lines.ids)])
        self.assertEqual(len(readings), 60)
        self.assertEqual(readings.user_id, self.inspector)
        self.assertAlmostEqual(inspection.inspection_lines[0].quantitative_value, 80.045)
