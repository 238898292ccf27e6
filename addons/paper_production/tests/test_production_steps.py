from odoo import fields
from odoo.addons.paper_base.tests.forging import assert_not_forged
from odoo.addons.paper_production.exceptions import RecordLockedError
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestProductionSteps(PaperProductionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.productions(cls.create_order())
        cls.admin = cls.env.ref("base.user_admin")

    def test_a_plan_is_not_forged(self):
        """R5.1.2: no plan is written approved, nor approved in another's name, on whatever path."""
        moment = fields.Datetime.to_datetime("2026-01-01 08:00:00")
        forged = {
            "state": "approved",
            "approved_by_id": self.operator.id,
            "approved_on": moment,
            "submitted_by_id": self.operator.id,
        }
        plan = self.create_plan().with_env(self.env)
        assert_not_forged(self, plan, forged, self.planner | self.supervisor | self.operator | self.admin)

    def test_nothing_slips_into_an_approved_plan(self):
        """R5.1.2: no order is made into an approved plan, on whatever path."""
        plan = self.approved_plan(self.first)
        other = self.productions(self.create_order())
        given = {"product_id": self.paper.id, "product_qty": 10.0, "bom_id": self.paper.bom_ids[:1].id}
        assert_not_forged(self, other, {"paper_plan_id": plan.id}, self.planner | self.operator | self.admin, given)
        self.assertEqual(plan.production_ids, self.first)

    def test_a_record_is_not_forged(self):
        """R5.3.1: the record of a finished order is the supervisor's to correct, with whatever rights it is written."""
        self.approved_plan(self.first)
        self.make(self.first)
        self.passed(self.first)
        self.first.with_user(self.operator).button_mark_done()
        record = self.first.workorder_ids.paper_record_ids[:1]
        forged = {"produced_kg": 7.0, "operator_id": self.planner.id}
        assert_not_forged(self, record, forged, self.operator | self.planner, {"workorder_id": record.workorder_id.id})
        with self.assertRaises(RecordLockedError):
            record.with_user(self.operator).sudo().unlink()
        with self.assertRaises(RecordLockedError):
            record.with_user(self.supervisor).unlink()  # corrected, not deleted
        record.with_user(self.supervisor).produced_kg = 990
        self.assertEqual(record.produced_kg, 990)
