from datetime import timedelta

from odoo.addons.paper_production.exceptions import PlanApprovalError, PlanInputError, PlanOvertakenError, PlanStateError
from odoo.addons.paper_production.tests.campaign.common import PaperCampaignCommon
from odoo.addons.paper_production.tests.levels_common import PaperLevelsCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestReplan(PaperCampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.machine.alternative_workcenter_ids = False
        cls.rule("changeover", minutes=30)
        cls.first, cls.second = cls.order(80, 40), cls.order(95, 40)
        cls.plan = cls.in_force(cls.first | cls.second)
        cls.version = cls.plan.version_id
        cls.begun, cls.waiting = (one.line_ids.production_id for one in cls.version.campaign_ids.sorted("date_from"))

    def web(self, production):
        return production.workorder_ids.filtered(lambda work: work._paper_is_web())

    def test_a_breakdown_is_told(self):
        """R5.3.3: a machine that stands still five days over what is planned on it is told to planning, the supervisor, the
        workshop and the sales of each order."""
        self.close(self.machine, self.now + timedelta(hours=20), 5)
        self.env["paper.production.plan"]._cron_watch()
        self.assertIn("PM1 lacks", self.plan.disturbed)
        for user in (self.planner, self.supervisor, self.operator):
            self.assertTrue(self.told(self.plan, user), user.login)
        order = self.first.sudo()._paper_orders()
        self.assertIn("may be late", self.told(order, self.seller).mapped("summary")[0])
        told = len(self.plan.sudo().activity_ids)
        self.env["paper.production.plan"]._cron_watch()
        self.assertEqual(len(self.plan.sudo().activity_ids), told)

    def test_what_if_keeps_nothing(self):
        """R5.1.2: what a rush order would move is said, and nothing is kept of it."""
        rush = self.order(80, 10, due=1)
        replan = self.env["paper.plan.replan"].with_user(self.planner).create({"plan_id": self.plan.id, "added_ids": rush.ids})
        replan.action_what_if()
        self.assertIn(f"({rush.name}): new, on PM1", replan.outcome)
        self.assertEqual(self.plan.version_ids, self.version)
        self.assertFalse(rush.paper_plan_id)
        with self.assertRaises(PlanInputError):
            replan.action_keep()

    def test_a_plan_made_anew_takes_the_place_of_the_old_one(self):
        """R5.1.2, R5.3.3: after a breakdown the plan is made anew; what has begun stays, the version says what moved, the
        supervisor puts it in force with a reason, the work orders follow, and the departments get new sheets."""
        begun, waiting = self.begun, self.waiting
        self.web(begun).with_user(self.operator).button_start()
        self.close(self.machine, self.now + timedelta(hours=20), 5)
        was = self.web(waiting).date_start
        rush = self.order(80, 10, due=2)
        replan = self.env["paper.plan.replan"].with_user(self.planner).create(
            {"plan_id": self.plan.id, "reason": "The press of PM1 is broken", "added_ids": rush.ids}
        )
        replan.action_keep()
        version = self.plan.version_ids.sorted("number")[-1]
        self.assertEqual((version.state, version.kind, self.plan.version_id), ("proposed", "replanned", self.version))
        self.assertIn(waiting.name, version.difference)
        self.assertNotIn(begun.name, version.difference.replace(waiting.name, ""))
        with self.assertRaises(PlanApprovalError):
            version.with_user(self.planner).action_put_in_force("It is broken")
        own = self.plan.with_user(self.supervisor)._replan("My own")
        with self.assertRaisesRegex(PlanStateError, "somebody else"):
            own.action_put_in_force("My own")
        version.with_user(self.supervisor).action_put_in_force("It is broken")
        self.assertEqual((version.state, self.version.state, self.plan.version_id), ("in_force", "superseded", version))
        self.assertGreater(self.web(waiting).date_start, was + timedelta(days=4))
        self.assertEqual(rush.paper_plan_id, self.plan)
        self.assertTrue(self.web(rush).date_start)
        self.assertEqual(self.web(begun).state, "progress")
        changes = self.plan.change_ids
        self.assertIn(waiting, changes.production_id)
        self.assertEqual(set(changes.mapped("reason")), {"It is broken"})
        self.assertEqual(set(version.sheet_ids.mapped("department")), {"workshop", "equipment", "purchasing", "warehouse"})
        self.assertFalse(self.version.sheet_ids[0].with_user(self.operator).can_confirm)
        order = waiting.sudo()._paper_orders()
        self.assertIn("It is broken", " ".join(self.told(order, self.seller).mapped("summary")))

    def test_the_second_of_two_is_overtaken(self):
        """R5.1.2: of two plans made anew from the same one the second is refused: nothing of the first would be left."""
        one, two = (self.plan._replan(reason, urgent=self.waiting) for reason in ("first", "second"))
        one.with_user(self.supervisor).action_put_in_force("first")
        with self.assertRaisesRegex(PlanOvertakenError, "Plan anew"):
            two.with_user(self.supervisor).action_put_in_force("second")
        self.assertEqual(self.plan.version_id, one)

    def test_what_is_frozen_stays(self):
        """R5.1.2: within the freeze fence nothing moves, whatever is urgent."""
        self.machine.paper_freeze_hours = 24 * 30
        places = self.version._places()
        version = self.plan._replan("A customer calls", urgent=self.waiting)
        self.assertEqual(version._places(), places)
        self.assertEqual(set(version.campaign_ids.mapped("is_fixed")), {True})

    def test_an_order_is_taken_out(self):
        """R5.1.2: an order that is not wanted any more is taken out, and waits for another plan."""
        version = self.plan._replan("Cancelled", without=self.waiting)
        self.assertIn("taken out", version.difference)
        version.with_user(self.supervisor).action_put_in_force("Cancelled")
        self.assertFalse(self.waiting.paper_plan_id)
        self.assertFalse(self.web(self.waiting).date_start)

    def test_a_cancelled_plan_leaves_no_to_do(self):
        """R5.1.2: the departments of a plan that was given up have nothing more to do for it; what was planned stays."""
        self.assertTrue(self.told(self.plan, self.operator))
        self.plan.with_user(self.supervisor).action_cancel()
        self.assertFalse(self.told(self.plan, self.operator))
        self.assertFalse(self.plan.sheet_ids.activity_ids)
        self.assertTrue(self.plan.line_ids)


@tagged("post_install", "-at_install")
class TestCampaignRuns(PaperLevelsCommon):
    def test_each_campaign_has_its_run(self):
        """R5.1.1: cuts of one paper in two campaigns have two runs of base paper, each before its cuts."""
        self.env.company.paper_plan_seconds = 2
        orders = [self.create_order(self.create_spec(basis_weight=weight), kg=5000, product=self.two) for weight in (80, 100)]
        plan = self.env["paper.production.plan"].with_user(self.planner).create({})
        cuts = self.productions(orders[0]) | self.productions(orders[1])
        cuts.with_user(self.planner).write({"paper_plan_id": plan.id})
        plan.action_compute()
        plan.action_submit()
        plan.with_user(self.supervisor).action_approve()
        plan = plan.sudo()
        self.assertEqual(len(self.runs(plan)), 2)
        self.assertEqual(self.runs(plan).paper_campaign_id, plan.version_id.campaign_ids)
        for run in self.runs(plan):
            campaign = run.paper_campaign_id
            cut = campaign.line_ids.production_id
            self.assertEqual(cut.paper_base_id, run.product_id)
            self.assertGreaterEqual(min(cut.workorder_ids.mapped("date_start")), run.date_finished)
            self.assertAlmostEqual((run.workorder_ids[0].date_start - campaign.date_from).total_seconds(), 0, delta=120)
