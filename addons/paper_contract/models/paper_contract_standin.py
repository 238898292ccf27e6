from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PaperContractStandin(models.Model):
    """Who reviews contracts for a lawyer that is absent, and for how long. Written by the lawyer himself or by
    the management. A stand-in decides nothing that he or the absent lawyer has drafted (R4.1.2).
    """

    _name = "paper.contract.standin"
    _description = "Stand-in for Legal Review"
    _order = "date_from desc, id desc"
    _rec_name = "user_id"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    user_id = fields.Many2one(
        "res.users", string="Absent", required=True, index=True, default=lambda self: self.env.user
    )
    standin_id = fields.Many2one("res.users", string="Stand-in", required=True, index=True)
    date_from = fields.Date(string="From", required=True, default=fields.Date.context_today)
    date_to = fields.Date(string="To", required=True)
    reason = fields.Char()

    _dates = models.Constraint("CHECK(date_to >= date_from)", "An absence ends after it began.")
    _other = models.Constraint("CHECK(user_id != standin_id)", "Nobody stands in for himself.")

    @api.constrains("user_id", "standin_id")
    def _check_people(self):
        for standin in self:
            if not standin.user_id.has_group("paper_base.group_legal"):
                raise ValidationError(
                    self.env._("%(user)s is not of the legal department.", user=standin.user_id.name)
                )
            if not standin.standin_id.has_group("paper_contract.group_contract_reader"):
                raise ValidationError(
                    self.env._("%(user)s belongs to no department that reads contracts with prices.",
                               user=standin.standin_id.name)
                )

    @api.model
    def _absent(self, standin, company):
        """Return the lawyers of ``company`` for whom ``standin`` decides today."""
        return self._today(company).filtered(lambda rec: rec.standin_id == standin).user_id

    @api.model
    def _today(self, company):
        """Return the absences of today in a company; an absent lawyer who left the department counts no more."""
        today = company._paper_today()
        # sudo: who decides for whom is a rule, whoever may read the absences
        found = self.sudo().search(
            [("company_id", "=", company.id), ("date_from", "<=", today), ("date_to", ">=", today)]
        )
        return found.filtered(lambda rec: rec.user_id.active and rec.user_id.has_group("paper_base.group_legal"))
