from odoo import fields, models


class StockPicking(models.Model):
    """The receipt of the pulp that a customer brings for a toll order (R5.2.1)."""

    _name = "stock.picking"
    _inherit = ["stock.picking", "paper.step.mixin"]

    paper_toll_order_id = fields.Many2one(
        "sale.order",
        string="Customer's Pulp for",
        by_steps=True,
        index="btree_not_null",
        check_company=True,
        help="The toll order that the customer's pulp is received for.",
    )

    paper_inspection_ids = fields.One2many("qc.inspection", "picking_id", string="Inspections", readonly=True)

    def _create_backorder(self, *args, **kwargs):
        backorders = super()._create_backorder(*args, **kwargs)
        for picking in backorders.filtered("backorder_id.paper_toll_order_id"):
            order = picking.backorder_id.paper_toll_order_id
            # sudo: what comes later belongs to the same order, whoever receives it
            picking.sudo()._by_step().write({"paper_toll_order_id": order.id, "owner_id": order._material_owner().id})
            order._inspect_customer_material(picking)
        return backorders
