from odoo import api, fields, models


class PaperGrade(models.Model):
    """A kind of paper that the mill makes (offset, copy, liner …) with the product standard that
    it is sold by. Sales keeps the list; a specification refers to one grade.
    """

    _name = "paper.grade"
    _description = "Paper Grade"
    _order = "sequence, name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(index=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    standard = fields.Char(
        string="Product Standard",
        help="Number of the product standard, for example GB/T 30130.",
    )
    standard_edition = fields.Char(
        help="Year of the edition that is agreed on, for example 2023. Limits are not part of the "
        "grade: they are written on each specification.",
    )
    standard_label = fields.Char(compute="_compute_standard_label")
    note = fields.Text()

    _code_uniq = models.UniqueIndex("(code) WHERE code IS NOT NULL", "This grade code exists already.")

    @api.depends("standard", "standard_edition")
    def _compute_standard_label(self):
        for grade in self:
            grade.standard_label = "-".join(filter(None, (grade.standard, grade.standard_edition)))
