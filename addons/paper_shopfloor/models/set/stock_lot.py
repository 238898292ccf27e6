from odoo import fields, models


class StockLot(models.Model):
    _inherit = "stock.lot"

    paper_defect_ids = fields.One2many("paper.roll.defect", "lot_id", string="Joints and Defects")
