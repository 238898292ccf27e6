from collections import defaultdict
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering

from ...exceptions import CrewPlanError, CrewPlanRightError
from ...lib import rota

PLANNING = "paper_base.group_planning"
SUPERVISOR = "paper_base.group_supervisor"
DRAFT = {"draft": (PLANNING, SUPERVISOR)}
MOST_DAYS = 62


class PaperCrewPlan(models.Model):
    """Who works which shift in a period: teams rotate, people are assigned by skill with their rest and leave, gaps are named
    (R5.2.3). Planning makes it; once confirmed, the shifts of the machines have as many people as it says."""

    _name = "paper.crew.plan"
    _description = "Crew Plan"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin"]
    _order = "date_from desc, id desc"
    _check_company_auto = True

    _steps = {
        "draft": {"confirmed": (PLANNING, SUPERVISOR), "cancelled": (PLANNING, SUPERVISOR)},
        "confirmed": {"draft": (PLANNING, SUPERVISOR)},
        "cancelled": {"draft": (PLANNING, SUPERVISOR)},
    }
    _step_verbs = {"confirm": "confirmed", "cancel": "cancelled", "draft": "draft"}
    _acts = {"assign": (("draft",), (PLANNING, SUPERVISOR))}
    _entering = {
        "confirmed": Entering(check="_check_confirmed", then="_action_confirmed"),
        "draft": Entering(then="_drop_head_counts"),
        "cancelled": Entering(then="_drop_head_counts"),
    }
    _state_error = CrewPlanError
    _right_error = CrewPlanRightError
    _field_error = CrewPlanError
    _locked_error = CrewPlanError
    _evidence_states = ()

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, by_hand=DRAFT
    )
    state = fields.Selection(
        [("draft", "Draft"), ("confirmed", "Confirmed"), ("cancelled", "Cancelled")],
        required=True,
        default="draft",
        tracking=True,
        by_steps=True,
    )
    date_from = fields.Date(
        string="From", required=True, default=lambda self: self.env.company._paper_today(), by_hand=DRAFT
    )
    date_to = fields.Date(
        string="To",
        required=True,
        default=lambda self: self.env.company._paper_today() + timedelta(days=27),
        by_hand=DRAFT,
    )
    pattern = fields.Char(
        required=True,
        default=rota.FOUR_TEAMS,
        by_hand=DRAFT,
        help="Shifts of a team day by day: N night, M morning, E evening, - off. NNMMEE-- is four teams on three shifts.",
    )
    workcenter_ids = fields.Many2many("mrp.workcenter", string="Machines", check_company=True, by_hand=DRAFT)
    assignment_ids = fields.One2many("paper.crew.assignment", "crew_plan_id", string="Assignments", by_hand=DRAFT)
    gap_ids = fields.One2many("paper.crew.gap", "crew_plan_id", string="Gaps", readonly=True)
    assignment_count = fields.Integer(string="Number of Assignments", compute="_compute_counts")
    gap_count = fields.Integer(string="Number of Gaps", compute="_compute_counts")
    can_assign = fields.Boolean(compute="_compute_can_steps")
    can_confirm = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")
    can_draft = fields.Boolean(compute="_compute_can_steps")

    _dates_in_order = models.Constraint("CHECK(date_from <= date_to)", "A crew plan cannot end before it begins.")

    @api.depends("date_from", "date_to")
    def _compute_name(self):
        for plan in self:
            plan.name = f"{plan.date_from or ''} – {plan.date_to or ''}"

    @api.depends("name")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = plan.name

    @api.depends("assignment_ids", "gap_ids")
    def _compute_counts(self):
        for plan in self:
            plan.assignment_count, plan.gap_count = len(plan.assignment_ids), len(plan.gap_ids)

    @api.constrains("pattern", "date_from", "date_to")
    def _check_pattern(self):
        words = {
            "letters": self.env._("N, M, E and - are the letters of a pattern."),
            "off": self.env._("A pattern needs days off."),
            "row": self.env._("Nobody works more than %s days in a row.", rota.MOST_DAYS),
        }
        for plan in self:
            found = rota.fault(plan.pattern or "")
            if found:
                raise CrewPlanError(words[found])
            if (plan.date_to - plan.date_from).days >= MOST_DAYS:
                raise CrewPlanError(self.env._("A crew plan covers %s days at most.", MOST_DAYS))

    # Assigning

    def action_assign(self):
        """Assign the people to the shifts of the machines, anew (R5.2.3).

        :raises CrewPlanError: where no shift asks for a skill, or nobody works in shifts
        """
        self.check_access("write")
        self._check_act("assign")
        for plan in self:
            plan._assign()
        return True

    def _assign(self):
        self.ensure_one()
        teams = self.env["paper.crew.team"].search([("company_id", "=", self.company_id.id)])
        of_team = {employee: team for team in teams for employee in team.employee_ids}
        posts, people = self._posts(), self._people(of_team)
        if not posts:
            raise CrewPlanError(self.env._("No shift of these machines asks for a skill: enter their crew by shift first."))
        if not people:
            raise CrewPlanError(self.env._("Nobody is in a team, or a relief: enter the teams first."))
        found, names = rota.make(posts, people, self.pattern, self._taken(of_team)), {one.key: one.key.name for one in people}
        assigned = [
            {
                "date": post.day,
                "calendar_id": post.key.calendar_id.id,
                "workcenter_id": post.key.workcenter_id.id,
                "skill_id": post.skill.id,
                "employee_id": person.id,
                "team_id": of_team[person].id,
                "is_extra": extra,
            }
            for post, person, extra in found.assigned
        ]
        gaps = [
            {
                "date": post.day,
                "calendar_id": post.key.calendar_id.id,
                "workcenter_id": post.key.workcenter_id.id,
                "skill_id": post.skill.id,
                "missing": missing,
                "could": ", ".join(names[key] for key in could[:6]) or False,
            }
            for post, missing, could in found.gaps
        ]
        # sudo: the act was checked; what is found is nobody's to write
        self.sudo()._by_step().write(
            {
                "assignment_ids": [Command.clear(), *(Command.create(vals) for vals in assigned)],
                "gap_ids": [Command.clear(), *(Command.create(vals) for vals in gaps)],
            }
        )

    def _taken(self, employees):
        """Return the shifts that other plans have for these people: {employee: [(start, stop)]} in hours from the first day."""
        around = timedelta(days=rota.MOST_DAYS + 1)
        others = self.env["paper.crew.assignment"].search(
            [
                ("employee_id", "in", [employee.id for employee in employees]),
                ("crew_plan_id", "!=", self.id),
                ("crew_plan_id.state", "!=", "cancelled"),
                ("date", ">=", self.date_from - around),
                ("date", "<=", self.date_to + around),
            ]
        )
        taken = defaultdict(list)
        for one in others:
            begin, hours = (one.date - self.date_from).days * 24, one.calendar_id._paper_shift_hours(one.date)
            if hours:
                taken[one.employee_id].append((begin + hours[0], begin + hours[1]))
        return taken

    def _standing_crews(self):
        """Return the crews of the machines that ask for a skill of the staff, on every day."""
        return self.env["paper.crew.capacity"].sudo().search(  # sudo: the shifts are the same whoever plans them
            [
                ("workcenter_id", "in", self.workcenter_ids.ids),
                ("skill_id", "!=", False),
                ("date_from", "=", False),
                ("date_to", "=", False),
                ("crew_plan_id", "=", False),
            ]
        )

    def _posts(self):
        posts, days = [], [self.date_from + timedelta(days=number) for number in range((self.date_to - self.date_from).days + 1)]
        for crew in self._standing_crews():
            for day in days:
                hours = crew.calendar_id._paper_shift_hours(day)
                if hours and crew.needed:
                    letter = "N" if hours[0] < 6 else "M" if hours[0] < 14 else "E"
                    posts.append(rota.Post(crew, day, letter, *hours, crew.skill_id, crew.needed))
        return posts

    def _people(self, of_team):
        employees = self.env["hr.employee"].union(*of_team).sorted("id")
        skills, away = employees._paper_skills(), employees._paper_away(self.date_from, self.date_to)
        return [
            rota.Person(one, None if of_team[one].is_relief else of_team[one].offset, skills[one], away[one])
            for one in employees
        ]

    # Confirming

    def action_confirm(self):
        """Confirm the plan: the shifts of the machines have as many people as it says (R5.2.3)."""
        self.check_access("write")
        return self._take_step("confirmed")

    def action_cancel(self):
        """Cancel the plan."""
        self.check_access("write")
        return self._take_step("cancelled")

    def action_draft(self):
        """Take the plan up again."""
        self.check_access("write")
        return self._take_step("draft")

    def _check_confirmed(self):
        for plan in self:
            if not plan.assignment_ids:
                raise CrewPlanError(self.env._("%(plan)s has a crew of nobody: assign people first.", plan=plan.name))
            other = self.search(
                [
                    ("id", "!=", plan.id),
                    ("state", "=", "confirmed"),
                    ("company_id", "=", plan.company_id.id),
                    ("workcenter_ids", "in", plan.workcenter_ids.ids),
                    ("date_from", "<=", plan.date_to),
                    ("date_to", ">=", plan.date_from),
                ],
                limit=1,
            )
            if other:
                raise CrewPlanError(
                    self.env._("%(other)s is confirmed for the same machines and days.", other=other.name)
                )

    def _action_confirmed(self):
        """Write the head-counts of the days on which they are not the standing ones."""
        for plan in self:
            count = defaultdict(int)
            for one in plan.assignment_ids.filtered(lambda rec: not rec.is_trainee):
                count[one.workcenter_id, one.calendar_id, one.skill_id, one.date] += 1
            values = []
            for crew in plan._standing_crews():
                for number in range((plan.date_to - plan.date_from).days + 1):
                    day = plan.date_from + timedelta(days=number)
                    there = count[crew.workcenter_id, crew.calendar_id, crew.skill_id, day]
                    if there != crew.available and crew.calendar_id._paper_shift_hours(day):
                        values.append(plan._prepare_head_count(crew, day, there, values))
            # sudo: the step was checked; the crews follow from it
            self.env["paper.crew.capacity"].sudo().create([vals for vals in values if vals])

    def _prepare_head_count(self, crew, day, there, values):
        """Return the values of a head-count; a day that goes on with the same one only makes that one longer."""
        last = values and next((vals for vals in reversed(values) if vals), None)
        same = last and (last["workcenter_id"], last["calendar_id"], last["skill"], last["available"]) == (
            crew.workcenter_id.id, crew.calendar_id.id, crew.skill, there
        )
        if same and last["date_to"] + timedelta(days=1) == day:
            last["date_to"] = day
            return None
        return {
            "workcenter_id": crew.workcenter_id.id,
            "calendar_id": crew.calendar_id.id,
            "skill": crew.skill,
            "needed": crew.needed,
            "available": there,
            "date_from": day,
            "date_to": day,
            "crew_plan_id": self.id,
        }

    def _drop_head_counts(self):
        # sudo: as above
        self.env["paper.crew.capacity"].sudo().search([("crew_plan_id", "in", self.ids)]).unlink()
