from odoo import api, fields, models

from ...exceptions import GradeInUseError

# What a specification says in words, and a contract with it.
AGREED_WORDS = {"name", "standard", "standard_edition"}


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

    # What was signed stays as it was signed

    def write(self, vals):
        changed = [name for name in AGREED_WORDS & vals.keys() if any(grade[name] != vals[name] for grade in self)]
        if changed:
            self._check_not_agreed()
        return super().write(vals)

    def update_field_translations(self, field_name, translations, source_lang=""):
        if field_name in AGREED_WORDS:
            self._check_not_agreed()
        return super().update_field_translations(field_name, translations, source_lang=source_lang)

    def _check_not_agreed(self):
        """Refuse to rename what a contract in force calls by its name (R4.1.3).

        :raises GradeInUseError: naming the grade
        """
        if self.env["paper.step.mixin"]._is_loading():
            return
        # sudo: whether there is one, of whatever company
        agreed = self.env["paper.spec"].sudo().with_context(active_test=False)
        spec = agreed.search([("grade_id", "in", self.ids), ("locked", "=", True)], limit=1)
        if spec:
            raise GradeInUseError(
                self.env._(
                    "Contracts in force speak of “%(grade)s”: its name and standard stay. Make a new grade for what is sold from "
                    "now on, and archive this one.",
                    grade=spec.grade_id.name,
                )
            )

    @api.depends("standard", "standard_edition")
    def _compute_standard_label(self):
        for grade in self:
            grade.standard_label = "-".join(filter(None, (grade.standard, grade.standard_edition)))
