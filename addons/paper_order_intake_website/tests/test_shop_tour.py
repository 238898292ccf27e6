from odoo.tests import tagged

from .test_shop import ShopCommon


@tagged("post_install", "-at_install")
class TestShopTour(ShopCommon):
    def test_web_order(self):
        """R3.1.2 (acceptance): in the browser, in Chinese, a customer describes sheets, sees kilograms and price,
        and sends the order."""
        chinese = self.env.ref("base.lang_zh_CN")
        self.website.language_ids |= chinese
        self.buyer.lang = "zh_CN"
        self.start_tour(
            f"/{chinese.url_code}/shop/{self.paper.product_tmpl_id.id}", "paper_intake_web_order", login=self.buyer.login
        )
        order = self._cart()
        self.assertEqual((order.state, order.client_order_ref), ("sent", "WEB-77"))
        self.assertEqual(order.intake_message_ids.channel_id, self.web)
        self.assertEqual(order.order_line.filtered("paper_spec_id").paper_unit, "ream")
