from odoo.addons.paper_base.tests.common import PaperCommon
from odoo.tests import Form, tagged

from ...exceptions import ChangeBlockedError, StepFieldError


@tagged("post_install", "-at_install")
class TestLineDelivery(PaperCommon):
    """A day and a place of a line: its own, or its order's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dock = cls.env["res.partner"].create(
            {"name": "Dock 3", "type": "delivery", "parent_id": cls.customer.id, "city": "Ningbo"}
        )
        cls.order = cls._create_order(
            cls._prepare_line(cls._create_sheet()),
            cls._prepare_line(cls._create_sheet(width=889, length=1194)),
            commitment_date="2026-12-20 08:00:00",
            partner_shipping_id=cls.customer.id,
        )
        cls.first, cls.second = cls.order.order_line

    def test_as_the_order(self):
        """R3.3.1: a line that says nothing of its own is delivered when and where its order is, whatever that becomes."""
        self.assertEqual(str(self.first._paper_delivery_date()), "2026-12-20 08:00:00")
        self.assertEqual(self.first._paper_delivery_place(), self.order.partner_shipping_id)
        self.order.write({"commitment_date": "2026-12-22 08:00:00", "partner_shipping_id": self.dock.id})
        self.assertEqual(str(self.first._paper_delivery_date()), "2026-12-22 08:00:00")
        self.assertEqual(self.first._paper_delivery_place(), self.dock)
        self.order.commitment_date = False
        self.assertFalse(self.first._paper_delivery_date())
        self.assertFalse(self.order._paper_last_delivery_date())

    def test_its_own(self):
        """R3.3.1: a line's own day and place, given by sales in the form, hold for that line alone."""
        self.env.user.group_ids |= self.env.ref("paper_base.group_sales")
        with Form(self.order) as form, form.order_line.edit(1) as line:
            line.paper_commitment_date = "2027-01-15 08:00:00"
            line.paper_shipping_id = self.dock
        self.assertEqual(str(self.second._paper_delivery_date()), "2027-01-15 08:00:00")
        self.assertEqual(self.second._paper_delivery_place(), self.dock)
        self.assertEqual(str(self.first._paper_delivery_date()), "2026-12-20 08:00:00")
        self.assertEqual(str(self.order._paper_last_delivery_date()), "2027-01-15 08:00:00")
        self.assertEqual(self.order._paper_delivery_places(), self.order.partner_shipping_id | self.dock)
        self.assertFalse(self.order._is_one_delivery_date() or self.order._is_one_delivery_place())

    def test_what_repeats_the_order_is_not_its_own(self):
        """R3.3.1: a line that repeats its order's day and place says nothing else than its order."""
        same = {"paper_commitment_date": self.order.commitment_date, "paper_shipping_id": self.order.partner_shipping_id.id}
        self.first.write(same)
        self.assertFalse(any(self.first._paper_own_delivery().values()))
        self.assertTrue(self.order._is_one_delivery_date() and self.order._is_one_delivery_place())

    def test_another_customer(self):
        """R3.2.1: an order that turns out to be another customer's does not go to the plant of the one before."""
        self.first.paper_shipping_id = self.dock
        self.order.partner_id = self.env["res.partner"].create({"name": "Other Print", "is_company": True})
        self.assertFalse(self.first.paper_shipping_id)

    def test_promise_is_nobodys_to_write(self):
        """R3.3.1: what the mill promises of a line is set by its steps, and no copy takes day or promise over."""
        with self.assertRaises(StepFieldError):
            self.first.with_user(self.salesman).paper_promised_date = "2027-01-15 08:00:00"
        self.first._by_step().paper_promised_date = "2027-01-15 08:00:00"
        self.first.write({"paper_commitment_date": "2027-01-15 08:00:00", "paper_shipping_id": self.dock.id})
        copied = self.order.copy().order_line[0]
        self.assertFalse(copied.paper_promised_date or copied.paper_commitment_date)
        self.assertEqual(copied.paper_shipping_id, self.dock)

    def test_confirmed_line_asks(self):
        """R4.1.3: day and place of a line of a confirmed order are changed like its price: past the order's blockers."""
        self.order.action_confirm()
        order_class = self.registry["sale.order"]
        blocker = {"code": "t", "text": "not now"}

        def blocked(orders, step):
            return {order: [orders._paper_blocker("t", blocker["text"])] if step == "change" else [] for order in orders}

        self.patch(order_class, "_get_blockers", blocked)
        for vals in ({"paper_commitment_date": "2027-02-01 08:00:00"}, {"paper_shipping_id": self.dock.id}):
            with self.subTest(vals=vals), self.assertRaises(ChangeBlockedError):
                self.first.write(vals)

    def test_print(self):
        """R4.2.2: the confirmation says day and place once where all lines share them, else with each line."""
        def page():
            return self.env["ir.actions.report"]._render_qweb_html("sale.report_saleorder", self.order.ids)[0].decode()

        self.assertEqual(page().count("12/20/2026"), 1)
        self.order.order_line.paper_commitment_date = "2027-01-15 08:00:00"
        self.assertNotIn("12/20/2026", page())
        self.assertEqual(page().count("01/15/2027"), 1)
        self.second.write({"paper_commitment_date": False, "paper_shipping_id": self.dock.id})
        text = page()
        self.assertIn("Delivery Date: 12/20/2026", text)
        self.assertIn("Delivery Date: 01/15/2027", text)
        self.assertIn("Delivery Place: Dock 3, Ningbo", text)
