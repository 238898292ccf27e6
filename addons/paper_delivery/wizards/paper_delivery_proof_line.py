from odoo import fields, models


class PaperDeliveryProofLine(models.TransientModel):
    """A received quantity in that dialog."""

    _name = "paper.delivery.proof.line"
    _description = "Received Quantity in the Proof Dialog"

    proof_id = fields.Many2one("paper.delivery.proof", required=True, ondelete="cascade")
    receipt_id = fields.Many2one("paper.delivery.receipt", required=True, ondelete="cascade")
    product_id = fields.Many2one(related="receipt_id.product_id")
    paper_spec_id = fields.Many2one(related="receipt_id.paper_spec_id")
    shipped_kg = fields.Float(related="receipt_id.shipped_kg")
    received_kg = fields.Float(string="Received (kg)", digits=(16, 3))
    refused_kg = fields.Float(string="Refused (kg)", digits=(16, 3))
    remark = fields.Char()
