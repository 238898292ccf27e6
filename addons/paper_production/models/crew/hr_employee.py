from datetime import timedelta

from odoo import fields, models


class HrEmployee(models.Model):
    """What people can do, and when they are away, as those who plan may know it (R5.2.3)."""

    _inherit = "hr.employee"

    def _paper_skills(self):
        """Return ``{employee: {skill: last valid day, None without end}}``, each at the level at which it is held longest."""
        # sudo: what people can do is asked of whoever plans or works, who may not read the staff's files
        skills = self.env["hr.employee.skill"].sudo().search([("employee_id", "in", self.ids)])
        found = {employee: {} for employee in self}
        for skill in skills:
            own = found[self.browse(skill.employee_id.id)]
            last = own.get(skill.skill_id, False)
            if last is False or (last and (not skill.valid_to or skill.valid_to > last)):
                own[skill.skill_id] = skill.valid_to or None
        return found

    def _paper_holds(self, skill, level, day):
        """Say whether the employee has a skill on a day.

        :param level: least progress of the level, 0 to 100
        """
        self.ensure_one()
        # sudo: as above
        return bool(
            self.env["hr.employee.skill"].sudo().search_count(
                [
                    ("employee_id", "=", self.id),
                    ("skill_id", "=", skill.id),
                    ("level_progress", ">=", level),
                    ("valid_from", "<=", day),
                    "|",
                    ("valid_to", "=", False),
                    ("valid_to", ">=", day),
                ],
                limit=1,
            )
        )

    def _paper_away(self, first, last):
        """Return ``{employee: {days of leave}}`` between two days, both included."""
        found = {employee: set() for employee in self}
        # sudo: whether somebody is there is asked of whoever plans, not why
        leaves = self.env["resource.calendar.leaves"].sudo().search(
            [
                ("resource_id", "in", self.sudo().resource_id.ids),  # sudo: as above
                ("time_type", "=", "leave"),
                ("date_from", "<", fields.Date.add(last, days=2)),
                ("date_to", ">", fields.Date.subtract(first, days=1)),
            ]
        )
        by_resource = leaves.grouped("resource_id")
        for employee in self:
            company = employee.sudo().company_id  # sudo: as above
            for leave in by_resource.get(employee.sudo().resource_id, ()):  # sudo: as above
                day, end = company._paper_day(leave.date_from), company._paper_day(leave.date_to - timedelta(seconds=1))
                while day <= end:
                    found[employee].add(day)
                    day += timedelta(days=1)
        return found
