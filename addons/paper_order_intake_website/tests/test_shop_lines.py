from datetime import timedelta

from lxml import html
from odoo.tests import tagged

from .test_shop import REEL, SHEET, ShopCommon


@tagged("post_install", "-at_install")
class TestShopLines(ShopCommon):
    """Several papers in one cart: each has its own day and place, and is told what is wrong with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        address = {name: cls.customer[name].id for name in ("country_id", "state_id")}
        address |= {"street": "9 Dock Road", "city": "Shanghai", "zip": "200001", "phone": "021 2", "email": "s@hua.example.com"}
        cls.store = cls.env["res.partner"].create(
            {"name": "Store", "parent_id": cls.customer.id, "type": "delivery", **address}
        )
        cls.company = cls.website.company_id
        cls.company.paper_max_deckle = 2540
        cls.day = cls.company._paper_today() + timedelta(days=40)

    def _cart_page(self):
        return html.fromstring(self.url_open("/shop/cart").content)

    def _faults(self):
        """Return what the cart says at each of its papers."""
        return [
            [fault.text_content().strip() for fault in item.xpath(".//*[contains(@class, 'o_paper_fault')]")]
            for item in self._cart_page().xpath("//*[contains(@class, 'o_cart_product')][@data-product-id]")
        ]

    def test_one_order_with_a_line_each(self):
        """R3.1.2: eight papers in one cart, some with a day and place of their own, become one order with eight lines and one
        arrival, which says all of them."""
        own = {**REEL, "delivery_date": self.day.isoformat(), "delivery_place": str(self.store.id)}
        papers = [own, *({**SHEET, "quantity": str(number)} for number in range(1, 8))]
        order = self._fill_cart(*papers)
        self.assertIn("9 Dock Road", self.url_open("/shop/cart").text)
        self._submit(commitment_date=(self.day + timedelta(days=9)).isoformat(), client_order_ref="WEB-8")
        lines = order.order_line
        self.assertEqual((len(lines), len(lines.paper_spec_id), order.state), (8, 8, "sent"))
        self.assertEqual(lines[0]._paper_delivery_day(), self.day)
        self.assertEqual(lines[0]._paper_delivery_place(), self.store)
        self.assertEqual(lines[1]._paper_delivery_day(), self.day + timedelta(days=9))
        self.assertFalse(lines[1].paper_shipping_id)
        arrival = order.intake_message_ids
        self.assertEqual(len(arrival), 1)
        self.assertIn("9 Dock Road", arrival.raw)
        self.assertEqual(arrival.raw.count("787×1092"), 7)

    def test_every_paper_with_its_day(self):
        """R3.1.2: where each paper has its day the order has the last of them."""
        first, last = (self.day + timedelta(days=days) for days in (0, 3))
        papers = [{**SHEET, "delivery_date": first.isoformat()}, {**REEL, "delivery_date": last.isoformat()}]
        order = self._fill_cart(*papers)
        self._submit()
        self.assertEqual([line._paper_delivery_day() for line in order.order_line], [first, last])
        self.assertEqual(self.company._paper_day(order.commitment_date), last)

    def test_days_and_places_that_cannot_be(self):
        """R3.1.2: a day that is past, none at all, and an address of somebody else are told at their field."""
        self._fill_cart()
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        for change in (
            {"delivery_date": "2001-01-01"},
            {"delivery_date": "=1+1"},
            {"delivery_place": str(stranger.id)},
            {"delivery_place": "x"},
        ):
            answer = self._rpc("/shop/paper/add", {**SHEET, **change})
            self.assertEqual(set(answer["errors"]), set(change))
            self.assertFalse(answer["ok"] or answer.get("redirect"))
        self.authenticate(None, None)
        answer = self._rpc("/shop/paper/quote", {**SHEET, "delivery_place": str(self.store.id)})
        self.assertEqual(set(answer["errors"]), {"delivery_place"})

    def test_what_is_wrong_is_told_at_the_line(self):
        """R3.1.2, R3.2.1: a paper that cannot be made any more, and one whose day has passed, say so at their line; the cart
        goes no further until they are changed or removed."""
        order = self._fill_cart(SHEET, {**REEL, "width": "1600"})
        self.assertEqual(self._faults(), [[], []])
        sheet, reel = order.order_line
        sheet.paper_commitment_date = "2001-01-01 12:00:00"
        self.company.paper_max_deckle = 1500
        first, second = self._faults()
        self.assertEqual((len(first), len(second)), (1, 1))
        self.assertIn("Delivery Date", first[0])
        self.assertIn("1500", second[0])
        for route in ("/shop/checkout", "/shop/payment"):
            self.assertTrue(self.url_open(route).url.endswith("/shop/cart"), route)
        params = {"product_id": self.paper.id, "told": {**SHEET, "quantity": "7"}, "line_id": sheet.id}
        self.assertTrue(self.make_jsonrpc_request("/shop/paper/add", params)["redirect"])
        self.assertFalse(sheet.exists())
        reel.unlink()
        self.assertEqual(order.order_line.paper_quantity, 7)
        self.assertEqual(self._faults(), [[]])
        self._submit()
        self.assertEqual(order.state, "sent")

    def test_a_paper_is_changed_on_its_page(self):
        """R3.1.2: from its line in the cart the paper's page opens with what was told; a line of somebody else's does not."""
        order = self._fill_cart({**SHEET, "packing": "on pallets", "delivery_date": self.day.isoformat()})
        [link] = self._cart_page().xpath("//a[contains(@class, 'o_paper_change')]/@href")
        page = html.fromstring(self.url_open(link).content)
        fields = page.xpath("//*[contains(@class,'o_paper_configurator')]//input")
        values = {field.get("name"): field.get("value") for field in fields}
        self.assertEqual(values["width"], "787")
        self.assertEqual((values["packing"], values["delivery_date"]), ("on pallets", self.day.isoformat()))
        self.assertTrue(page.xpath("//input[@value='sheet'][@checked]"))
        self.assertTrue(page.xpath(f"//*[@data-line-id='{order.order_line.id}']"))
        other = self._create_user("t_web_other", "base.group_portal")
        self.authenticate(other.login, other.login)
        page = html.fromstring(self.url_open(link).content)
        self.assertFalse(page.xpath("//*[@data-line-id]"))
        params = {"product_id": self.paper.id, "told": SHEET, "line_id": order.order_line.id}
        self.assertTrue(self.make_jsonrpc_request("/shop/paper/add", params)["redirect"])
        self.assertEqual(order.order_line.paper_spec_id.packing, "on pallets")

    def test_the_grade_is_chosen(self):
        """R3.1.2: on the page of one paper the others of the shop are offered, and what was told goes along to their page."""
        self.paper_t.write({"is_published": True, "paper_grade_id": self.offset.id})
        page = html.fromstring(self.url_open(f"{self.paper.product_tmpl_id.website_url}?width=640&format=sheet").content)
        offered = [option.text_content().strip() for option in page.xpath("//select[contains(@class, 'o_paper_product')]/option")]
        self.assertLessEqual({self.paper.name, self.paper_t.name}, set(offered))
        self.assertEqual(page.xpath("//input[@name='width']/@value"), ["640"])
        self.assertNotIn(self.pallet.name, offered)

    def test_terms_and_medium(self):
        """R3.2.1: payment is as agreed with the customer, never at once because a shop would have it so; the order says by
        which medium it came."""
        order = self._fill_cart()
        self._submit()
        self.assertFalse(order.payment_term_id)
        self.assertEqual(order.medium_id, self.env.ref("utm.utm_medium_website"))
        self.customer.property_payment_term_id = self.term
        order = self._fill_cart(REEL)
        self.assertIn("30 days", self.url_open("/shop/payment").text)
        self._submit()
        self.assertEqual(order.payment_term_id, self.term)

    def test_the_operator_hands_over(self):
        """R3.1.2: without a handler a web order reaches the online operator; handed over, it is a salesperson's, who is told."""
        self.web.handler_id = False
        operator = self._create_user("t_web_operator", "paper_base.group_online")
        order = self._fill_cart()
        self._submit()
        arrival = order.intake_message_ids
        self.assertEqual((arrival.operator_id, arrival.state, order.state), (operator, "order", "sent"))
        self.assertEqual(arrival.activity_ids.user_id, operator)
        self.assertFalse(order.activity_ids.filtered(lambda item: item.paper_kind == "web_order"))
        arrival.with_user(operator)._hand_over_to(self.seller)
        self.assertEqual((order.user_id, arrival.handler_id), (self.seller, self.seller))
        self.assertEqual(order.activity_ids.filtered(lambda item: item.paper_kind == "web_order").user_id, self.seller)
        self.assertFalse(arrival.activity_ids)
