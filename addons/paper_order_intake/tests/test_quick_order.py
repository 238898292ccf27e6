from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..exceptions import IntakeStateError, QuickOrderError
from .common import IntakeCommon


@tagged("post_install", "-at_install")
class TestQuickOrder(IntakeCommon):
    def _form(self, user=None, **values):
        form = Form(self.env["paper.quick.order"].with_user(user or self.seller).with_context(default_channel_id=self.phone.id))
        values = {
            "product_id": self.paper,
            "format": "sheet",
            "basis_weight": 60,
            "width": 787,
            "length": 1092,
            "unit": "ream",
            "quantity": 100,
            "partner_id": self.customer,
            "commitment_date": fields.Date.to_date("2031-05-06"),
            "payment_term_id": self.term,
            **values,
        }
        if values["format"] == "reel":
            del values["length"]
        for name, value in values.items():
            setattr(form, name, value)
        return form

    def test_weight_and_price_at_once(self):
        """R3.1.1: while the customer speaks the form shows what 100 reams of 787 × 1092, 60 g/m² weigh and cost."""
        form = self._form()
        self.assertAlmostEqual(form.weight_kg, 2578.2, 1)
        self.assertAlmostEqual(form.amount, 2578.212 * 6, 0)
        self.assertIn("50,000", form.equivalents)

    def test_an_order_at_once(self):
        """R3.1.1: saving keeps the arrival as it was said and makes the order in the customer's own unit."""
        wizard = self._form(packing="on pallets", words="same as in May").save()
        action = wizard.action_save()
        order = self.env["sale.order"].browse(action["res_id"])
        line = order.order_line
        self.assertEqual((line.paper_quantity, line.paper_unit), (100, "ream"))
        self.assertAlmostEqual(line.product_uom_qty, 2578.21, 2)
        self.assertEqual(line.paper_spec_id.packing, "on pallets")
        self.assertEqual(line.paper_spec_id.sheets_per_ream, 500)
        self.assertEqual(order.commitment_date.date().isoformat(), "2031-05-06")
        self.assertEqual((order.user_id, order.intake_channel_id), (self.seller, self.phone))
        self.assertFalse(order.paper_missing)
        message = order.intake_message_ids
        self.assertIn("same as in May", message.raw)
        self.assertIn("787", message.raw)
        self.assertTrue(message.payload_hash)

    def test_save_and_next(self):
        """R3.1.1: the next paper of the same customer needs neither customer nor date again."""
        action = self._form().save().action_save_next()
        follow = action["params"]["next"]
        form = Form(self.env["paper.quick.order"].with_user(self.seller).with_context(**follow["context"]))
        self.assertEqual((form.partner_id, form.product_id, form.quantity, form.width), (self.customer, self.paper, 0, 0))
        self.assertEqual(form.commitment_date, fields.Date.to_date("2031-05-06"))

    def test_what_is_not_known_yet(self):
        """R3.1.1: a caller who does not know everything has an order all the same; it says what it lacks."""
        wizard = self._form(commitment_date=False, width=0, unit="kg", quantity=500).save()
        order = self.env["sale.order"].browse(wizard.action_save()["res_id"])
        self.assertEqual({gap["fact"] for gap in order.paper_missing}, {"width", "delivery_date"})
        self.assertEqual(order.order_line.product_uom_qty, 500)

    def test_paper_that_cannot_be_made(self):
        """R3.2.1: figures that contradict each other, and counts that mean nothing, are refused at once."""
        wizard = self._form(format="reel", unit="t", quantity=1, reel_diameter_max=800, core_diameter=900).save()
        self.assertIn("900", wizard.problem)
        with self.assertRaises(QuickOrderError):
            wizard.action_save()
        with self.assertRaises(QuickOrderError):
            self._form(quantity=-3).save().action_save()
        self.assertFalse(self.env["paper.intake.message"].search([("channel_id", "=", self.phone.id)]))

    def test_figures_of_the_other_format_are_left_out(self):
        """R3.1.1: who typed a sheet length and then learns that reels are meant orders reels."""
        wizard = self._form(format="reel", unit="t", quantity=2, reel_diameter_max=1000, core_diameter=76).save()
        wizard.length = 1092
        order = self.env["sale.order"].browse(wizard.action_save()["res_id"])
        self.assertEqual((order.order_line.paper_spec_id.format, order.order_line.paper_spec_id.length), ("reel", 0))

    def test_rights(self):
        """R3.1.1: only sales takes orders here, and only by phone or at a visit."""
        with self.assertRaises(AccessError):
            self._form(user=self.credit)
        wizard = self._form().save()
        wizard.channel_id = self.channel
        with self.assertRaises(QuickOrderError):
            wizard.action_save()

    def test_the_details_are_closed(self):
        """R3.1.1: nobody slips values of an order in by the details of an arrival."""
        with self.assertRaises(IntakeStateError):
            self._create_arrival(details={"order": {"partner_shipping_id": 1}})
        message = self._create_arrival()
        with self.assertRaises(IntakeStateError):
            message.details = {"line": {"paper_quantity": 1}}
        message._by_step().write({"details": {"order": {"state": "sale", "user_id": 1}, "spec": {"locked": True}}})
        self.assertEqual((message._told("order"), message._told("spec")), ({}, {}))
