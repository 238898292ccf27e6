from datetime import timedelta

from odoo import Command, fields
from odoo.addons.paper_production.exceptions import (
    BreakdownError,
    ContingencyError,
    ContingencyRightError,
    SetupOpenError,
    SetupRightError,
    SetupStateError,
)
from odoo.addons.paper_production.tests.campaign.common import PaperCampaignCommon
from odoo.tests import tagged

TASKS = ("Wash the pulper", "Change the felt", "Clean the headbox", "Set the press", "Test the shade")


@tagged("post_install", "-at_install")
class TestEquipment(PaperCampaignCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.machine.alternative_workcenter_ids = False
        cls.engineer = cls.users["equipment"]
        cls.template = cls.env["paper.setup.template"].with_user(cls.engineer).create(
            {
                "name": "Another paper",
                "workcenter_id": cls.machine.id,
                "on_weight": False,
                "line_ids": [
                    Command.create({"sequence": place, "name": name, "minutes": 10 * (place + 1)})
                    for place, name in enumerate(TASKS)
                ],
            }
        )
        cls.press = cls.env["maintenance.equipment"].create({"name": "Press", "paper_workcenter_id": cls.machine.id})

    def white_and_grey(self):
        white, grey = self.order(80), self.order(80, grade=self.grey)
        self.rule("changeover", minutes=30)
        return self.in_force(white | grey), white, grey

    def test_a_campaign_waits_for_its_set_up(self):
        """R5.2.2: a change of paper has its five tasks, due when the campaign begins; it does not start without them."""
        plan, white, grey = self.white_and_grey()
        setups = plan.setup_ids.sorted("due")
        self.assertEqual(len(setups), 2)
        second = setups[1]
        campaign = plan.version_id.campaign_ids.sorted("date_from")[1]
        self.assertEqual((second.due, second.minutes, second.campaign_id), (campaign.date_from, 150, campaign))
        self.assertEqual(second.task_ids.mapped("name"), list(TASKS))
        work = campaign.line_ids.production_id.workorder_ids[0].with_user(self.operator)
        with self.assertRaises(SetupOpenError) as refused:
            work.button_start()
        self.assertIn("Change the felt", str(refused.exception))
        with self.assertRaises(SetupOpenError):
            work.write({"state": "progress"})
        with self.assertRaises(SetupOpenError):
            work.button_finish()
        with self.assertRaises(SetupOpenError):
            self.env["mrp.workcenter.productivity"].with_user(self.operator).create(
                {
                    "workorder_id": work.id,
                    "workcenter_id": self.machine.id,
                    "loss_id": self.env["mrp.workcenter.productivity.loss"].search([], limit=1).id,
                    "date_start": fields.Datetime.now(),
                }
            )
        own = second.with_user(self.engineer)
        own.task_ids[:4].action_done()
        with self.assertRaises(SetupOpenError):
            work.button_start()
        own.task_ids[4].action_done()
        self.assertEqual((second.state, second.done_by_id), ("done", self.engineer))
        work.button_start()
        self.assertEqual(work.state, "progress")

    def test_the_supervisor_waives(self):
        """R5.2.2: the supervisor alone lets a campaign start without its set-up, and says why; nobody writes the state."""
        plan, _white, _grey = self.white_and_grey()
        setup = plan.setup_ids.sorted("due")[0]
        with self.assertRaises(SetupRightError):
            setup.with_user(self.engineer).action_waive("No time")
        with self.assertRaises(SetupStateError):
            setup.with_user(self.engineer).write({"state": "done"})
        with self.assertRaises(SetupStateError):
            setup.task_ids[0].with_user(self.engineer).write({"done_on": fields.Datetime.now()})
        setup.with_user(self.supervisor).action_waive("Washed with the last campaign")
        self.assertEqual(setup.state, "waived")
        setup.campaign_id.line_ids.production_id.workorder_ids[0].with_user(self.operator).button_start()

    def test_nothing_asked_for_nobody_stopped(self):
        """R5.2.2: a machine without a checklist is set up without tasks."""
        self.template.active = False
        plan, white, _grey = self.white_and_grey()
        self.assertFalse(plan.setup_ids)

    def test_contingency(self):
        """R5.2.2: a contingency plan whose machines cannot make the paper is not reviewed; who wrote it does not review it."""
        plans = self.env["paper.contingency"].with_user(self.engineer)
        spec = self.create_spec(basis_weight=300)
        plan = plans.create({"name": "The press breaks", "workcenter_id": self.machine.id, "spec_ids": [Command.set(spec.ids)]})
        reviewer = plan.with_user(self.supervisor)
        with self.assertRaises(ContingencyError):
            reviewer.action_review()
        plan.alternative_ids = self.second_machine
        self.env["paper.machine.capability"].create(
            {"workcenter_id": self.second_machine.id, "basis_weight_min": 60, "basis_weight_max": 120}
        )
        with self.assertRaises(ContingencyError):
            reviewer.action_review()
        plan.spec_ids = self.create_spec(basis_weight=80)
        with self.assertRaises(ContingencyRightError):
            plan.action_review()
        reviewer.action_review()
        self.assertEqual(plan.reviewed_by_id, self.supervisor)
        self.assertTrue(plan.next_drill)
        with self.assertRaises(ContingencyError):
            plan.measures = "Something else"
        plan.action_drill()
        self.assertEqual(plan.drill_date, self.env.company._paper_today())

    def test_an_a_machine_without_contingency(self):
        """R5.2.2: a plan on an A machine without a reviewed contingency plan says so."""
        self.machine.paper_criticality = "a"
        plan, _white, _grey = self.white_and_grey()
        self.assertIn(self.machine.name, plan.means_warning)

    def test_breakdown(self):
        """R5.2.2: a breakdown (P7) closes the machine until its estimate, tells, and proposes the plan anew."""
        self.template.active = False
        plan, _white, _grey = self.white_and_grey()
        report = self.env["paper.breakdown"].with_user(self.operator)
        with self.assertRaises(BreakdownError):
            report.create({"workcenter_id": self.machine.id, "description": ".", "hours": 5}).action_report()
        with self.assertRaises(BreakdownError):
            report.create({"workcenter_id": self.machine.id, "description": "Bearing", "hours": 0}).action_report()
        report.create({"workcenter_id": self.machine.id, "description": "Bearing", "hours": 120}).action_report()
        request = self.env["maintenance.request"].search([("equipment_id", "=", self.press.id)])
        self.assertTrue(request.paper_leave_id)
        self.assertEqual(request.maintenance_type, "corrective")
        self.assertTrue(plan.disturbed)
        proposed = plan.version_ids.filtered(lambda one: one.kind == "replanned")
        self.assertEqual(proposed.state, "proposed")
        self.assertGreaterEqual(proposed.campaign_ids.sorted("date_from")[0].date_to, request.schedule_end)
        for user in (self.planner, self.supervisor, self.operator):
            self.assertTrue(self.told(plan, user), user.login)

    def test_maintenance_by_tonnage(self):
        """R5.2.2: after its tonnes the maintenance of equipment is asked for, once until it is done."""
        self.template.active = False
        self.press.paper_tonnage_every = 8
        plan, white, _grey = self.white_and_grey()
        self.make(white if white.paper_campaign_id == plan.version_id.campaign_ids.sorted("date_from")[0] else _grey)
        self.press.invalidate_recordset()
        self.assertEqual(self.press.paper_tonnage, 10)
        self.env["maintenance.equipment"]._paper_watch_tonnage()
        self.env["maintenance.equipment"]._paper_watch_tonnage()
        asked = self.press.maintenance_ids.filtered("paper_by_tonnage")
        self.assertEqual(len(asked), 1)

    def test_overhaul_closes_the_machine(self):
        """R5.2.2: an overhaul is a closure that campaigns go around."""
        self.template.active = False
        begin = self.now + timedelta(hours=1)
        self.env["maintenance.request"].create(
            {
                "name": "Overhaul",
                "equipment_id": self.press.id,
                "maintenance_type": "preventive",
                "paper_is_overhaul": True,
                "schedule_date": begin,
                "schedule_end": begin + timedelta(days=3),
            }
        )
        plan, _white, _grey = self.white_and_grey()
        self.assertGreaterEqual(max(plan.version_id.campaign_ids.mapped("date_to")), begin + timedelta(days=3))
