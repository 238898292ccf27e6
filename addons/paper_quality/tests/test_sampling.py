from odoo import Command
from odoo.addons.paper_quality.exceptions import InspectionIncompleteError, InspectionStateError, SamplingError
from odoo.addons.paper_quality.tests.common import PaperQualityCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestSampling(PaperQualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.vendor = cls.env["res.partner"].create({"name": "Pulp mill"})
        cls.scheme = cls.env["paper.sampling.scheme"].create(
            {
                "name": "S-3 double",
                "level": "S-3",
                "is_double": True,
                "class_ids": [
                    Command.create({"name": "B", "aql": 4.0}),
                    Command.create({"name": "C", "aql": 6.5}),
                ],
            }
        )
        cls.test = cls.env["qc.test"].create(
            {
                "name": "Bales",
                "test_lines": [
                    Command.create({"name": "Dryness", "type": "quantitative", "min_value": 88, "max_value": 92})
                ],
            }
        )
        cls.point = cls.env["paper.control.point"].create(
            {"name": "Goods-in", "occasion": "receipt", "test_id": cls.test.id, "scheme_id": cls.scheme.id}
        )

    def lot(self, units=200):
        source = {"partner_id": self.vendor.id, "product_id": self.pulp.id, "workcenter_id": False, "grade_id": False}
        values = self.point._prepare_inspection(
            self.pulp, self.env["paper.spec"], **self.env["qc.inspection"]._prepare_sampling(self.scheme, units, source)
        )
        inspection = self.env["paper.control.point"]._make_inspections([values]).with_user(self.inspector)
        inspection.inspection_lines.quantitative_value = 90
        return inspection

    def test_double_sampling(self):
        """R5.3.2: the second sample is taken where the first decides nothing; the lot passes when each class does."""
        inspection = self.lot()
        major, minor = inspection.sample_ids
        self.assertEqual((major.size1, major.ac1, major.re1, major.size2, major.ac2, major.re2), (8, 0, 2, 8, 1, 2))
        with self.assertRaises(InspectionIncompleteError):
            inspection.action_confirm()
        minor.found1 = 0
        major.found1 = 1
        self.assertEqual((major.verdict, minor.verdict), ("second", "accepted"))
        with self.assertRaises(InspectionIncompleteError):
            inspection.action_confirm()
        major.found2 = 0
        self.assertEqual(major.verdict, "accepted")
        inspection.action_confirm()
        self.assertEqual(inspection.state, "success")
        refused = self.lot()
        refused.sample_ids.found1 = 2
        self.assertFalse(refused.success)
        refused.action_confirm()
        self.assertEqual(refused.state, "waiting")

    def test_the_sample_follows_from_the_plan(self):
        """R5.3.2: nobody makes the sample smaller, or finds more bad units than it holds."""
        sample = self.lot().sample_ids[0]
        with self.assertRaises(SamplingError):
            sample.size1 = 1
        with self.assertRaises(SamplingError), self.env.cr.savepoint():
            sample.found1 = 99
        with self.assertRaises(InspectionStateError):
            sample.inspection_id.sampling_scheme_id = False
        counted = self.lot(2)
        counted.lot_units = 1000
        self.assertEqual(counted.sample_ids[1].letter, "E", "of a corrected size of the lot")
        counted.sample_ids[0].found1 = 0
        with self.assertRaises(SamplingError):
            counted.lot_units = 2
        small = self.lot(2).sample_ids
        self.assertTrue(all(small.mapped("is_whole")))
        self.assertEqual(set(small.mapped("size1")), {2})

    def test_severity_follows_the_lots(self):
        """R5.3.2: two refused lots of five tighten the plan; a stop is lifted by quality with a reason."""
        for bad in (2, 0, 2):
            inspection = self.lot()
            inspection.sample_ids.found1 = bad
            inspection.action_confirm()
        history = inspection.sampling_history_id
        self.assertEqual(history.severity, "tightened")
        tight = self.lot()
        self.assertEqual(tight.severity, "tightened")
        for _number in range(5):
            inspection = self.lot()
            inspection.sample_ids.found1 = inspection.sample_ids[0].re1
            inspection.action_confirm()
        self.assertEqual(history.severity, "stopped")
        good = self.lot()
        good.sample_ids.found1 = 0
        with self.assertRaises(SamplingError):
            good.action_confirm()
        with self.assertRaises(SamplingError):
            history.with_user(self.inspector).severity = "normal"
        history.with_user(self.inspector).action_resume("The supplier has changed his baler")
        good.action_confirm()
        self.assertEqual((good.state, history.severity), ("success", "tightened"))

    def test_an_aql_that_no_table_has(self):
        """R5.3.2: a class with an AQL that the table does not hold is refused where it is entered."""
        with self.assertRaises(SamplingError):
            self.scheme.class_ids[0].aql = 3.3
            self.scheme._check_classes()
