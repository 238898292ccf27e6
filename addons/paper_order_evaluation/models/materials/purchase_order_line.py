from odoo import fields, models


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    paper_evaluation_id = fields.Many2one(
        "paper.evaluation",
        string="Asked for by Evaluation",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        help="The evaluation of an order whose shortfall this line asks a supplier for (R3.3.3).",
    )
