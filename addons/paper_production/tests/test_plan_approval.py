from odoo.addons.paper_production.exceptions import PlanApprovalError, PlanEmptyError, PlanStateError
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged


@tagged("post_install", "-at_install")
class TestPlanApproval(PaperProductionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.production = cls.productions(cls.create_order())
        cls.plan = cls.create_plan(cls.production)
        cls.both = new_test_user(
            cls.env, "prod_both", groups="paper_base.group_planning,paper_base.group_supervisor"
        )

    def test_submitter_does_not_approve(self):
        """R5.1.2: who submits a plan does not approve it, even as a supervisor, by button or by writing."""
        own = self.plan.with_user(self.both)
        own.action_submit()
        with self.assertRaises(PlanApprovalError):
            own.action_approve()
        with self.assertRaises(PlanStateError):
            own.write({"state": "approved"})
        self.plan.with_user(self.supervisor).action_approve()
        self.assertEqual(self.plan.approved_by_id, self.supervisor)

    def test_only_the_supervisor_approves(self):
        """R5.1.2: neither planning nor the superuser's rights approve a plan."""
        self.plan.action_submit()
        for plan in (self.plan, self.plan.sudo()):
            with self.assertRaises(PlanApprovalError):
                plan.action_approve()
            with self.assertRaises(PlanStateError):
                plan.write({"state": "approved"})
        with self.assertRaises(AccessError):
            self.plan.with_user(self.operator).action_approve()

    def test_only_planning_submits(self):
        """R5.1.2: the supervisor does not submit what he approves."""
        with self.assertRaises(PlanApprovalError):
            self.plan.with_user(self.supervisor).action_submit()

    def test_stamps_are_not_written(self):
        """R5.1.2: who submitted is not written by hand, so nobody lends his name."""
        own = self.plan.with_user(self.both)
        own.action_submit()
        with self.assertRaises(PlanStateError):
            own.write({"submitted_by_id": self.planner.id})
        with self.assertRaises(PlanStateError):
            self.env["paper.production.plan"].with_user(self.both).create({"submitted_by_id": self.planner.id})

    def test_starts_as_a_draft(self):
        """R5.1.2: a plan is not created approved, nor is a copy."""
        with self.assertRaises(PlanStateError):
            self.create_plan(state="approved")
        self.plan.action_submit()
        self.plan.with_user(self.supervisor).action_approve()
        copy = self.plan.copy()
        self.assertEqual(copy.state, "draft")
        self.assertFalse(copy.production_ids or copy.approved_by_id)

    def test_steps_follow_the_table(self):
        """R5.1.2: a draft is not approved, an approved plan not submitted again, an unfinished one not done."""
        with self.assertRaises(PlanStateError):
            self.plan.with_user(self.supervisor).action_approve()
        self.plan.action_submit()
        self.plan.with_user(self.supervisor).action_approve()
        with self.assertRaises(PlanStateError):
            self.plan.action_submit()
        with self.assertRaises(PlanStateError):
            self.plan.with_user(self.supervisor).write({"state": "done"})

    def test_empty_plan(self):
        """R5.1.1: a plan without orders is not submitted, and collecting nothing says so."""
        empty = self.create_plan()
        with self.assertRaises(PlanEmptyError):
            empty.action_submit()
        with self.assertRaises(PlanEmptyError):
            empty.action_collect()

    def test_collects_the_period(self):
        """R5.1.1: a plan takes what starts until its end, and only paper that no plan holds."""
        late, soon = (self.productions(self.create_order()) for _index in range(2))
        late.date_start = "2099-01-01 08:00:00"
        plan = self.create_plan(date_from="2026-01-01", date_to="2098-01-01")
        plan.action_collect()
        self.assertIn(soon, plan.production_ids)
        self.assertNotIn(late, plan.production_ids)
        self.assertNotIn(self.production, plan.production_ids)

    def test_return_with_a_reason(self):
        """R5.1.2: the supervisor returns a plan saying why, and planning submits it again."""
        self.plan.action_submit()
        back = self.plan.with_user(self.supervisor)
        dialog = back.action_return()
        wizard = self.env[dialog["res_model"]].with_user(self.supervisor).browse(dialog["res_id"])
        self.assertEqual(wizard.documents, self.plan.display_name)
        wizard.reason = "PM1 is down on Monday"
        wizard.action_apply()
        self.assertEqual(self.plan.state, "draft")
        self.assertEqual(self.plan.return_reason, "PM1 is down on Monday")
        self.assertFalse(self.plan.submitted_by_id)
        self.plan.action_submit()
        self.assertEqual(self.plan.state, "submitted")

    def test_departments_are_told(self):
        """R5.1.2: supervisors are asked; the approved plan goes to workshop, purchasing, equipment, warehouse."""
        self.plan.action_submit()
        asked = self.plan.sudo().activity_ids
        self.assertIn(self.supervisor, asked.user_id)
        self.plan.with_user(self.supervisor).action_approve()
        told = self.plan.sudo().activity_ids.user_id
        for name in ("workshop", "purchasing", "equipment", "warehouse"):
            self.assertIn(self.users[name], told)
        self.assertNotIn(self.supervisor, told)

    def test_figures(self):
        """R5.1.1: the plan shows its weight and the hours of each machine."""
        self.assertEqual(self.plan.total_kg, 1000)
        self.assertEqual(self.plan.production_count, 1)
        self.assertAlmostEqual(self.plan.total_hours, sum(self.production.workorder_ids.mapped("duration_expected")) / 60)
        self.assertIn("PM1", self.plan.load_summary)
        self.assertIn("Winder", self.plan.load_summary)

    def test_cancelled_plan_frees_its_orders(self):
        """R5.1.1: the orders of a cancelled plan wait for another one."""
        self.plan.action_submit()
        self.plan.with_user(self.supervisor).action_approve()
        with self.assertRaises(PlanApprovalError):
            self.plan.action_cancel()
        self.plan.with_user(self.supervisor).action_cancel()
        self.assertFalse(self.production.paper_plan_id or self.production.is_planned)
        other = self.create_plan()
        other.action_collect()
        self.assertIn(self.production, other.production_ids)
