from odoo import fields, models


class PaperSetupTemplate(models.Model):
    """The checklist of a change of campaigns on a machine: what has to be done before the next paper is made (R5.2.2). The
    equipment department keeps it; a machine without one is set up without tasks."""

    _name = "paper.setup.template"
    _description = "Set-up Checklist"
    _order = "workcenter_id, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    workcenter_id = fields.Many2one(
        "mrp.workcenter", string="Machine", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(related="workcenter_id.company_id", store=True, index=True)
    from_grade_id = fields.Many2one(
        "paper.grade", string="From Grade", ondelete="cascade", help="Blank: whatever was made before."
    )
    to_grade_id = fields.Many2one("paper.grade", string="To Grade", ondelete="cascade", help="Blank: whatever is made next.")
    on_weight = fields.Boolean(
        string="Also for Another Basis Weight", default=True, help="Else only where the grade changes."
    )
    line_ids = fields.One2many("paper.setup.template.line", "template_id", string="Tasks", copy=True)

    def _fits(self, before, grade, weight):
        """Say whether the checklist belongs to a change.

        :param before: (grade, basis weight) of what was made before, None where nobody knows
        """
        self.ensure_one()
        if self.to_grade_id and self.to_grade_id != grade:
            return False
        if before is None:
            return not self.from_grade_id
        if self.from_grade_id and self.from_grade_id != before[0]:
            return False
        return before[0] != grade or (self.on_weight and before[1] != weight)
