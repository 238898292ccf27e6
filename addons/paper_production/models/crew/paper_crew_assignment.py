from datetime import timedelta

from odoo import api, fields, models

from ...exceptions import CrewAssignmentError
from ...lib.rota import REST


class PaperCrewAssignment(models.Model):
    """One person on one shift of a machine, for a skill; planning makes it by a crew plan or by hand (R5.2.3)."""

    _name = "paper.crew.assignment"
    _description = "Assignment to a Shift"
    _inherit = ["paper.step.mixin"]
    _order = "date, start, workcenter_id, id"
    _step_field = "plan_state"
    _evidence_states = ()
    _field_error = CrewAssignmentError
    _locked_error = CrewAssignmentError

    crew_plan_id = fields.Many2one("paper.crew.plan", required=True, index=True, ondelete="cascade")
    plan_state = fields.Selection(related="crew_plan_id.state")
    company_id = fields.Many2one(related="crew_plan_id.company_id", store=True, index=True)
    date = fields.Date(required=True, index=True)
    calendar_id = fields.Many2one("resource.calendar", string="Shift", required=True, ondelete="restrict")
    workcenter_id = fields.Many2one("mrp.workcenter", string="Machine", required=True, index=True, ondelete="cascade")
    skill_id = fields.Many2one("hr.skill", string="Skill", required=True, ondelete="restrict")
    employee_id = fields.Many2one("hr.employee", required=True, index=True, ondelete="restrict")
    team_id = fields.Many2one("paper.crew.team", string="Team", ondelete="set null")
    is_trainee = fields.Boolean(string="Trainee", help="Works under supervision and does not count.")
    is_extra = fields.Boolean(string="In Place of Another", help="Not of the team on duty.")
    start = fields.Datetime(string="Begins", compute="_compute_hours", store=True)
    stop = fields.Datetime(string="Ends", compute="_compute_hours", store=True)

    _of_person = models.Index("(employee_id, start)")

    @api.depends("date", "calendar_id.attendance_ids.hour_from", "calendar_id.attendance_ids.hour_to", "calendar_id.tz")
    def _compute_hours(self):
        for one in self:
            one.start, one.stop = one.calendar_id and one.date and one.calendar_id._paper_shift(one.date) or (False, False)

    @api.depends("employee_id.name", "date", "calendar_id.name")
    def _compute_display_name(self):
        for one in self:
            one.display_name = f"{one.date or ''} {one.calendar_id.name or ''} {one.employee_id.name or ''}".strip()

    @api.constrains("employee_id", "date", "calendar_id", "skill_id", "is_trainee", "crew_plan_id")
    def _check_assigned(self):
        """Refuse two shifts at once or without the rest between, somebody on leave, and who lacks the valid skill.

        :raises CrewAssignmentError: naming the person and what stands against it
        """
        rest, people = timedelta(hours=REST), self.employee_id
        days = [one.start for one in self if one.start] + [one.stop for one in self if one.stop]
        if not days:
            return
        # sudo: the rule is the same whatever the user may read
        others = self.sudo().search(
            [
                ("employee_id", "in", people.ids),
                ("start", "<", max(days) + rest),
                ("stop", ">", min(days) - rest),
                ("crew_plan_id.state", "!=", "cancelled"),
            ]
        ).grouped("employee_id")
        skills, away = people._paper_skills(), people._paper_away(min(one.date for one in self), max(one.date for one in self))
        for one in self:
            person = one.employee_id
            clash = [
                other for other in others.get(person.sudo(), ())  # sudo: as above
                if other != one and other.start < one.stop + rest and other.stop > one.start - rest
            ]
            last = skills[person].get(one.skill_id, False)
            if clash:
                other, hours = clash[0].display_name, f"{REST:.10g}"
                words = self.env._("has %(other)s, without %(hours)s h of rest between", other=other, hours=hours)
            elif one.date in away[person]:
                words = self.env._("is on leave")
            elif not one.is_trainee and (last is False or (last and last < one.date)):
                words = self.env._("has no valid skill “%(skill)s”", skill=one.skill_id.name)
            else:
                continue
            raise CrewAssignmentError(
                self.env._("%(person)s cannot work on %(day)s: %(words)s.", person=person.name, day=one.date, words=words)
            )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_plan_open()
        return records

    def write(self, vals):
        self._check_plan_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_while_open(self):
        self._check_plan_open()

    def _check_plan_open(self):
        for one in self:
            if one.plan_state == "confirmed" and not one._is_step():
                raise CrewAssignmentError(
                    self.env._("%(plan)s is confirmed: take it up again to change it.", plan=one.crew_plan_id.display_name)
                )
