from odoo import fields, models


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
    employee_ids = fields.One2many("hr.employee", "paper_team_id", string="People")
