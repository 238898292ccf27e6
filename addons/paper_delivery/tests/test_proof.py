from odoo import fields
from odoo.addons.paper_delivery.exceptions import NoticeStateError, ProofError
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import DeliveryCommon, signature


@tagged("post_install", "-at_install")
class TestProof(DeliveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()

    def test_record(self):
        """R6.3.1, R6.3.2: the signed note is recorded by logistics, attached, and sales are told to archive it."""
        picking = self._dispatch(self.order).with_user(self.logistics)
        self.assertEqual(self._milestone(self.order, "delivered")["state"], "current")
        picking.action_record_proof("Ms Chen", signature())
        self.assertRecordValues(
            picking.sudo(),
            [
                {
                    "paper_signer": "Ms Chen",
                    "paper_accepted": True,
                    "is_signed": True,
                    "paper_proof_by_id": self.logistics.id,
                }
            ],
        )
        self.assertFalse(picking._link_of("sign"))
        with self.enter_registry_test_mode():
            self.env.ref("paper_delivery.cron_signed_notes").method_direct_trigger()
        self.assertTrue(picking.sudo().message_ids.attachment_ids.filtered(lambda item: item.name.endswith(".pdf")))
        self.assertIn(self.sales, self.order.activity_ids.user_id)
        self.assertEqual(self._milestone(self.order, "delivered")["state"], "done")

    def test_differences(self):
        """R6.3.1: what the customer received otherwise stands in lines of its own and changes no stock move."""
        picking = self._dispatch(self.order).with_user(self.logistics)
        receipt = picking.paper_receipt_ids
        self.assertEqual((receipt.shipped_kg, receipt.difference_kg), (1000, 0))
        picking.action_record_proof(
            "Ms Chen", signature(), lines=[{"id": receipt.id, "received_kg": 950, "remark": "2 reams wet"}]
        )
        self.assertRecordValues(receipt, [{"received_kg": 950, "difference_kg": -50, "remark": "2 reams wet"}])
        self.assertEqual(picking.move_ids.quantity, 1000)

    def test_not_accepted(self):
        """R6.3.1: goods that are not accepted need the reason, and the step does not count as passed."""
        picking = self._dispatch(self.order).with_user(self.logistics)
        with self.assertRaises(ProofError):
            picking.action_record_proof("Ms Chen", signature(), accepted=False)
        picking.action_record_proof("Ms Chen", signature(), accepted=False, remarks="Wrong width")
        self.assertEqual(self._milestone(self.order, "delivered")["state"], "failed")

    def test_incomplete_or_twice(self):
        """R6.3.1: no proof without name and picture, before the goods left, in the future, or a second time."""
        picking = self.order.picking_ids.with_user(self.logistics)
        with self.assertRaises(ProofError):
            picking.action_record_proof("Ms Chen", signature())
        self._dispatch(self.order)
        svg = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="
        for bad in ("", "no picture", "bm8gcGljdHVyZQ==", svg):
            with self.assertRaises(ProofError):
                picking.action_record_proof("Ms Chen", bad)
        with self.assertRaises(ProofError):
            picking.action_record_proof(" ", signature())
        with self.assertRaises(ProofError):
            picking.action_record_proof("Ms Chen", signature(), fields.Date.add(self.env.company._paper_today(), days=3))
        with self.assertRaises(ProofError):
            picking.action_record_proof("Ms Chen", signature(), lines=[{"id": 0, "received_kg": 1}])
        picking.action_record_proof("Ms Chen", "data:image/png;base64," + signature())
        with self.assertRaises(ProofError):
            picking.action_record_proof("Mr Wang", signature())

    def test_departments(self):
        """R6.3.1: only logistics record the proof; nobody writes or erases it by hand."""
        picking = self._dispatch(self.order)
        for user in (self.sales, self.stock, self.workshop):
            with self.assertRaises(AccessError):
                picking.with_user(user).action_record_proof("Ms Chen", signature())
        for vals in ({"signature": signature()}, {"paper_signer": "x"}, {"paper_proof_on": fields.Datetime.now()}):
            with self.assertRaises(ProofError):
                picking.with_user(self.stock).write(vals)
        with self.assertRaises(ProofError):
            picking.paper_receipt_ids.with_user(self.logistics).write({"received_kg": 1})
        with self.assertRaises(NoticeStateError):
            picking.paper_check_ids.with_user(self.stock).write({"done": False})

    def test_dialog(self):
        """R6.3.1: the dialog of the transfer records the proof with its received quantities."""
        picking = self._dispatch(self.order).with_user(self.logistics)
        dialog = (
            self.env["paper.delivery.proof"]
            .with_user(self.logistics)
            .with_context(default_picking_id=picking.id)
            .create({"signer": "Ms Chen", "signature": signature()})
        )
        dialog.line_ids.received_kg = 990
        dialog.action_record()
        self.assertEqual(picking.paper_receipt_ids.difference_kg, -10)

    def test_copy(self):
        """R6.3.1: the copy of a delivery is neither announced, checked nor signed."""
        picking = self._dispatch(self.order)
        picking.with_user(self.logistics).action_record_proof("Ms Chen", signature())
        copied = picking.copy()
        self.assertFalse(copied.paper_notice_id or copied.paper_signer or copied.signature or copied._link_of("sign"))
        self.assertEqual(copied.paper_loading_state, "todo")
