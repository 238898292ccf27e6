from odoo import api, fields, models

from ..notice.paper_dispatch_notice import SALES

BASES = [
    ("net", "Net Weight"),
    ("gross", "Gross for Net"),
    ("nominal", "Nominal Weight"),
    ("air_dry", "Air-dry Weight"),
]
# Agreed before the order is confirmed; what moves afterwards is what is billed.
AGREED = {"new": (), "draft": (SALES,), "sent": (SALES,)}


class SaleOrderLine(models.Model):
    """By which weight a line is billed, and how much of it the customer has accepted."""

    _inherit = "sale.order.line"

    paper_weight_basis = fields.Selection(
        BASES,
        string="Billed by",
        default="net",
        required=True,
        by_hand=AGREED,
        help="The weight that the contract names: net, gross for net, basis weight times area, or at the agreed moisture.",
    )
    paper_weight_allowance = fields.Float(
        string="Weighing Allowance (%)",
        digits=(5, 3),
        by_hand=AGREED,
        help="By how much the customer's scales may differ before the received weight is billed instead of the shipped one.",
    )
    paper_agreed_moisture = fields.Float(
        string="Agreed Moisture (%)", digits=(5, 2), by_hand=AGREED, help="For air-dry weight: the water that is counted in."
    )
    paper_receipt_ids = fields.One2many(
        "paper.delivery.receipt",
        "order_line_id",
        string="Received Quantities",
        groups="base.group_user",
        by_steps=True,
    )

    _paper_allowance_percent = models.Constraint(
        "CHECK(paper_weight_allowance >= 0 AND paper_weight_allowance < 100)", "An allowance lies between 0 and 100 %."
    )
    _paper_moisture_percent = models.Constraint(
        "CHECK(paper_agreed_moisture >= 0 AND paper_agreed_moisture < 100)", "A moisture lies between 0 and 100 %."
    )

    @api.depends("paper_receipt_ids.billed_kg", "paper_receipt_ids.accepted_kg", "move_ids.state", "move_ids.quantity")
    def _compute_qty_to_invoice(self):
        result = super()._compute_qty_to_invoice()
        for line in self:
            if line.state == "sale" and line.paper_receipt_ids and line.product_id.invoice_policy == "delivery":
                line.qty_to_invoice = line._paper_billable() - line.qty_invoiced
        return result

    def _paper_billable(self):
        """Return how much of the line is to be billed in all, in its unit of measure, to the gram.

        What was delivered less what was not accepted; refused goods that come back are not taken off twice.
        """
        self.ensure_one()
        receipts = self.paper_receipt_ids
        refused = sum(
            receipt.received_kg - receipt.accepted_kg for receipt in receipts if receipt.accepted_kg < receipt.received_kg
        )
        back = sum(self._paper_line_kg(move.quantity, move.product_uom) for move in self._paper_returned())
        delivered = self._paper_line_kg(self.qty_delivered)
        kg = delivered + sum(receipt.billed_kg - receipt.shipped_kg for receipt in receipts) + min(back, refused)
        one = self._paper_line_kg(1.0)
        return round(kg / one if one else self.qty_delivered, 6)

    def _paper_returned(self):
        _outgoing, incoming = self._get_outgoing_incoming_moves()
        return incoming.filtered(lambda move: move.state == "done")
