from odoo import fields, models


class PaperMaterialOffer(models.Model):
    """What one supplier's material would cost at the mill, and what is known of him, as the plan was computed (R5.2.1).
    Written by the computation alone."""

    _name = "paper.material.offer"
    _description = "Supplier of a Planned Material"
    _inherit = ["paper.step.mixin"]
    _order = "line_id, landed, id"
    _all_by_steps = True
    _evidence_states = ()

    line_id = fields.Many2one("paper.material.line", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)
    seller_id = fields.Many2one("product.supplierinfo", string="Price List Entry", ondelete="set null", index="btree_not_null")
    partner_id = fields.Many2one("res.partner", string="Supplier", required=True, ondelete="restrict")
    price = fields.Float(digits="Product Price", help="For one unit of the material, in the company's currency.")
    landed = fields.Float(
        string="Landed Cost", digits="Product Price", help="Price × (1 + duty) + freight × kg on the scale for an air-dry kg."
    )
    days = fields.Integer(string="Delivery (days)")
    uom_id = fields.Many2one(related="line_id.uom_id", string="Unit")
    least = fields.Float(string="Minimum Lot", digits="Product Unit", help="In the unit of the material.")
    score = fields.Float(
        digits=(5, 1), help="50 × deliveries on time + 30 × inspections passed + 20 × median price ÷ price. No data counts as 0."
    )
    on_time = fields.Integer(string="On Time")
    deliveries = fields.Integer(help="Deliveries of the last twelve months: the sample of “on time”.")
    passed = fields.Integer(help="Inspections at goods-in that passed.")
    inspections = fields.Integer(help="Inspections at goods-in that were decided: the sample of “passed”.")
    fault = fields.Char(help="Why the offer cannot be taken.")
    is_proposed = fields.Boolean(string="Proposed")
