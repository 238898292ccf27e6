from odoo.addons.paper_quality.exceptions import (
    CorrectionMissingError,
    InspectionEmptyError,
    InspectionIncompleteError,
    RetestError,
)
from odoo.addons.paper_quality.tests.common import PaperQualityCommon
from odoo.tests import tagged

MOISTURE = {"name": "水分", "unit": "%", "minimum": 4, "has_minimum": True, "maximum": 7, "has_maximum": True}
BRIGHTNESS = {"name": "Brightness", "unit": "%", "minimum": 82, "has_minimum": True, "method": "GB/T 7974-2013"}


@tagged("post_install", "-at_install")
class TestFinalInspection(PaperQualityCommon):
    def lines(self, inspection):
        return {line.name: line for line in inspection.inspection_lines}

    def test_made_with_the_order(self):
        """R6.1.1: a confirmed manufacturing order of paper has its final inspection, a draft one has none."""
        spec = self.create_spec()
        draft = self.create_production(spec, confirm=False)
        self.assertFalse(draft.inspection_ids)
        draft.action_confirm()
        inspection = draft.inspection_ids
        self.assertEqual(len(inspection), 1)
        self.assertEqual((inspection.kind, inspection.state), ("final", "ready"))
        self.assertEqual(inspection.paper_spec_id, spec)
        self.assertEqual(inspection.product_id, self.paper)
        self.assertEqual(inspection.company_id, draft.company_id)
        self.assertTrue(inspection.auto_generated)

    def test_not_made_for_other_products(self):
        """R6.1.1: what is not paper is not inspected by this rule."""
        board = self.create_paper("Pallet", is_paper=False)
        self.assertFalse(self.create_production(product=board).inspection_ids)

    def test_questions_of_a_reel(self):
        """R6.1.1: a reel is asked for appearance, width, diameter, basis weight and moisture, and its own limits."""
        inspection = self.create_production(self.create_spec([MOISTURE, BRIGHTNESS])).inspection_ids
        lines = self.lines(inspection)
        self.assertEqual(
            set(lines), {"Appearance", "Width", "Reel Diameter", "Basis Weight", "Moisture", "Brightness"}
        )
        self.assertEqual(lines["Width"].target, 787)
        self.assertFalse(lines["Width"].has_minimum or lines["Width"].has_maximum)
        self.assertEqual(lines["Basis Weight"].target, 80)
        self.assertFalse(lines["Basis Weight"].has_minimum or lines["Basis Weight"].has_maximum)
        self.assertEqual((lines["Reel Diameter"].min_value, lines["Reel Diameter"].max_value), (950, 1000))
        self.assertEqual((lines["Moisture"].min_value, lines["Moisture"].max_value), (4, 7))
        self.assertEqual(lines["Moisture"].limit_id.name, "水分")
        self.assertTrue(lines["Brightness"].has_minimum)
        self.assertFalse(lines["Brightness"].has_maximum)
        self.assertEqual(lines["Brightness"].paper_method, "GB/T 7974-2013")

    def test_questions_of_a_sheet(self):
        """R6.1.1: a sheet is asked for its length and not for a diameter."""
        spec = self.create_spec(
            format="sheet", width=787, length=1092, reel_diameter_min=0, reel_diameter_max=0, core_diameter=0
        )
        lines = self.lines(self.create_production(spec).inspection_ids)
        self.assertIn("Sheet Length", lines)
        self.assertEqual(lines["Sheet Length"].target, 1092)
        self.assertNotIn("Reel Diameter", lines)

    def test_without_a_specification(self):
        """R6.1.1: paper without a specification is measured against no invented limit."""
        lines = self.create_production().inspection_ids.inspection_lines
        self.assertTrue(lines)
        measured = lines.filtered(lambda line: line.question_type == "quantitative")
        self.assertFalse(any(line.has_minimum or line.has_maximum for line in measured))

    def test_passes(self):
        """R6.1.1: answers inside the limits pass, whoever inspects is recorded."""
        inspection = self.passed(self.create_production(self.create_spec([MOISTURE])))
        self.assertEqual(inspection.state, "success")
        self.assertEqual(inspection.inspector_id, self.inspector)
        self.assertTrue(inspection.date_done)

    def test_record_only_needs_a_value(self):
        """R6.1.1: a figure without limits is right once it is recorded, and missing before."""
        production = self.create_production(self.create_spec())
        self.made(production)
        inspection = self.answer(production.inspection_ids)
        moisture = self.lines(inspection)["Moisture"]
        moisture.measured = False
        self.assertFalse(inspection.success)
        with self.assertRaises(InspectionIncompleteError):
            inspection.action_confirm()
        moisture.quantitative_value = 4.8
        self.assertTrue(moisture.measured)
        inspection.action_confirm()
        self.assertEqual(inspection.state, "success")

    def test_outside_a_limit_fails(self):
        """R5.3.2: a value outside a limit waits for approval, and the approved failure opens a nonconformity."""
        production = self.create_production(self.create_spec([MOISTURE]))
        self.made(production)
        inspection = self.answer(production.inspection_ids)
        self.lines(inspection)["Moisture"].quantitative_value = 7.01
        inspection.action_confirm()
        self.assertEqual(inspection.state, "waiting")
        self.assertFalse(inspection.nonconformity_ids)
        inspection.with_user(self.approver).action_approve()
        self.assertEqual(inspection.state, "failed")
        nonconformity = inspection.nonconformity_ids
        self.assertEqual(len(nonconformity), 1)
        self.assertIn("Moisture", nonconformity.description)
        self.assertEqual(nonconformity.responsible_user_id, self.inspector)

    def test_limits_are_inclusive_and_exact(self):
        """R6.1.1: the limits themselves are inside."""
        inspection = self.answer(self.create_production(self.create_spec([MOISTURE])).inspection_ids)
        line = self.lines(inspection)["Moisture"]
        for value, right in ((4, True), (7, True), (3.99999, False), (7.00001, False), (7.000001, True)):
            line.quantitative_value = value
            self.assertEqual(line.success, right, value)

    def test_nothing_asked_is_not_passed(self):
        """R6.1.1: an inspection without a question passes nothing."""
        empty = self.env["qc.test"].create({"name": "Empty"})
        self.env.company.paper_final_test_id = empty
        inspection = self.create_production().inspection_ids.with_user(self.inspector)
        self.assertFalse(inspection.success)
        with self.assertRaises(InspectionEmptyError):
            inspection.action_confirm()

    def test_units_are_converted(self):
        """R6.1.1: 1500 g lie between 1 and 2 kg, 1500 m do not."""
        test = self.env["qc.test"].create({"name": "Weighing"})
        question = {"name": "Weight", "type": "quantitative", "min_value": 1, "max_value": 2, "uom_id": self.kg.id}
        self.env["qc.test.question"].create({**question, "test": test.id})
        self.env.company.paper_final_test_id = test
        inspection = self.create_production().inspection_ids.with_user(self.inspector)
        line = inspection.inspection_lines
        line.write({"quantitative_value": 1500, "uom_id": self.env.ref("uom.product_uom_gram").id})
        self.assertTrue(line.success)
        line.uom_id = self.env.ref("uom.product_uom_meter")
        self.assertFalse(line.success)

    def test_second_inspection_after_correction(self):
        """R5.3.2: what failed is inspected again only when cause and corrective action are recorded."""
        production = self.create_production(self.create_spec([MOISTURE]))
        failed = self.failed(production)
        self.assertEqual(failed.state, "failed")
        with self.assertRaises(CorrectionMissingError):
            failed.action_inspect_again()
        nonconformity = failed.nonconformity_ids
        nonconformity.analysis = "Dryer section too cold"
        with self.assertRaises(CorrectionMissingError):
            failed.action_inspect_again()
        nonconformity.action_comments = "Steam pressure raised, reel rewound"
        with self.assertRaises(RetestError):
            failed.action_inspect_again()
        nonconformity.stage_id = self.env.ref("mgmtsystem_nonconformity.stage_open")
        nonconformity.write({"disposition": "rework", "rework_done": "Rewound, outer layers taken off"})
        failed.action_inspect_again()
        again = production.inspection_ids - failed
        self.assertEqual(again.state, "ready")
        self.assertEqual(len(again.inspection_lines), len(failed.inspection_lines))
        self.assertFalse(any(line.measured or line.qualitative_value for line in again.inspection_lines))
        self.passed(production)
        self.assertEqual(production.inspection_state, "passed")

    def test_one_query_count_for_many(self):
        """R6.1.1: the inspections of twice as many orders do not cost more queries each."""
        spec = self.create_spec([MOISTURE])
        counts = []
        for number in (4, 8):
            orders = self.env["mrp.production"]
            for _index in range(number):
                orders |= self.create_production(spec, confirm=False)
            self.env.flush_all()
            self.env.invalidate_all()
            orders.mapped("is_paper")
            before = self.env.cr.sql_log_count
            orders._make_final_inspections()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertEqual(len(orders.inspection_ids), number)
        # Each inspection takes its number (two queries), all else is done once for all of them.
        self.assertLess(counts[1] - counts[0], 4 * 3, counts)
