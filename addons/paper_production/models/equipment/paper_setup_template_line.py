from odoo import fields, models


class PaperSetupTemplateLine(models.Model):
    _name = "paper.setup.template.line"
    _description = "Task of a Set-up Checklist"
    _order = "sequence, id"

    template_id = fields.Many2one("paper.setup.template", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="template_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Task", required=True, translate=True)
    minutes = fields.Integer(string="Duration (min)")
    parts = fields.Char(string="Parts and Tools")

    _minutes_positive = models.Constraint("CHECK(COALESCE(minutes, 0) >= 0)", "A task cannot take less than no time.")
