from odoo import fields, models


class PaperMaterialClaim(models.Model):
    """What an order that is not yet made takes of the free stock and of what comes in, until its own manufacturing orders
    stand for it. Kept by what plans the order; an order that comes later finds it taken (R3.3.3).
    """

    _name = "paper.material.claim"
    _inherit = ["paper.amount.mixin"]
    _description = "Material Claimed by an Order"
    _order = "date, id"
    _check_company_auto = True

    _paper_amounts = ("quantity",)

    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    line_id = fields.Many2one("sale.order.line", string="Order Line", ondelete="cascade", index=True)
    warehouse_id = fields.Many2one("stock.warehouse", required=True, ondelete="cascade")
    product_id = fields.Many2one("product.product", string="Material", required=True, ondelete="cascade")
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    date = fields.Date(required=True, help="Day on which the order needs it.")
    quantity = fields.Float(digits="Product Unit", help="In the unit of the material.")

    _product_date = models.Index("(warehouse_id, product_id, date)")

    def _paper_amount_name(self):
        return self.product_id.display_name
