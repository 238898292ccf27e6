from odoo import api, fields, models


class PaperTrimPart(models.AbstractModel):
    """A part of what a trim problem asks: it stands as it is once the problem is no draft any more, on every path."""

    _name = "paper.trim.part"
    _description = "Part of a Trim Problem"

    problem_id = fields.Many2one("paper.trim.problem", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="problem_id.company_id", store=True, index=True)

    @api.model_create_multi
    def create(self, vals_list):
        parts = super().create(vals_list)
        parts.problem_id._check_draft()
        return parts

    def write(self, vals):
        self.problem_id._check_draft()
        result = super().write(vals)
        self.problem_id._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_of_draft(self):
        self.problem_id._check_draft()
