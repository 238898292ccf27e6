from odoo import fields, models


class PaperChecklistItem(models.Model):
    _name = "paper.checklist.item"
    _description = "Item of a Checklist"
    _order = "checklist_id, sequence, id"

    checklist_id = fields.Many2one("paper.checklist", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="checklist_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
