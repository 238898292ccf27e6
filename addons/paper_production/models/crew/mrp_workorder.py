from odoo import models

from ...exceptions import SkillMissingError


class MrpWorkorder(models.Model):
    _inherit = "mrp.workorder"

    def _check_means(self):
        """Refuse to begin work whose machine is not set up, or by who lacks the skill that it asks for (R5.2.2, R5.2.3)."""
        works = self.filtered(lambda rec: rec.production_id.is_paper and not rec.production_id._is_being_amended())
        works._check_set_up()
        works._check_skilled()

    def _check_skilled(self):
        """Refuse that a person begins work without the valid skill that it asks for; a trainee may, whose supervisor has it.

        :raises SkillMissingError: naming the person, the skill and how to get it
        """
        if not self:
            return
        # sudo: the rule is the same whatever the user may read
        demands = self.env["paper.skill.demand"].sudo().search([("company_id", "in", self.company_id.ids)])
        for work in self if demands else ():
            asked = demands._asks(work)
            company = work.company_id
            # sudo: the person's own file is asked, which he may not read
            person = self.env.user.sudo().with_company(company).employee_id
            today = company._paper_today()
            for demand in asked:
                if person and person._paper_holds(demand.skill_id, demand.level, today):
                    continue
                if person and self._is_supervised(person, demand, today):
                    continue
                raise SkillMissingError(work._unskilled_words(person, demand))

    def _is_supervised(self, person, demand, today):
        # sudo: as above
        trainee = self.env["paper.training.participant"].sudo().search(
            [
                ("employee_id", "=", person.id),
                ("training_id.skill_id", "=", demand.skill_id.id),
                ("training_id.state", "=", "planned"),
                ("result", "=", "enrolled"),
                ("supervisor_id", "!=", False),
            ]
        )
        return any(
            one.supervisor_id != person and one.supervisor_id._paper_holds(demand.skill_id, demand.level, today)
            for one in trainee
        )

    def _unskilled_words(self, person, demand):
        values = {
            "person": person.name or self.env.user.name,
            "work": self.name,
            "order": self.production_id.name,
            "skill": demand.skill_id.name,
        }
        if not person:
            return self.env._(
                "%(person)s may not begin “%(work)s” of %(order)s: it asks for “%(skill)s”, and the user is no employee.",
                **values,
            )
        return self.env._(
            "%(person)s may not begin “%(work)s” of %(order)s: it asks for “%(skill)s”, which is not there or has expired. "
            "Take part in a training first, or work under the supervision of somebody who has it; otherwise the production "
            "supervisor amends the plan and begins it himself.",
            **values,
        )
