from odoo import fields, models


class SaleOrder(models.Model):
    """An order that replaces what a customer complained about."""

    _inherit = "sale.order"

    paper_claim_id = fields.Many2one(
        "helpdesk.ticket",
        string="Replaces Goods of Complaint",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
        by_steps=True,
        groups="base.group_user",
        help="The complaint for which this order is delivered at no price.",
    )
