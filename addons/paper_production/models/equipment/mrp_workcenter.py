from odoo import fields, models


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    paper_criticality = fields.Selection(
        [("a", "A: the mill stands still without it"), ("b", "B: orders come late without it"), ("c", "C: others do its work")],
        string="Criticality",
        help="An A machine has a reviewed contingency plan; a production plan that uses it without one says so.",
    )
    paper_contingency_ids = fields.One2many("paper.contingency", "workcenter_id", string="Contingency Plans")
