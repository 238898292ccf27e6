from odoo import fields, models


class PaperProcessReading(models.Model):
    """What a set point really was, read by whom and when; out of range, the supervisor is told."""

    _name = "paper.process.reading"
    _description = "Process Reading"
    _inherit = ["paper.guarded.mixin"]
    _order = "id desc"
    _rec_name = "line_id"
    _all_by_steps = True
    _evidence_states = ()

    line_id = fields.Many2one("paper.process.card.line", string="Set Point", required=True, index=True, ondelete="restrict")
    event_id = fields.Many2one("paper.floor.event", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, index=True)
    workcenter_id = fields.Many2one("mrp.workcenter", string="Machine", required=True, index=True)
    workorder_id = fields.Many2one("mrp.workorder", string="Work Order", index="btree_not_null", ondelete="set null")
    operator_id = fields.Many2one(related="event_id.operator_id")
    read_on = fields.Datetime(required=True, index=True)
    value = fields.Float(digits=(16, 3), aggregator="avg")
    is_out = fields.Boolean(string="Out of Range", index=True)
