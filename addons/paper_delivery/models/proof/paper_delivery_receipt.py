from odoo import api, fields, models

from ...exceptions import ProofError


class PaperDeliveryReceipt(models.Model):
    """What the customer received of one product of a delivery, beside what was shipped (R6.3.1). Made
    when the goods leave, filled in by the proof of delivery; a difference stays visible and changes no
    stock move.
    """

    _name = "paper.delivery.receipt"
    _inherit = ["paper.amount.mixin", "paper.step.mixin"]
    _description = "Received Quantity"
    _order = "picking_id, id"

    _all_by_steps = True
    _field_error = ProofError
    _paper_amounts = ("shipped_kg", "received_kg")

    picking_id = fields.Many2one("stock.picking", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="picking_id.company_id", store=True, index=True)
    product_id = fields.Many2one("product.product", required=True, ondelete="restrict", index=True)
    paper_spec_id = fields.Many2one("paper.spec", string="Specification", ondelete="restrict", index="btree_not_null")
    shipped_kg = fields.Float(string="Shipped (kg)", digits=(16, 3))
    received_kg = fields.Float(string="Received (kg)", digits=(16, 3))
    difference_kg = fields.Float(
        string="Difference (kg)", digits=(16, 3), compute="_compute_difference_kg", store=True
    )
    remark = fields.Char()
    order_line_id = fields.Many2one("sale.order.line", string="Order Line", index="btree_not_null", ondelete="set null")

    def _paper_amount_name(self):
        return f"{self.picking_id.name}: {self.product_id.display_name}"

    @api.depends("shipped_kg", "received_kg", "picking_id.paper_proof_on")
    def _compute_difference_kg(self):
        for receipt in self:
            proven = receipt.picking_id.paper_proof_on
            receipt.difference_kg = receipt.received_kg - receipt.shipped_kg if proven else 0.0
