from odoo import api, fields, models

from ...exceptions import CrewPlanError


class PaperCrewTeam(models.Model):
    """A team that rotates through the shifts: four of them keep three shifts running (四班三运转)."""

    _name = "paper.crew.team"
    _description = "Team"
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    offset = fields.Integer(string="Days Ahead", help="How many days it is ahead in the pattern: 0, 2, 4, 6 for four teams.")
    is_relief = fields.Boolean(
        string="Reliefs", help="They do not rotate: they work where somebody of a team is missing."
    )
    employee_ids = fields.Many2many("hr.employee", string="People")

    @api.constrains("employee_ids", "active")
    def _check_one_team(self):
        """Refuse that somebody rotates with two teams: that would be two shifts at once (R5.2.3)."""
        others = self.search([("employee_ids", "in", self.employee_ids.ids)])
        for team in self:
            for other in others - team:
                twice = team.employee_ids & other.employee_ids
                if twice:
                    raise CrewPlanError(
                        self.env._(
                            "%(person)s is in %(team)s and %(other)s: nobody works with two teams.",
                            person=twice[0].name,
                            team=team.name,
                            other=other.name,
                        )
                    )
