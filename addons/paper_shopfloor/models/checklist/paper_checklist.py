from odoo import fields, models


class PaperChecklist(models.Model):
    """A checklist of a machine; when it is due, the tablet asks for it."""

    _name = "paper.checklist"
    _description = "Checklist"
    _order = "workcenter_id, moment, name, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    workcenter_id = fields.Many2one("mrp.workcenter", string="Machine", required=True, index=True, check_company=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    moment = fields.Selection(
        [("shift", "Each Shift"), ("order", "Each Order"), ("need", "When Needed")], required=True, default="shift"
    )
    item_ids = fields.One2many("paper.checklist.item", "checklist_id", string="Items", copy=True)
