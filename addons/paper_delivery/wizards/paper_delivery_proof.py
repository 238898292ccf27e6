from odoo import Command, api, fields, models


class PaperDeliveryProof(models.TransientModel):
    """The dialog in which logistics record the delivery note that the driver brought back signed."""

    _name = "paper.delivery.proof"
    _description = "Record a Proof of Delivery"

    picking_id = fields.Many2one("stock.picking", required=True, readonly=True)
    signer = fields.Char(string="Received by", required=True)
    signature = fields.Image(required=True, attachment=False)
    received_on = fields.Date(required=True, default=lambda self: self.env.company._paper_today())
    accepted = fields.Boolean(default=True)
    remarks = fields.Text()
    line_ids = fields.One2many("paper.delivery.proof.line", "proof_id")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        picking = self.env["stock.picking"].browse(values.get("picking_id"))
        values["line_ids"] = [
            Command.create({"receipt_id": receipt.id, "received_kg": receipt.shipped_kg})
            for receipt in picking.paper_receipt_ids
        ]
        return values

    def action_record(self):
        """Record the proof (R6.3.1)."""
        self.ensure_one()
        lines = [
            {"id": line.receipt_id.id, "received_kg": line.received_kg, "remark": line.remark} for line in self.line_ids
        ]
        self.picking_id.action_record_proof(
            self.signer, self.signature, self.received_on, self.accepted, self.remarks, lines
        )
        return {"type": "ir.actions.act_window_close"}
