from odoo import fields, models


class MrpUnbuild(models.Model):
    _inherit = "mrp.unbuild"

    is_paper = fields.Boolean(related="product_id.is_paper")
    paper_reason = fields.Char(string="Reason", help="Why the paper is unbuilt; kept with your name.")
