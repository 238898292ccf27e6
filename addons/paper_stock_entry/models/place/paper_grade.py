from odoo import fields, models


class PaperGrade(models.Model):
    _inherit = "paper.grade"

    paper_dry = fields.Boolean(string="Needs a Climate", help="Is put into climate controlled places only.")
    paper_max_age = fields.Integer(
        string="Keeps (days)", help="After so many days in stock the warehouse is told; 0: it keeps without an end."
    )
