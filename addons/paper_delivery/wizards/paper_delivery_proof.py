from odoo import Command, api, fields, models


class PaperDeliveryProof(models.TransientModel):
    """The dialog in which logistics record the delivery note that the driver brought back signed."""

    _name = "paper.delivery.proof"
    _description = "Record a Proof of Delivery"

    picking_id = fields.Many2one("stock.picking", required=True, readonly=True)
    signer = fields.Char(string="Received by", required=True)
    signature = fields.Image(attachment=False)
    is_correction = fields.Boolean(readonly=True)
    reason = fields.Char(string="Why It Is Corrected")
    received_on = fields.Date(required=True, default=lambda self: self.env.company._paper_today())
    accepted = fields.Boolean(default=True)
    remarks = fields.Text()
    line_ids = fields.One2many("paper.delivery.proof.line", "proof_id")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        picking = self.env["stock.picking"].browse(values.get("picking_id"))
        values["line_ids"] = [
            Command.create(
                {
                    "receipt_id": receipt.id,
                    "received_kg": receipt.received_kg if picking.paper_proof_on else receipt.shipped_kg,
                    "refused_kg": receipt.refused_kg,
                    "remark": receipt.remark,
                }
            )
            for receipt in picking.paper_receipt_ids
        ]
        if picking.paper_proof_on:
            values |= {
                "is_correction": True,
                "signer": picking.paper_signer,
                "received_on": picking.paper_received_on,
                "accepted": picking.paper_accepted,
                "remarks": picking.paper_proof_remarks,
            }
        return values

    def action_record(self):
        """Record the proof, or correct the one that was recorded (R6.3.1)."""
        self.ensure_one()
        lines = [
            {
                "id": line.receipt_id.id,
                "received_kg": line.received_kg,
                "refused_kg": line.refused_kg,
                "remark": line.remark,
            }
            for line in self.line_ids
        ]
        if self.is_correction:
            self.picking_id.action_correct_proof(
                self.reason, self.signer, self.received_on, self.accepted, self.remarks, lines
            )
            return {"type": "ir.actions.act_window_close"}
        self.picking_id.action_record_proof(
            self.signer, self.signature, self.received_on, self.accepted, self.remarks, lines
        )
        return {"type": "ir.actions.act_window_close"}
