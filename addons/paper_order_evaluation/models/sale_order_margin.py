from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # Without a group, a customer could read both through the portal.
    margin = fields.Monetary(groups="base.group_user")
    margin_percent = fields.Float(groups="base.group_user")
