from odoo.addons.paper_quality.exceptions import CertificateRefusedError
from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDeliveryNote(DeliveryCommon):
    def test_contents(self):
        """R6.3.1: the delivery note names specification, quantity in the customer's unit and kg, reels, receiver."""
        product = self._paper(tracking="lot")
        spec = self._spec()
        for number in (1, 2):
            self._lot(product, f"REEL-{number}", 500, spec)
        order = self._order(product=product, spec=spec, stocked=False)
        picking = self._dispatch(order)
        report = self.env["ir.actions.report"].with_context(lang="en_US")
        page = report._render_qweb_html("paper_delivery.report_delivery_note", picking.ids)[0].decode()
        for text in (picking.name, order.name, "REEL-1", "REEL-2", "1,000.0", spec.display_name, "沪A·12345", "Driver Li"):
            self.assertIn(text, page)

    def test_renders_for_logistics(self):
        """R6.2.2: logistics print the note before the goods leave, without rights on sales."""
        picking = self._load(self._order())
        report = self.env["ir.actions.report"].with_user(self.logistics)
        page = report._render_qweb_html("paper_delivery.report_delivery_note", picking.ids)[0].decode()
        self.assertIn(picking.name, page)

    def page(self, picking, report="paper_delivery.report_delivery_note", lang="en_US"):
        model = self.env["ir.actions.report"].with_context(lang=lang)
        return model._render_qweb_html(report, picking.ids)[0].decode()

    def test_without_a_notice(self):
        """R6.2.2: a delivery that nobody has announced or planned yet prints, too."""
        picking = self._order()._paper_deliveries()
        picking.partner_id.write({"phone": False, "street": False})
        self.assertFalse(picking.paper_notice_id)
        self.assertIn(picking.name, self.page(picking))

    def test_consignee_and_packages(self):
        """R6.3.1: the note names the consignee with phone, the number of packages, and has room for stamp and signatures."""
        product = self._paper(tracking="lot")
        spec = self._spec()
        for number in range(3):
            self._lot(product, f"P-{number}", 400, spec)
        self.customer.phone = "+86 21 5555 0000"
        picking = self._dispatch(self._order(product=product, spec=spec, quantity=1200, stocked=False))
        self.assertEqual(picking._note_packages(), 3)
        facts = dict(fact for row in picking._note_facts() for fact in row)
        self.assertEqual(facts["Number of Packages"], "3")
        page = self.page(picking)
        for text in ("+86 21 5555 0000", self.customer.name, "Stamp", "Signature"):
            with self.subTest(text=text):
                self.assertIn(text, page)
        loose = self._order()._paper_deliveries()
        self.assertEqual(loose._note_packages(), 0)
        self.assertIn("____", self.page(loose))

    def test_packed_together(self):
        """R6.3.1: what was packed together is one package for who unloads it."""
        picking = self._order(quantity=500)._paper_deliveries()
        picking.move_line_ids.result_package_id = self.env["stock.package"].create({"name": "PAL-1"})
        self.assertEqual(picking._note_packages(), 1)

    def test_one_note(self):
        """R6.3.1: whoever prints Odoo's slip of a delivery of paper gets the mill's note."""
        picking = self._dispatch(self._order())
        self.assertIn("o_mill", self.page(picking, "stock.report_deliveryslip"))

    def test_certificate(self):
        """R6.1.1: a delivery that no passed inspection stands behind gets no certificate."""
        picking = self._dispatch(self._order())
        with self.assertRaises(CertificateRefusedError):
            picking.with_user(self.stock).action_print_certificate()
        with self.assertRaises(CertificateRefusedError):
            self.page(picking, "paper_delivery.report_certificate")
