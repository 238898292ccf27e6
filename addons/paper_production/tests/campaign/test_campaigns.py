from odoo.addons.paper_base.exceptions import StepFieldError
from odoo.addons.paper_production.exceptions import (
    PlanApprovalError,
    PlanInputError,
    PlanOvertakenError,
    PlanRuleError,
    PlanStaleError,
    PlanStateError,
    SheetConfirmedError,
)
from odoo.addons.paper_production.tests.campaign.common import PaperCampaignCommon
from odoo.exceptions import AccessError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestCampaigns(PaperCampaignCommon):
    def test_orders_become_campaigns(self):
        """R5.1.1: orders of one paper become one campaign; the sequence keeps the rules, with its figures and bound."""
        self.machine.alternative_workcenter_ids = False
        self.rule("changeover", minutes=30)
        self.rule("largest_step", step_percent=20)
        white, heavy, middle = self.order(80), self.order(110), self.order(95)
        again = self.order(80)
        version = self.computed(white | heavy | middle | again).version_id
        campaigns = version.campaign_ids.sorted("date_from")
        self.assertIn(campaigns.mapped("basis_weight"), ([80, 95, 110], [110, 95, 80]))
        self.assertEqual(campaigns.filtered(lambda one: one.basis_weight == 80).line_ids.production_id, white | again)
        self.assertEqual((version.broken, version.late_count), (0, 0))
        self.assertAlmostEqual(version.changeover_hours, 1)
        self.assertAlmostEqual(version.busy_hours, 41, places=1)
        self.assertLessEqual(version.bound_hours, version.busy_hours)
        self.assertGreaterEqual(campaigns[0].date_from, self.now)

    def test_versions_are_compared_and_chosen(self):
        """R5.1.1: each computing is a version; planning chooses one of them, and nobody else."""
        plan = self.computed(self.order())
        first = plan.version_id
        plan.action_compute()
        self.assertEqual(sorted(plan.version_ids.mapped("number")), [1, 2])
        with self.assertRaises(PlanApprovalError):
            first.with_user(self.operator).action_choose()
        first.with_user(self.planner).action_choose()
        self.assertEqual(plan.version_id, first)
        self.assertTrue(first.is_chosen)

    def test_what_breaks_a_rule_is_not_submitted(self):
        """R5.1.1: a conflict is named, and a plan with one is not submitted."""
        self.rule("largest_step", step_percent=10)
        self.machine.alternative_workcenter_ids = False
        plan = self.computed(self.order(80) | self.order(120))
        self.assertEqual(plan.version_id.broken, 1)
        with self.assertRaisesRegex(PlanRuleError, r"PM1 Offset .*Largest Step of Basis Weight.*10 %"):
            plan.action_submit()
        self.assertEqual(plan.state, "draft")

    def test_rules_that_contradict_each_other_are_named(self):
        """R5.1.1: rules that cannot hold together are named before anything is computed; a rule without its figure is refused."""
        plan = self.create_plan(self.order())
        self.rule("minimum_run", minimum_kg=5000)
        self.rule("minimum_run", minimum_kg=8000)
        with self.assertRaisesRegex(PlanRuleError, "contradict each other: Minimum Run.*5000.*8000"):
            plan.action_compute()
        with self.assertRaises(PlanRuleError):
            self.rule("largest_step")
        with self.assertRaises(AccessError):
            self.env["paper.plan.rule"].with_user(self.operator).create({"kind": "minimum_run", "minimum_kg": 1})

    def test_what_cannot_be_planned_is_named_line_by_line(self):
        """R5.1.1: orders that no machine can make are named, each with its reason."""
        heavy, good = self.order(300), self.order(80)
        for machine in self.machine | self.second_machine:
            self.env["paper.machine.capability"].create(
                {"workcenter_id": machine.id, "basis_weight_min": 50, "basis_weight_max": 120}
            )
        plan = self.create_plan(heavy | good)
        with self.assertRaises(PlanInputError) as refused:
            plan.action_compute()
        self.assertIn(heavy.name, str(refused.exception))
        self.assertNotIn(good.name, str(refused.exception))
        self.assertFalse(plan.version_ids)

    def test_an_approved_plan_is_made_as_its_campaigns_say(self):
        """R5.1.1, R5.1.2: the work orders of the paper machines run in the hours and on the machine of their campaign."""
        self.rule("changeover", minutes=30)
        productions = self.order(80) | self.order(90) | self.order(80)
        plan = self.in_force(productions)
        for campaign in plan.version_id.campaign_ids:
            works = campaign.production_ids.workorder_ids.filtered(lambda work: work._paper_is_web())
            self.assertEqual(works.workcenter_id, campaign.workcenter_id)
            self.assertAlmostEqual((min(works.mapped("date_start")) - campaign.date_from).total_seconds(), 0, delta=120)
            self.assertAlmostEqual((max(works.mapped("date_finished")) - campaign.date_to).total_seconds(), 0, delta=120)
            slots = self.env["paper.slot.reservation"].search([("workorder_id", "in", works.ids)])
            self.assertEqual(slots.campaign_id, campaign)
        self.assertEqual(plan.version_id.state, "in_force")

    def test_a_plan_whose_orders_changed_is_computed_again(self):
        """R5.1.2: a version that was computed for other orders is not approved."""
        plan = self.computed(self.order())
        late = self.order()
        late.with_user(self.planner).write({"paper_plan_id": plan.id})
        with self.assertRaisesRegex(PlanStaleError, late.name):
            plan.action_submit()

    def test_departments_confirm_their_sheets(self):
        """R5.1.2: each department gets its sheet, which it alone confirms; it is told until it does."""
        plan = self.in_force(self.order())
        sheets = {sheet.department: sheet for sheet in plan.sheet_ids}
        self.assertEqual(set(sheets), {"workshop", "equipment", "purchasing", "warehouse"})
        sheet = sheets["workshop"]
        self.assertTrue(self.told(sheet, self.operator))
        self.assertIn("PM", sheet.with_user(self.operator).content)
        self.assertIn("Pulp", sheets["purchasing"].with_user(self.users["purchasing"]).content)
        with self.assertRaises(SheetConfirmedError):
            sheet.with_user(self.users["purchasing"]).action_confirm()
        sheet.with_user(self.operator).action_confirm()
        self.assertEqual(sheet.confirmed_by_id, self.operator)
        self.assertFalse(self.told(sheet, self.operator))
        with self.assertRaises(SheetConfirmedError):
            sheet.with_user(self.operator).action_confirm()

    def test_the_last_date_for_changes_is_told(self):
        """R5.1.2: an order says until when it can be changed: the freeze fence before its campaign."""
        (self.machine | self.second_machine).paper_freeze_hours = 24
        production = self.order()
        plan = self.in_force(production)
        begin = plan.version_id.campaign_ids.date_from
        self.assertEqual((begin - production.paper_change_until).total_seconds(), 24 * 3600)

    def test_a_sheet_is_printed(self):
        """R5.1.2: a sheet is on paper what it is on the screen."""
        sheet = self.in_force(self.order()).sheet_ids.filtered(lambda one: one.department == "equipment")
        html = self.env["ir.actions.report"]._render_qweb_html("paper_production.report_plan_sheet", sheet.ids)[0].decode()
        self.assertIn("Offset 80 g/m²", html)

    def test_a_version_is_nobodys_to_write(self):
        """R5.1.2: versions, campaigns and sheets are written by their steps alone."""
        plan = self.computed(self.order())
        campaign = plan.version_id.campaign_ids
        for user in (self.planner, self.supervisor):
            with self.assertRaises(StepFieldError):
                campaign.with_user(user).sudo().write({"kg": 5})
        with self.assertRaises(PlanStateError):
            plan.with_user(self.planner).write({"version_id": False})


@tagged("post_install", "-at_install")
class TestBoard(PaperCampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule("changeover", minutes=30)
        cls.rule("forbidden", from_grade_id=cls.grey.id, to_grade_id=cls.grade.id)
        cls.machine.alternative_workcenter_ids = False
        cls.white, cls.middle, cls.dark = cls.order(80), cls.order(90), cls.order(80, grade=cls.grey)
        cls.plan = cls.computed(cls.white | cls.middle | cls.dark)
        cls.version = cls.plan.version_id.with_user(cls.planner)

    def campaign(self, production):
        return self.version.campaign_ids.filtered(lambda one: production in one.line_ids.production_id)

    def sequence(self):
        return [one.line_ids.production_id for one in self.version.campaign_ids.sorted("date_from")]

    def move(self, production, before=None, revision=None, user=None):
        version, target = self.version.with_user(user or self.planner), before and self.campaign(before).id
        return version.move_campaign(
            self.campaign(production).id, self.machine.id, target, self.version.revision if revision is None else revision
        )

    def test_a_campaign_is_moved_refused_and_moved_back(self):
        """R5.1.1: planning moves a campaign; what breaks a rule is refused in a sentence; the last change is undone."""
        begin = self.sequence()
        self.assertEqual(begin[-1], self.dark)
        self.move(begin[1], before=begin[0])
        self.assertEqual(self.sequence(), [begin[1], begin[0], self.dark])
        self.assertEqual(self.version.revision, 1)
        with self.assertRaisesRegex(PlanRuleError, "Forbidden Change Grey → Offset"):
            self.move(self.dark, before=self.sequence()[0])
        self.version.undo_move(1)
        self.assertEqual(self.sequence(), begin)
        with self.assertRaises(PlanStateError):
            self.version.undo_move(2)

    def test_two_planners_lose_nothing(self):
        """R5.1.1: who looks at an older state is told so; the other's change stays."""
        begin = self.sequence()
        self.move(begin[1], before=begin[0])
        with self.assertRaisesRegex(PlanOvertakenError, "Somebody else changed"):
            self.move(begin[0], before=begin[1], revision=0)
        self.assertEqual(self.sequence()[0], begin[1])

    def test_who_moves_when(self):
        """R5.1.2: planning moves in a draft, the supervisor what is before him, nobody what is approved."""
        begin = self.sequence()
        self.plan.action_submit()
        with self.assertRaises(PlanStateError):
            self.move(begin[1], before=begin[0])
        self.move(begin[1], before=begin[0], user=self.supervisor)
        self.plan.with_user(self.supervisor).action_approve()
        with self.assertRaises(PlanStateError):
            self.move(begin[0], before=begin[1], user=self.supervisor)
        with self.assertRaises(AccessError):
            self.move(begin[0], before=begin[1], user=self.operator)

    def test_the_board_says_what_the_plan_says(self):
        """R5.1.1: the board shows machines, campaigns, shifts and late orders; it takes few queries, however many there are."""
        versions = self.env["paper.plan.version"].with_user(self.planner)
        board = versions.campaign_board(self.version.id, days=7)
        self.assertEqual([machine["name"] for machine in board["machines"]], ["PM1"])
        self.assertEqual(len(board["machines"][0]["campaigns"]), 3)
        self.assertTrue(board["version"]["may"])
        self.assertFalse(versions.with_user(self.operator).campaign_board(self.version.id)["version"]["may"])
        values = self.version.campaign_ids[0]._prepare_copy()
        many = [{**values, "version_id": self.version.id, "line_ids": []} for _number in range(197)]
        self.version.campaign_ids.browse().sudo()._by_step().create(many)
        self.env.flush_all()
        self.env.invalidate_all()
        versions.campaign_board(self.version.id, days=60)  # the rules of access are read once for everybody
        self.env.invalidate_all()
        versions.env.user.partner_id.mapped("tz")  # who asks is known before anything is asked
        before = self.env.cr.sql_log_count
        board = versions.campaign_board(self.version.id, days=60)
        self.assertEqual(len(board["machines"][0]["campaigns"]), 200)
        self.assertLessEqual(self.env.cr.sql_log_count - before, 15)
