from odoo import fields, models


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    paper_card_ids = fields.One2many("paper.process.card", "workcenter_id", string="Process Cards")
