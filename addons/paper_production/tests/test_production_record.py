from datetime import timedelta

from odoo.addons.paper_production.exceptions import RecordFactsError, RecordLockedError
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
        """R5.3.1: what the operator wrote before the end is not written a second time; what he left open is."""
        workorder = self.production.with_user(self.operator).workorder_ids[:1]
        workorder.button_start()
        record = self.env["paper.production.record"].with_user(self.operator).create(
            {"workorder_id": workorder.id, "shift": "night", "produced_kg": 980, "broke_kg": 20}
        )
        workorder.button_finish()
        own = workorder.paper_record_ids - record
        self.assertEqual((own.produced_kg, own.material_kg, own.is_automatic), (0, 1050, True))

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

    def record(self, user, **vals):
        values = {"workorder_id": self.production.workorder_ids[:1].id, **vals}
        return self.env["paper.production.record"].with_user(user).create(values)

    def test_what_cannot_be_is_not_recorded(self):
        """R5.3.1: nobody records for another, for a day to come, or more than the work order made and used."""
        self.production.with_user(self.operator).workorder_ids[:1].button_start()
        tomorrow = self.env.cr.now() + timedelta(days=1)
        wrong = [
            {"operator_id": self.planner.id},
            {"operator_id": self.env.ref("base.user_root").id},
            {"date": tomorrow},
            {"produced_kg": 9999999},
            {"produced_kg": 1001},
            {"material_kg": 1051},
        ]
        for vals in wrong:
            with self.subTest(**vals), self.assertRaises(RecordFactsError):
                self.record(self.operator, **vals)
            record = self.record(self.operator)
            with self.subTest(written=True, **vals), self.assertRaises(RecordFactsError):
                record.write(vals)
            with self.assertRaises(RecordFactsError):
                defaults = {f"default_{name}": value for name, value in vals.items()}
                record.with_context(**defaults).create({"workorder_id": record.workorder_id.id})
            record.sudo().unlink()
        self.record(self.operator, produced_kg=600)
        with self.assertRaises(RecordFactsError):
            self.record(self.operator, produced_kg=500)

    def test_the_supervisor_records_for_somebody(self):
        """R5.3.1: the supervisor enters the record of somebody of the mill, not of the system."""
        self.production.with_user(self.operator).workorder_ids[:1].button_start()
        record = self.record(self.supervisor, operator_id=self.operator.id, produced_kg=100)
        self.assertEqual(record.operator_id, self.operator)
        with self.assertRaises(RecordFactsError):
            self.record(self.supervisor, operator_id=self.env.ref("base.user_root").id)
        record.with_user(self.planner.browse(self.operator.id)).shift = "night"

    def test_nobody_of_the_workshop_deletes(self):
        """R5.3.1: the workshop deletes no record, not even of an order that is being made."""
        record = self.record(self.operator)
        with self.assertRaises(AccessError):
            record.unlink()

    def test_tells_what_was_used(self):
        """R5.3.1, R5.2.1: in the end the record tells what was taken from stock, not what was planned."""
        self.make(self.production)
        self.passed(self.production)
        production = self.production.with_user(self.operator)
        production.move_raw_ids.quantity = 1200
        action = production.button_mark_done()
        wizard = self.env[action["res_model"]].with_user(self.operator).with_context(**action["context"]).create({})
        wizard.action_confirm()
        self.assertEqual(production.state, "done")
        self.assertEqual(sum(production.move_raw_ids.mapped("quantity")), 1200)
        self.assertEqual(sum(self.production.workorder_ids.paper_record_ids.mapped("material_kg")), 1200)

    def test_material_goes_to_the_first_operation(self):
        """R5.3.1: what belongs to no operation is taken by the first one, whichever was scheduled or finished first."""
        first, second = self.production.workorder_ids
        early = {"date_start": "2020-01-01 08:00:00", "date_finished": "2020-01-01 09:00:00"}
        self.production._as_released(second).sudo().write(early)
        self.env.invalidate_all()
        first.with_user(self.operator).button_start()
        (first | second).with_user(self.operator).button_finish()
        self.assertEqual((first.paper_record_ids.material_kg, second.paper_record_ids.material_kg), (1050, 0))
