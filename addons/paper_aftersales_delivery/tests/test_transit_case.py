from odoo import fields
from odoo.addons.paper_aftersales.tests.common import AftersalesCommon
from odoo.tests import tagged

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestTransitCase(AftersalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()
        cls.lot = cls._lot("R-1", cls.order)
        cls.picking = cls.order.picking_ids.filtered(lambda rec: rec.state == "done")
        cls.picking._prepare_receipts()

    def _prove(self, **vals):
        return self.picking.sudo()._record_proof("Mr Li", PIXEL, **vals)

    def test_window_begins_with_the_proof(self):
        """R7.1.1: without a proof of delivery the time for claims has not begun; it begins on the day of receipt."""
        ticket = self._ticket(sale_order_id=self.order.id)
        self.assertEqual(ticket.claim_window, "none")
        self._prove()
        ticket.invalidate_recordset()
        self.assertEqual(ticket.claim_window, "open")
        days = self.order.company_id.paper_claim_days_visible
        self.assertEqual(ticket.claim_until, fields.Date.add(self.picking.paper_received_on, days=days))

    def test_damage_opens_a_case(self):
        """R7.1.1: what is damaged or refused on arrival opens a complaint with the driver's rolls, once."""
        self.picking._note_event("roll", {}, lot_id=self.lot.id, verdict="damaged")
        self._prove(remarks="Wet on one side")
        ticket = self.order.paper_ticket_ids
        self.assertRecordValues(
            ticket, [{"proof_picking_id": self.picking.id, "partner_id": self.customer.id, "nature": "quality"}]
        )
        self.assertEqual(ticket.claim_roll_ids.lot_id, self.lot)
        self.assertEqual(ticket.notice_ids.mapped("step"), ["received"])
        self.picking._open_transit_case()
        self.assertEqual(len(self.order.paper_ticket_ids), 1)

    def test_short(self):
        """R7.1.1: what is missing beyond the scale's difference opens a complaint about weight; less does not."""
        line = self.picking.paper_receipt_ids[:1]
        self._prove(lines=[{"id": line.id, "received_kg": line.shipped_kg - 100}])
        self.assertEqual(self.order.paper_ticket_ids.defect_id, self.env.ref("paper_aftersales.defect_wgt"))
        self.assertEqual(self.order.paper_ticket_ids.claimed_kg, 100)

    def test_accepted(self):
        """R7.1.1: goods that are accepted as they are open nothing."""
        self._prove()
        self.assertFalse(self.order.paper_ticket_ids)
