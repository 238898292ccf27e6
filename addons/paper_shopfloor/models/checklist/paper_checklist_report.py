from odoo import fields, models


class PaperChecklistReport(models.Model):
    """A checklist as it was gone through: each item in order or not, by whom and when."""

    _name = "paper.checklist.report"
    _description = "Checklist Done"
    _inherit = ["paper.guarded.mixin"]
    _order = "id desc"
    _rec_name = "checklist_id"
    _all_by_steps = True
    _evidence_states = ()

    checklist_id = fields.Many2one("paper.checklist", required=True, index=True, ondelete="restrict")
    event_id = fields.Many2one("paper.floor.event", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="checklist_id.company_id", store=True, index=True)
    workcenter_id = fields.Many2one(related="checklist_id.workcenter_id", store=True, index=True)
    workorder_id = fields.Many2one(related="event_id.workorder_id", store=True, index="btree_not_null")
    operator_id = fields.Many2one(related="event_id.operator_id")
    shift_date = fields.Date(related="event_id.shift_date", store=True)
    shift = fields.Selection(related="event_id.shift", store=True)
    answers = fields.Json(help="Item → in order or not.")
    wrong = fields.Char(string="Not in Order")
