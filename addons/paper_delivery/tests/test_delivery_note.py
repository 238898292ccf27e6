from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDeliveryNote(DeliveryCommon):
    def test_contents(self):
        """R6.3.1: the delivery note names specification, quantity in the customer's unit and kg, reels, receiver."""
        product = self._paper(tracking="lot")
        spec = self._spec()
        for number in (1, 2):
            lot = self.env["stock.lot"].create(
                {"name": f"REEL-{number}", "product_id": product.id, "paper_spec_id": spec.id}
            )
            self.env["stock.quant"]._update_available_quantity(product, self.warehouse.lot_stock_id, 500, lot_id=lot)
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
