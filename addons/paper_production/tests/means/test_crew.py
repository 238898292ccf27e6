from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import Command
from odoo.addons.paper_production.exceptions import (
    CrewAssignmentError,
    CrewPlanError,
    SkillMissingError,
    TrainingError,
)
from odoo.addons.paper_production.lib.rota import FOUR_TEAMS, on_duty
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestCrew(PaperProductionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env.company._paper_today()
        cls.kind = cls.env["hr.skill.type"].create(
            {
                "name": "Machines",
                "is_certification": True,
                "skill_ids": [Command.create({"name": "Tender"}), Command.create({"name": "Winding"})],
                "skill_level_ids": [Command.create({"name": "Sound", "level_progress": 60, "default_level": True})],
            }
        )
        cls.tender, cls.winding = cls.kind.skill_ids
        cls.person = cls.employee("Operator", user_id=cls.operator.id)
        cls.master = cls.employee("Master", cls.tender)

    @classmethod
    def employee(cls, name, *skills, valid_to=False, **vals):
        employee = cls.env["hr.employee"].create({"name": name, "company_id": cls.env.company.id, **vals})
        cls.env["hr.employee.skill"].create(
            [
                {
                    "employee_id": employee.id,
                    "skill_id": skill.id,
                    "skill_level_id": cls.kind.skill_level_ids.id,
                    "skill_type_id": cls.kind.id,
                    "valid_from": cls.today - timedelta(days=400),
                    "valid_to": valid_to,
                }
                for skill in skills
            ]
        )
        return employee

    def work(self):
        production = self.productions(self.create_order())
        self.approved_plan(production)
        return production.workorder_ids[0].with_user(self.operator)

    def ask(self, **vals):
        return self.env["paper.skill.demand"].with_user(self.planner).create({"skill_id": self.tender.id, **vals})

    def training(self, **vals):
        return self.env["paper.training"].with_user(self.planner).create(
            {"name": "Tending PM1", "skill_id": self.tender.id, "skill_level_id": self.kind.skill_level_ids.id, **vals}
        )

    def test_refused_trained_starts(self):
        """R5.2.3: who lacks the skill is refused by name; with the certificate of a training the work begins."""
        self.ask(workcenter_id=self.machine.id)
        work = self.work()
        for way in (lambda: work.button_start(), lambda: work.write({"state": "progress"}), lambda: work.button_finish()):
            with self.assertRaises(SkillMissingError) as refused:
                way()
        self.assertIn("Tender", str(refused.exception))
        training = self.training(participant_ids=[Command.create({"employee_id": self.person.id})])
        with self.assertRaises(TrainingError):
            training.action_hold()
        training.participant_ids.result = "passed"
        training.action_hold()
        self.assertEqual(training.participant_ids.valid_to, self.today + relativedelta(months=24))
        work.button_start()
        self.assertEqual(work.state, "progress")
        with self.assertRaises(TrainingError):
            training.participant_ids.result = "failed"

    def test_nothing_asked_for(self):
        """R5.2.3: where no skill is asked for, nobody is stopped; another machine's or grade's skill is not asked for."""
        self.ask(workcenter_id=self.winder.id)
        self.ask(grade_id=self.env["paper.grade"].create({"name": "New grade"}).id)
        self.work().button_start()

    def test_expired_certificate(self):
        """R5.2.3: an expired certificate is none, nor is a lower level."""
        self.ask()
        self.learn(valid_to=self.today - timedelta(days=1))
        with self.assertRaises(SkillMissingError):
            self.work().button_start()

    def learn(self, valid_to):
        self.env["hr.employee.skill"].create(
            {
                "employee_id": self.person.id,
                "skill_id": self.tender.id,
                "skill_level_id": self.kind.skill_level_ids.id,
                "skill_type_id": self.kind.id,
                "valid_from": self.today - timedelta(days=300),
                "valid_to": valid_to,
            }
        )

    def test_trainee_under_supervision(self):
        """R5.2.3: a trainee works under somebody who has the skill, not alone, nor under who lacks it."""
        self.ask()
        work, taking = self.work(), {"employee_id": self.person.id}
        training = self.training(participant_ids=[Command.create(taking)])
        with self.assertRaises(SkillMissingError):
            work.button_start()
        training.participant_ids.supervisor_id = self.employee("Ignorant")
        with self.assertRaises(SkillMissingError):
            work.button_start()
        training.participant_ids.supervisor_id = self.master
        work.button_start()

    def test_supervisor_overrides(self):
        """R5.2.3: the supervisor who amends the plan, saying why, begins the work without the skill."""
        self.ask()
        work = self.work()
        self.amend(work.sudo().production_id.paper_plan_id, "Only he is here tonight")
        work.with_user(self.supervisor).button_start()

    def crews(self, *skills, people=1):
        """Let PM1 work in three shifts that need a person of each skill, and four teams be there."""
        self.machine.resource_calendar_id.tz = "UTC"
        shifts = self.env["resource.calendar"].create(
            [
                {
                    "name": name,
                    "tz": "UTC",
                    "attendance_ids": [Command.clear()]
                    + [
                        Command.create({"name": name, "dayofweek": str(day), "hour_from": start, "hour_to": start + 8})
                        for day in range(7)
                    ],
                }
                for name, start in (("Night", 0), ("Morning", 8), ("Evening", 16))
            ]
        )
        self.env["paper.crew.capacity"].create(
            [
                {"workcenter_id": self.machine.id, "calendar_id": shift.id, "skill": skill.name, "skill_id": skill.id,
                 "needed": people, "available": people}
                for shift in shifts
                for skill in skills
            ]
        )
        offsets = zip("ABCD", (0, 2, 4, 6), strict=True)
        self.teams = self.env["paper.crew.team"].create([{"name": name, "offset": offset} for name, offset in offsets])
        self.people = {team: self.employee(f"Of {team.name}", *skills) for team in self.teams}
        for team, person in self.people.items():
            team.employee_ids = person
        return shifts

    def plan(self, **vals):
        return self.env["paper.crew.plan"].with_user(self.planner).create(
            {
                "workcenter_ids": [Command.set(self.machine.ids)],
                "date_from": self.today,
                "date_to": self.today + timedelta(days=27),
                **vals,
            }
        )

    def leave(self, employee, day, days=1):
        begin = self.env.company._paper_day_begins(day)
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "resource_id": employee.resource_id.id,
                "date_from": begin,
                "date_to": begin + timedelta(days=days),
                "time_type": "leave",
                "calendar_id": False,
                "company_id": employee.company_id.id,
            }
        )

    def test_28_days_of_four_crews(self):
        """R5.2.3: 28 days × 3 shifts of four teams are 84 places; a relief takes one of two leaves, one gap is named."""
        shifts = self.crews(self.tender)
        relief, learner = self.employee("Relief", self.tender), self.employee("Learner", self.winding)
        self.env["paper.crew.team"].create(
            {"name": "Reliefs", "is_relief": True, "employee_ids": [Command.set((relief | learner).ids)]}
        )
        day = self.today + timedelta(days=10)
        duty = {on_duty(FOUR_TEAMS, team.offset, day): team for team in self.teams}
        self.leave(self.people[duty["M"]], day)
        self.leave(self.people[duty["E"]], day)
        plan = self.plan()
        plan.action_assign()
        self.assertEqual((plan.assignment_count, plan.gap_count), (83, 1))
        extra = plan.assignment_ids.filtered("is_extra")
        self.assertEqual((extra.employee_id, extra.date), (relief, day))
        gap = plan.gap_ids
        self.assertEqual((gap.date, gap.skill_id, gap.missing), (day, self.tender, 1))
        self.assertIn(learner.name, gap.could)
        plan.action_confirm()
        short = self.env["paper.crew.capacity"].search([("crew_plan_id", "=", plan.id)])
        self.assertEqual((short.calendar_id, short.date_from, short.date_to, short.available), (shifts[2], day, day, 0))
        self.assertFalse(short.is_manned)
        with self.assertRaises(CrewAssignmentError):
            plan.assignment_ids[0].employee_id = relief
        plan.action_draft()
        self.assertFalse(short.exists())

    def test_two_shifts_at_once(self):
        """R5.2.3: nobody has two shifts at once or without rest, works on leave, or without the valid skill."""
        shifts = self.crews(self.tender)
        plan, person = self.plan(), self.people[self.teams[0]]
        values = {
            "crew_plan_id": plan.id, "date": self.today, "workcenter_id": self.machine.id, "skill_id": self.tender.id,
            "calendar_id": shifts[0].id, "employee_id": person.id,
        }
        assignments = self.env["paper.crew.assignment"].with_user(self.planner)
        assignments.create(values)
        for wrong in (
            {"calendar_id": shifts[0].id},
            {"calendar_id": shifts[1].id},
            {"skill_id": self.winding.id, "date": self.today + timedelta(days=5)},
        ):
            with self.assertRaises(CrewAssignmentError), self.env.cr.savepoint():
                assignments.create({**values, **wrong})
        assignments.create({**values, "date": self.today + timedelta(days=1)})
        self.leave(person, self.today + timedelta(days=7))
        with self.assertRaises(CrewAssignmentError), self.env.cr.savepoint():
            assignments.create({**values, "date": self.today + timedelta(days=7)})

    def test_a_crew_of_nobody(self):
        """R5.2.3: a plan without people, without a skill asked for, or of a pattern without rest is refused."""
        plan = self.plan()
        with self.assertRaises(CrewPlanError):
            plan.action_assign()
        with self.assertRaises(CrewPlanError):
            plan.action_confirm()
        for pattern in ("NNMMEE", "NNNNNNN-", "AB-"):
            with self.assertRaises(CrewPlanError), self.env.cr.savepoint():
                self.plan(pattern=pattern)
