from odoo.addons.paper_base.exceptions import StepFieldError
from odoo.tests import Form, freeze_time, tagged

from ..common import IntakeCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-06-15 02:00:00")
class TestOrderType(IntakeCommon):
    def test_the_channel_says_the_usual_type(self):
        """R3.1.1, R2: orders that come by a channel have its type, whoever takes them in; sales may change it."""
        self.channel.order_type = "sample"
        orders = self.env["sale.order"].with_user(self.credit).sudo()
        order = orders.create({"partner_id": self.customer.id, "intake_channel_id": self.channel.id})
        self.assertEqual(order.paper_order_type, "sample")
        with self.assertRaises(StepFieldError):
            order.with_user(self.credit).sudo().paper_order_type = "standard"
        order.with_user(self.seller).paper_order_type = "standard"

    def test_a_type_that_the_form_opened_with(self):
        """R3.1.1, R2: the type that sales opened the form with holds, whatever is usual for the channel; others' does not."""
        self.channel.order_type = "sample"
        orders = self.env["sale.order"].with_context(default_paper_order_type="standard")
        values = {"partner_id": self.customer.id, "intake_channel_id": self.channel.id}
        self.assertEqual(orders.with_user(self.seller).create(values).paper_order_type, "standard")
        self.assertEqual(orders.with_user(self.credit).sudo().create(values).paper_order_type, "sample")

    def test_quick_entry(self):
        """R3.1.1, R2: who takes an order on the telephone says of which type it is; the channel's is what it begins with."""
        self.phone.order_type = "sample"
        wizards = self.env["paper.quick.order"].with_user(self.seller).with_context(default_channel_id=self.phone.id)
        for chosen in ("sample", "standard"):
            form = Form(wizards)
            self.assertEqual(form.order_type, "sample")
            form.order_type = chosen
            form.product_id = self.paper
            form.basis_weight, form.width, form.reel_diameter_max, form.core_diameter = 80, 787, 1000, 76
            form.quantity, form.unit, form.partner_id = 200, "kg", self.customer
            order = self.env["sale.order"].browse(form.save().action_save()["res_id"])
            self.assertEqual(order.paper_order_type, chosen)
