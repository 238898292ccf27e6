from odoo import fields, models


class PaperGrade(models.Model):
    _inherit = "paper.grade"

    paper_shade = fields.Integer(
        string="Shade",
        help="From light to dark: 0 is white. By it the machines go from light to dark, see the rules of planning.",
    )
