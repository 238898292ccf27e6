from odoo import fields, models


class StockLot(models.Model):
    _inherit = "stock.lot"

    # Its form tells of how many purchases it came; whoever reads a lot need not read these.
    purchase_order_ids = fields.Many2many(compute_sudo=True)
    purchase_order_count = fields.Integer(compute_sudo=True)
