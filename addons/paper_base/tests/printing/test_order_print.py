from odoo.addons.paper_base.tests.common import PaperCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestOrderPrint(PaperCommon):
    def page(self, order, report="sale.report_saleorder", lang="en_US"):
        model = self.env["ir.actions.report"].with_context(lang=lang)
        return model._render_qweb_html(report, order.ids)[0].decode()

    def test_says_what_was_ordered(self):
        """R4.2.2: the confirmation says, of each line, specification and quantity in the customer's unit and in kg, and where
        and when the goods are delivered."""
        place = self.env["res.partner"].create(
            {"name": "Dock 3", "type": "delivery", "parent_id": self.customer.id, "street": "5 Port Road", "city": "Ningbo",
             "phone": "+86 574 1"}
        )
        spec = self._create_sheet(sheets_per_ream=500, packing="on pallets, wrapped")
        line = self._prepare_line(spec, price_unit=6)
        order = self._create_order(line, partner_shipping_id=place.id, commitment_date="2026-12-20 08:00:00",
                                   client_order_ref="PO-77")
        order.action_confirm()
        page = self.page(order)
        for text in (
            "Order Confirmation",
            order.name,
            spec.display_name,
            "on pallets, wrapped",
            "<strong>100 ream",
            "50,000 sheet",
            f"{order.paper_weight_kg:,.1f}".rstrip("0").rstrip("."),
            "5 Port Road",
            "Ningbo",
            "+86 574 1",
            "12/20/2026",
            "PO-77",
        ):
            with self.subTest(text=text):
                self.assertIn(text, page)
        self.assertNotIn("Connect your software", page)
        self.assertNotIn("create quotes automatically", page)

    def test_title(self):
        """R4.2.2: what is no order yet is a quotation, and each is named in the customer's language."""
        self.customer.lang = "zh_CN"
        order = self._create_order()
        self.assertIn("<h1>报价单</h1>", self.page(order))
        order.action_confirm()
        self.assertIn("<h1>订单确认书</h1>", self.page(order))
        self.assertIn("<h1>形式发票</h1>", self.page(order, "sale.report_saleorder_pro_forma"))
        self.assertIn("双胶纸", self.page(order))

    def test_without_anything_optional(self):
        """R4.2.2: an order prints whatever of it is not known yet, with notes, sections and goods that are no paper."""
        order = self._create_order(
            {"display_type": "line_section", "name": "First"},
            self._prepare_line(self._create_sheet()),
            {"product_id": self.paper.id, "product_uom_qty": 3},
            {"display_type": "line_note", "name": "Handle with care"},
            {"product_id": self.pallet.id, "product_uom_qty": 2, "discount": 5},
            user_id=False,
        )
        order.write({"date_order": order.date_order, "commitment_date": False, "payment_term_id": False})
        page = self.page(order)
        for text in ("First", "Handle with care", "Pallet"):
            self.assertIn(text, page)

    def test_other_orders_are_left_alone(self):
        """R2: an order without paper prints as Odoo prints it."""
        order = self._create_order({"product_id": self.pallet.id, "product_uom_qty": 2})
        self.assertFalse(order.is_paper_order)
        self.assertNotIn("o_mill", self.page(order))

    def test_days_are_the_mill_s(self):
        """R4.2.2: the delivery date is the day where the mill stands, whoever prints the order from wherever."""
        self.env.company.resource_calendar_id.tz = "Asia/Shanghai"
        order = self._create_order(commitment_date="2026-12-20 20:00:00")
        for zone in ("UTC", "America/New_York", "Asia/Shanghai"):
            with self.subTest(zone=zone):
                facts = dict(order.with_context(tz=zone, lang="en_US")._print_facts())
                self.assertEqual(facts["Delivery Date"], "12/21/2026")

    def test_address(self):
        """R4.2.2: a Chinese address is written from the large to the small in Chinese, the other way round in English."""
        china = self.env.ref("base.cn")
        partner = self.env["res.partner"].create(
            {"name": "Yucai", "street": "学府街9号", "city": "成都", "zip": "610000", "country_id": china.id}
        )
        self.env.company.country_id = china
        self.assertEqual(partner.with_context(lang="zh_CN")._paper_address(), "成都学府街9号 610000")
        self.assertEqual(partner.with_context(lang="en_US")._paper_address(), "学府街9号, 610000 成都")
        self.env.company.country_id = self.env.ref("base.us")
        self.assertIn(china.with_context(lang="zh_CN").name, partner.with_context(lang="zh_CN")._paper_address())
