from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...exceptions import IntakeStateError, QuickOrderError
from ..common import IntakeCommon


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
        message = order.intake_message_ids
        self.assertIn("same as in May", message.raw)
        self.assertIn("787", message.raw)
        self.assertTrue(message.payload_hash)

    def _next(self, wizard, **told):
        """Note the paper in the form, and tell the next one in the form that opens."""
        follow = wizard.action_next_paper()["params"]["next"]
        form = Form(self.env["paper.quick.order"].with_user(self.seller).browse(follow["res_id"]))
        for name, value in told.items():
            setattr(form, name, value)
        return form.save()

    def test_several_papers_are_one_order(self):
        """R3.1.1: the customer's next paper needs neither customer nor date again, and is an item of the same order."""
        other = self.customer.copy({"name": "Depot", "parent_id": self.customer.id, "type": "delivery"})
        wizard = self._next(self._form(words="as in May").save(), basis_weight=70, width=889, length=1194, quantity=50)
        self.assertEqual((wizard.item_count, wizard.partner_id, wizard.product_id), (1, self.customer, self.paper))
        told = {"commitment_date": fields.Date.to_date("2031-06-07"), "partner_shipping_id": other}
        wizard = self._next(wizard, basis_weight=60, width=700, length=1000, quantity=20, packing="on pallets", **told)
        self.assertAlmostEqual(wizard.total_weight, sum(wizard.item_ids.mapped("weight_kg")) + wizard.weight_kg, 3)
        order = self.env["sale.order"].browse(wizard.action_save()["res_id"])
        self.assertEqual(order.order_line.mapped("paper_quantity"), [100, 50, 20])
        self.assertEqual(order.order_line.paper_spec_id.mapped("width"), [787, 889, 700])
        self.assertEqual(
            [line._paper_delivery_date().date().isoformat() for line in order.order_line],
            ["2031-05-06", "2031-05-06", "2031-06-07"],
        )
        self.assertEqual([line._paper_delivery_place() for line in order.order_line], [self.customer, self.customer, other])
        whole = order.intake_message_ids.parent_id
        self.assertEqual((len(whole), whole.state, len(order.intake_message_ids)), (1, "split", 3))
        self.assertIn("as in May", whole.raw)

    def test_a_paper_is_taken_back(self):
        """R3.1.1: a noted paper is put back into the form and changed; the one that stood there is noted instead."""
        wizard = self._next(self._form().save(), basis_weight=70, width=889, length=1194, quantity=50)
        wizard.item_ids.action_take_back()
        self.assertEqual((wizard.width, wizard.item_ids.width, wizard.item_count), (787, 889, 1))
        wizard.quantity = 90
        order = self.env["sale.order"].browse(wizard.action_save()["res_id"])
        self.assertEqual(order.order_line.mapped("paper_quantity"), [50, 90])

    def test_the_form_is_blank_at_the_end(self):
        """R3.1.1: who asks for a next paper and then learns that there is none saves what was noted, and no more."""
        wizard = self._next(self._form().save())
        order = self.env["sale.order"].browse(wizard.action_save()["res_id"])
        self.assertEqual(order.order_line.mapped("paper_quantity"), [100])
        with self.assertRaises(QuickOrderError):
            self._next(self._next(self._form().save()))

    def test_an_order_of_nobody(self):
        """R3.1.1: papers may be noted before the customer is known, but the order is somebody's."""
        form = self._form()
        form.partner_id = self.env["res.partner"]
        wizard = self._next(form.save(), quantity=1, width=700, length=1000)
        with self.assertRaises(QuickOrderError):
            wizard.action_save()

    def test_what_is_not_known_yet(self):
        """R3.1.1: a caller who does not know everything has an order all the same."""
        wizard = self._form(commitment_date=False, width=0, unit="kg", quantity=500).save()
        order = self.env["sale.order"].browse(wizard.action_save()["res_id"])
        self.assertFalse(order.order_line.paper_spec_id.width or order.commitment_date)
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
