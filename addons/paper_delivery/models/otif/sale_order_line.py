from odoo import api, fields, models

from ...lib.otif import classify

CLASSES = [
    ("otif", "On Time in Full"),
    ("early", "Early"),
    ("late", "Late"),
    ("short", "Short"),
    ("over", "Over"),
    ("damaged", "Damaged or Refused"),
    ("open", "Open"),
]


class SaleOrderLine(models.Model):
    """Whether the customer had a line on time and in full."""

    _inherit = "sale.order.line"

    paper_otif_requested = fields.Selection(
        CLASSES, string="Against the Requested Date", compute="_compute_paper_otif", compute_sudo=True, groups="base.group_user"
    )
    paper_otif_first = fields.Selection(
        CLASSES,
        string="Against the First Confirmed Date",
        compute="_compute_paper_otif",
        compute_sudo=True,
        groups="base.group_user",
    )
    paper_otif_last = fields.Selection(
        CLASSES,
        string="Against the Last Confirmed Date",
        compute="_compute_paper_otif",
        compute_sudo=True,
        groups="base.group_user",
    )

    @api.depends("paper_receipt_ids.accepted_kg", "product_uom_qty", "paper_commitment_date", "paper_promised_date")
    def _compute_paper_otif(self):
        for line in self:
            days = line._paper_due_days()
            receipts = line._paper_otif_receipts()
            for against in ("requested", "first", "last"):
                line[f"paper_otif_{against}"] = line._paper_otif_class(days[against], receipts)

    def _paper_due_days(self):
        """Return ``{"requested", "first", "last": day or False}`` by which the line is judged.

        Override where the history of the confirmed dates is kept.
        """
        self.ensure_one()
        requested = self._paper_delivery_day()
        promised = self.order_id.company_id._paper_day(self.paper_promised_date) if self.paper_promised_date else requested
        return {"requested": requested, "first": promised, "last": promised}

    def _paper_otif_receipts(self):
        """Return what the customer signed for: ``[(day, kg accepted, kg not accepted), …]``."""
        self.ensure_one()
        # sudo: figures of deliveries, whoever reads the line
        proven = self.sudo().paper_receipt_ids.filtered("picking_id.paper_proof_on")
        return [
            (rec.picking_id.paper_received_on, rec.accepted_kg, max(rec.received_kg - rec.accepted_kg, 0.0)) for rec in proven
        ]

    def _paper_otif_class(self, due, receipts):
        self.ensure_one()
        spec, early = self.paper_spec_id, self.order_id.company_id.paper_early_days
        ordered = self._paper_line_kg(self.product_uom_qty)
        return classify(ordered, due, receipts, spec.tolerance_minus, spec.tolerance_plus, early)
