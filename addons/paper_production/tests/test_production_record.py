from odoo.addons.paper_production.exceptions import RecordLockedError
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.exceptions import AccessError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestProductionRecord(PaperProductionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.production = cls.productions(cls.create_order())
        cls.approved_plan(cls.production)

    def test_written_when_finished(self):
        """R5.3.1: a finished work order has its record: operator, made, material used."""
        self.make(self.production)
        make, wind = self.production.workorder_ids.paper_record_ids.sorted("workorder_id")
        self.assertEqual(make.operator_id, self.operator)
        self.assertEqual(make.produced_kg, 1000)
        self.assertEqual(make.material_kg, 1050)
        self.assertEqual(wind.material_kg, 0)
        self.assertEqual(make.workcenter_id, self.machine)

    def test_own_record_is_kept(self):
        """R5.3.1: what the operator wrote before the end is not written a second time."""
        workorder = self.production.with_user(self.operator).workorder_ids[:1]
        workorder.button_start()
        record = self.env["paper.production.record"].with_user(self.operator).create(
            {"workorder_id": workorder.id, "shift": "night", "produced_kg": 980, "broke_kg": 20}
        )
        workorder.button_finish()
        self.assertEqual(workorder.paper_record_ids, record)

    def test_completed_until_done(self):
        """R5.3.1: the operator completes the record until the order is done, then only the supervisor."""
        self.make(self.production)
        record = self.production.workorder_ids.paper_record_ids[:1].with_user(self.operator)
        record.write({"shift": "early", "broke_kg": 12})
        self.passed(self.production)
        self.production.with_user(self.operator).button_mark_done()
        with self.assertRaises(RecordLockedError):
            record.broke_kg = 0
        record.with_user(self.supervisor).broke_kg = 15
        with self.assertRaises(AccessError):
            record.with_user(self.planner).broke_kg = 0
        self.assertEqual(record.with_user(self.seller).produced_kg, 1000)
