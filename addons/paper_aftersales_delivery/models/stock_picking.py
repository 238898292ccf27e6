from odoo import models

ROLL = ("damaged", "refused")


class StockPicking(models.Model):
    """What was damaged, refused or short on arrival opens a complaint at once (R6.3.1, R7.1.1)."""

    _inherit = "stock.picking"

    def _after_proof(self):
        result = super()._after_proof()
        self._open_transit_case()
        return result

    def _open_transit_case(self):
        """Open a complaint where goods were not accepted as they are; once for each delivery."""
        self.ensure_one()
        tickets = self.env["helpdesk.ticket"].sudo()  # sudo: the driver or customer who signs writes down no complaint
        refused = sum(self.paper_receipt_ids.mapped("refused_kg"))
        short = -sum(min(receipt.difference_kg, 0.0) for receipt in self.paper_receipt_ids)
        told = self._rolls_told()
        if self.paper_accepted and not refused and not told and short <= self._short_allowed():
            return tickets
        if tickets.search_count([("proof_picking_id", "=", self.id)], limit=1):
            return tickets
        damaged = bool(refused or told or not self.paper_accepted)
        defect = self.env.ref(f"paper_aftersales.defect_{'trn' if damaged else 'wgt'}", raise_if_not_found=False)
        channel = self.env.ref("paper_aftersales.ticket_channel_driver", raise_if_not_found=False)
        own = self.with_context(lang=self.company_id.partner_id.lang or self.env.lang)
        kg = sum(self.paper_receipt_ids.mapped("received_kg")) if not self.paper_accepted else refused or short
        title = own.env._("Damage on arrival: %(delivery)s") if damaged else own.env._("Weight differs: %(delivery)s")
        ticket = tickets.create(
            {
                "name": title % {"delivery": self.name},
                "description": self.paper_proof_remarks or title % {"delivery": self.name},
                "partner_id": self.partner_id.id,
                "sale_order_id": self.sale_id.id,
                "company_id": self.company_id.id,
                "user_id": self.sale_id.user_id.id,
                "nature": "quality",
                "defect_id": defect.id if defect else False,
                "channel_id": channel.id if channel else False,
                "claimed_kg": kg,
                "reported_by": self.paper_signer,
            }
        )
        ticket._by_step().write({"proof_picking_id": self.id})
        for lot in told:
            self.env["paper.claim.roll"].sudo().create({"ticket_id": ticket.id, "lot_id": lot.id})  # sudo: as above
        ticket._receive()
        return ticket

    def _short_allowed(self):
        """Return how many kilograms may be missing without a complaint: a scale differs."""
        return 0.002 * sum(self.paper_receipt_ids.mapped("shipped_kg"))

    def _rolls_told(self):
        """Return the rolls that the driver reported as damaged or refused."""
        events = self.paper_event_ids.filtered(lambda event: event.kind == "roll")
        last = {}
        for event in events.sorted("id"):
            if event.lot_id:
                last[event.lot_id] = event.verdict
        return self.env["stock.lot"].union(*(lot for lot, verdict in last.items() if verdict in ROLL))
