from odoo import api, fields, models

from ...lib import settlement

WEIGHERS = ("paper_base.group_quality", "paper_base.group_logistics")


class PaperDeliveryReceipt(models.Model):
    """What of a delivery is billed."""

    _inherit = "paper.delivery.receipt"

    refused_kg = fields.Float(string="Refused (kg)", digits=(16, 3), help="Received, but not accepted: refused or damaged.")
    gross_kg = fields.Float(string="Gross (kg)", digits=(16, 3))
    nominal_kg = fields.Float(string="Nominal (kg)", digits=(16, 3))
    moisture = fields.Float(
        string="Moisture (%)", digits=(5, 2), aggregator=None, by_hand={"any": WEIGHERS}, help="As measured, for air-dry weight."
    )
    accepted_kg = fields.Float(string="Accepted (kg)", digits=(16, 3), compute="_compute_accepted_kg", store=True)
    billed_kg = fields.Float(string="Billed (kg)", digits=(16, 3), compute="_compute_billed_kg", store=True)
    is_weight_known = fields.Boolean(compute="_compute_billed_kg", store=True, string="Weight Known")

    _moisture_percent = models.Constraint("CHECK(moisture >= 0 AND moisture < 100)", "A moisture lies between 0 and 100 %.")

    @api.depends(
        "shipped_kg", "received_kg", "refused_kg", "order_line_id.paper_weight_allowance",
        "picking_id.paper_proof_on", "picking_id.paper_accepted", "company_id.paper_invoice_signed_only",
    )  # fmt: skip
    def _compute_accepted_kg(self):
        for receipt in self:
            picking = receipt.picking_id
            if not picking.paper_proof_on:
                receipt.accepted_kg = 0.0 if receipt.company_id.paper_invoice_signed_only else receipt.shipped_kg
            elif not picking.paper_accepted:
                receipt.accepted_kg = 0.0
            else:
                allowance = receipt.order_line_id.paper_weight_allowance
                receipt.accepted_kg = settlement.accepted_kg(
                    receipt.shipped_kg, receipt.received_kg, receipt.refused_kg, allowance
                )

    @api.depends(
        "accepted_kg", "gross_kg", "nominal_kg", "moisture",
        "order_line_id.paper_weight_basis", "order_line_id.paper_agreed_moisture",
    )  # fmt: skip
    def _compute_billed_kg(self):
        for receipt in self:
            line = receipt.order_line_id
            basis = line.paper_weight_basis or "net"
            figures = {"gross": receipt.gross_kg, "nominal": receipt.nominal_kg, "moisture": receipt.moisture}
            receipt.is_weight_known = settlement.is_known(basis, **figures)
            receipt.billed_kg = settlement.billed_kg(
                basis, receipt.shipped_kg, receipt.accepted_kg, agreed_moisture=line.paper_agreed_moisture, **figures
            )
