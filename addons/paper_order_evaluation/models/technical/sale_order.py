from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_development_ids = fields.One2many(
        "paper.development.plan", "order_id", string="Development Plans", readonly=True, copy=False, groups="base.group_user"
    )
