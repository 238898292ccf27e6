from odoo import fields, models


class PaperPlanLine(models.Model):
    """What a plan said when it was approved, or given up: order, quantity, machine and dates, one line a work order.

    It is written once, in the words of that day, and stays when orders leave the plan or are changed (R5.1.2).
    """

    _name = "paper.plan.line"
    _description = "Planned Work"
    _inherit = ["paper.step.mixin"]
    _order = "taken_on desc, date_start, id"
    _rec_name = "production_name"
    _all_by_steps = True

    plan_id = fields.Many2one("paper.production.plan", string="Production Plan", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    taken_on = fields.Datetime(string="Planned on", required=True)
    production_id = fields.Many2one("mrp.production", string="Manufacturing Order", ondelete="set null", index="btree_not_null")
    production_name = fields.Char(string="Order", required=True)
    origin = fields.Char(string="Ordered by")
    product = fields.Char()
    spec = fields.Char(string="Specification")
    quantity_kg = fields.Float(string="Planned (kg)", digits=(16, 3))
    operation = fields.Char()
    workcenter = fields.Char(string="Work Center")
    date_start = fields.Datetime(string="Start")
    date_finished = fields.Datetime(string="End")
