from odoo import models, tools

from .res_company import ABSENT


class ResUsers(models.Model):
    _inherit = "res.users"

    def _paper_here(self, company, absences=None):
        """Return who is reached today in place of these users: who is away for everything is replaced by the
        stand-in, if there is one and he is here himself.

        :param absences: ``paper.delegation`` of today with ``ABSENT``, where somebody who asks for several looked it up
        """
        there = self._paper_works_for(company)
        if absences is None:
            absences = self.env["paper.delegation"]._of_today(company, ABSENT)
        away = absences.user_id
        if not there & away:
            return there
        stand_ins = absences.filtered(lambda absence: absence.user_id in there).stand_in_id
        return (there | stand_ins._paper_works_for(company)) - away

    def _paper_works_for(self, company):
        """Return those of the users who work for the company: neither archived nor a customer's login."""
        users = self.sudo()  # sudo: only whether somebody works here is asked
        leaving = self.env.context.get("paper_leaving", ())
        return users.filtered(
            lambda user: user.active and not user.share and company in user.company_ids and user.id not in leaving
        )

    @tools.ormcache("frozenset(self._get_group_ids())")
    def _paper_departments(self):
        """Return the xmlids of the departments that the user works in, as a tuple."""
        self.ensure_one()
        # sudo: only the groups' names are asked
        category = self.env.ref("paper_base.module_category_paper")
        groups = self.sudo().all_group_ids.filtered(lambda group: group.privilege_id.category_id == category)
        return tuple(groups.get_external_id().values())

    # What a person who leaves still has to do

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            self._paper_hand_over()
        return super().write(vals)

    def action_archive(self):
        # Before the inherited method, which deletes all to-dos of the archived.
        self._paper_hand_over()
        return super().action_archive()

    def _paper_hand_over(self):
        """Put what the system told these users before their colleagues, because they leave."""
        # sudo: whoever archives a person hands on that person's work
        owed = self.env["mail.activity"].sudo().search([("user_id", "in", self.ids), ("paper_kind", "!=", False)])
        owed.with_context(paper_leaving=self.ids)._paper_hand_over()
