from odoo.addons.paper_delivery.exceptions import ProofCorrectionError, ProofError
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import DeliveryCommon, signature


@tagged("post_install", "-at_install")
class TestSettlement(DeliveryCommon):
    """What was accepted is billed, to the gram."""

    def _proven(self, order, **line):
        picking = self._dispatch(order).with_user(self.logistics)
        receipt = picking.paper_receipt_ids
        accepted = line.pop("accepted", True)
        lines = [{"id": receipt.id, "received_kg": receipt.shipped_kg, **line}]
        picking.action_record_proof("Ms Chen", signature(), accepted=accepted, remarks="Seen", lines=lines)
        return receipt

    def test_accepted_weight(self):
        """R6.3.1: what was received and accepted is invoiced to the gram, not what left."""
        order = self._order(quantity=4000)
        receipt = self._proven(order, received_kg=3900.123, refused_kg=100.001)
        self.assertRecordValues(receipt, [{"accepted_kg": 3800.122, "billed_kg": 3800.122, "difference_kg": -99.877}])
        self.assertAlmostEqual(order.order_line.qty_to_invoice, 3800.122, 6)
        invoice = order._create_invoices()
        self.assertAlmostEqual(invoice.invoice_line_ids.quantity, 3800.122, 6)
        self.assertAlmostEqual(order.order_line.qty_to_invoice, 0, 6)

    def test_refused_and_returned(self):
        """R6.3.1, R6.1.1: refused goods are not invoiced, neither before nor after they came back to the mill."""
        keeper = new_test_user(self.env, "settle_keeper", groups="paper_base.group_warehouse,stock.group_stock_user")
        reels = self._paper(name="Reels", tracking="lot")
        self._lot(reels, "RB1", 1000)
        order = self._order(product=reels, stocked=False)
        receipt = self._proven(order, accepted=False)
        self.assertEqual(order.order_line.qty_to_invoice, 0)
        back = self.env["stock.picking"].search([("return_id", "=", receipt.picking_id.id)])
        self.assertEqual(back.move_ids.product_uom_qty, 1000)
        back.move_ids.quantity = 1000
        back.move_ids.picked = True
        back.with_user(keeper).button_validate()
        self.assertEqual((order.order_line.qty_delivered, order.order_line.qty_to_invoice), (0, 0))

    def test_allowance(self):
        """R6.3.1: two scales may differ by what was agreed; beyond it the customer's weight is billed."""
        for received, billed in ((997.5, 1000), (990, 990)):
            order = self._order()
            order.order_line._by_step().paper_weight_allowance = 0.3
            self.assertEqual(self._proven(order, received_kg=received).billed_kg, billed)

    def test_bases(self):
        """R6.3.1: a contract bills gross for net, by nominal weight, or air-dry at the agreed moisture."""
        for basis, vals, billed in (
            ("gross", {"gross_kg": 1020}, 1020),
            ("nominal", {"nominal_kg": 996.5}, 996.5),
            ("air_dry", {"moisture": 5.5}, 1050),
            ("gross", {}, 1000),
        ):
            order = self._order()
            order.order_line._by_step().write({"paper_weight_basis": basis, "paper_agreed_moisture": 10})
            receipt = self._proven(order)
            receipt._by_step().write(vals)
            self.assertEqual((receipt.billed_kg, receipt.is_weight_known), (billed, bool(vals)), basis)
            self.assertAlmostEqual(order.order_line.qty_to_invoice, billed, 6)

    def test_signed_only(self):
        """R6.3.1: a mill that invoices signed deliveries only bills nothing before."""
        order = self._order()
        self._dispatch(order)
        self.assertEqual(order.order_line.qty_to_invoice, 1000)
        self.env.company.paper_invoice_signed_only = True
        self.assertEqual(order.order_line.qty_to_invoice, 0)

    def test_basis_is_agreed(self):
        """R4.1.3: by which weight is billed is agreed before the order is confirmed, and stays."""
        order = self._order()
        with self.assertRaises(Exception) as caught:
            order.order_line.with_user(self.sales).paper_weight_basis = "gross"
        self.assertNotIsInstance(caught.exception, AssertionError)
        self.assertEqual(order.order_line.paper_weight_basis, "net")

    def test_correction(self):
        """R6.3.1: a second person corrects a proof with a reason; the first stays, and the invoice follows."""
        order = self._order()
        receipt = self._proven(order)
        picking, lines = receipt.picking_id, [{"id": receipt.id, "received_kg": 950.5}]
        with self.assertRaises(ProofCorrectionError):
            picking.with_user(self.logistics).action_correct_proof("Typo", lines=lines)
        with self.assertRaises(ProofCorrectionError):
            picking.with_user(self.sales).action_correct_proof(" ", lines=lines)
        with self.assertRaises(AccessError):
            picking.with_user(self.stock).action_correct_proof("Typo", lines=lines)
        picking.with_user(self.sales).action_correct_proof("The slip says 950.5", lines=lines)
        self.assertEqual((receipt.received_kg, order.order_line.qty_to_invoice), (950.5, 950.5))
        first = picking.paper_event_ids.filtered(lambda event: event.kind == "sign")
        self.assertEqual(first.payload["lines"][0]["received_kg"], 1000)
        with self.assertRaises(ProofError):
            first.sudo().write({"payload": {}})
        with self.assertRaises(Exception) as caught:
            first.sudo().unlink()
        self.assertIn("stays", str(caught.exception))

    def test_signing_needs_no_pdf(self):
        """R6.3.1: a signature is kept although the note cannot be printed, which is tried again later."""
        picking = self._dispatch(self._order())

        def missing(*args, **kwargs):
            raise OSError("no wkhtmltopdf")

        self.patch(type(self.env["ir.actions.report"]), "_render_qweb_pdf", missing)
        picking.with_user(self.logistics).action_record_proof("Ms Chen", signature())
        self.assertTrue(picking.paper_proof_on and picking.paper_note_due)
