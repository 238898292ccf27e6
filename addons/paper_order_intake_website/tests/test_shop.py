import re
from unittest.mock import patch

from odoo import Command, fields
from odoo.addons.paper_base.exceptions import ConfirmBlockedError, EvaluateBlockedError
from odoo.addons.paper_order_intake.tests.common import IntakeCommon
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..exceptions import WebOrderError

SHEET = {"format": "sheet", "basis_weight": "60", "width": "787", "length": "1092", "quantity": "100", "unit": "ream"}
REEL = {
    "format": "reel",
    "basis_weight": "80",
    "width": "787",
    "reel_diameter_max": "1000",
    "core_diameter": "76",
    "quantity": "3",
}


class ShopCommon(IntakeCommon, HttpCase):
    """A shop that sells a paper, a buyer with an account, a channel for what arrives."""

    own_blockers = IntakeCommon.own_blockers | {"web_acceptance"}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paper.write({"is_published": True, "sale_ok": True, "website_id": False})
        cls.customer.write(
            {
                "country_id": cls.env.ref("base.cn").id,
                "state_id": cls.env.ref("base.state_cn_SH").id,
                "zip": "200000",
                "phone": "021 1",
            }
        )
        cls.buyer = cls._create_user("t_web_buyer", "base.group_portal", partner_id=cls.customer.id)
        cls.website = cls.env["website"].search([], limit=1)
        cls.web = cls.env["paper.intake.channel"].search(
            [("kind", "=", "web_shop"), ("company_id", "=", cls.website.company_id.id)], limit=1
        )
        cls.web.handler_id = cls.seller

    def _rpc(self, route, told, product=None):
        return self.make_jsonrpc_request(route, {"product_id": (product or self.paper).id, "told": told})

    def _cart(self):
        return self.env["sale.order"].search([("website_id", "!=", False)], order="id desc", limit=1)

    def _fill_cart(self, *papers):
        self.authenticate(self.buyer.login, self.buyer.login)
        for told in papers or (SHEET,):
            self.assertEqual(self._rpc("/shop/paper/add", told).get("redirect"), "/shop/cart")
        return self._cart()

    def _submit(self, **told):
        self.url_open("/shop/checkout")
        page = self.url_open("/shop/payment")
        for name in ("commitment_date", "client_order_ref", "remark"):
            self.assertIn(f'name="{name}"', page.text)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
        return self.url_open("/shop/paper/submit", data={"csrf_token": token, **told})


@tagged("post_install", "-at_install")
class TestShop(ShopCommon):
    # The configurator

    def test_quote(self):
        """R3.1.2: a visitor without a login sees what 100 reams of 787 × 1092, 60 g/m² weigh and cost."""
        quote = self._rpc("/shop/paper/quote", SHEET)
        self.assertTrue(quote["ok"])
        self.assertIn("2,578.2 kg", quote["weight"])
        self.assertIn("50,000", quote["equivalents"])
        self.assertIn("15,469", quote["amount"])

    def test_quote_of_what_cannot_be(self):
        """R3.1.2, R3.2.1: figures that are none, out of range, missing or contradicting each other are said, and priced
        by nobody."""
        for change in ({"width": "-1"}, {"width": "=1+1"}, {"quantity": "1e9"}, {"length": ""}, {"basis_weight": "<b>"}):
            quote = self._rpc("/shop/paper/quote", {**SHEET, **change})
            self.assertFalse(quote["ok"], change)
            self.assertEqual(set(quote["errors"]), set(change))
        quote = self._rpc("/shop/paper/quote", {**REEL, "core_diameter": "1200"})
        self.assertFalse(quote["ok"])
        self.assertIn("1200", quote["problem"])
        for told in (None, [], "x", {"width": ["7"], "quantity": {"a": 1}}, {"x" * 900: "y" * 9000}):
            self.assertFalse(self._rpc("/shop/paper/quote", told)["ok"])

    def test_products_that_are_not_for_sale(self):
        """R3.1.2: no price and no cart for what is not published, is no paper, or is not there."""
        self.paper_t.is_published = False
        self.pallet.is_published = True
        for product in (self.paper_t, self.pallet, self.env["product.product"].browse(10**9)):
            for route in ("/shop/paper/quote", "/shop/paper/add"):
                self.assertFalse(self._rpc(route, SHEET, product)["ok"])
        before = self._cart()
        for wrong in ("x", None, 10**30):
            answer = self.make_jsonrpc_request("/shop/paper/add", {"product_id": wrong, "told": SHEET})
            self.assertFalse(answer["ok"])
        self.assertEqual(self._cart(), before)

    # The cart

    def test_each_paper_has_its_own_specification(self):
        """R3.1.2: two papers of the same product are two lines with their own specification, quantity and weight."""
        order = self._fill_cart(SHEET, {**REEL, "unit": "t"})
        self.assertEqual(order.partner_id, self.customer)
        sheet, reel = order.order_line.sorted("id")
        self.assertEqual((sheet.paper_spec_id.format, reel.paper_spec_id.format), ("sheet", "reel"))
        self.assertEqual((sheet.paper_quantity, sheet.paper_unit), (100, "ream"))
        self.assertAlmostEqual(sheet.product_uom_qty, 2578.21, 2)
        self.assertAlmostEqual(reel.product_uom_qty, 3000, 2)
        self.assertEqual(order.cart_quantity, 2)
        page = self.url_open("/shop/cart").text
        self.assertIn("accepted only after our evaluation", page)
        self.assertIn("787×1092", page)

    def test_a_visitors_papers_are_his_once_he_is_known(self):
        """R3.1.2: as long as the visitor is not known his paper belongs to no customer."""
        self.assertEqual(self._rpc("/shop/paper/add", SHEET)["redirect"], "/shop/cart")
        self.assertFalse(self._cart().order_line.paper_spec_id.partner_id)

    @mute_logger("odoo.http")
    def test_paper_is_not_added_without_its_description(self):
        """R3.1.2: the shop's own button and route put no paper into the cart, nor another order's specification."""
        spec = self._create_sheet()
        params = {
            "product_template_id": self.paper.product_tmpl_id.id,
            "product_id": self.paper.id,
            "quantity": 1,
            "paper_spec_id": spec.id,
        }
        answer = self.url_open("/shop/cart/add", json={"params": params}).json()
        self.assertIn("error", answer)
        self.assertFalse(spec.order_line_ids)
        with self.assertRaises(UserError):
            self._create_complete_order()._cart_add(self.paper.id, 1)

    # The order

    def test_checkout_makes_an_arrival(self):
        """R3.1.2: sending the cart keeps it as an arrival of the web shop and hands it to its handler; it is received,
        neither confirmed nor paid."""
        order = self._fill_cart()
        day = f"{self.env.company._paper_today().year + 1}-03-04"
        page = self._submit(commitment_date=day, client_order_ref="WEB-7", remark="please call before you come")
        self.assertIn("we have received your order", page.text)
        self.assertIn("accepted only after our evaluation", page.text)
        self.assertEqual((order.state, order.user_id, order.intake_channel_id), ("sent", self.seller, self.web))
        message = order.intake_message_ids
        self.assertEqual((len(message), message.state, message.channel_id.kind), (1, "order", "web_shop"))
        self.assertIn("please call", message.raw)
        self.assertIn("WEB-7", message.raw)
        self.assertEqual(order.commitment_date.date().isoformat(), day)
        self.assertIn(self.seller, order.activity_ids.user_id)
        self.assertFalse(order.transaction_ids)
        self.assertIn("accepted only after our evaluation", order.message_ids.filtered("partner_ids")[:1].body)

    def test_a_channel_without_handler(self):
        """R3.1.2: an order of a channel that nobody was set for goes to somebody of sales, never to the visitor."""
        self.web.write({"handler_id": False, "user_ids": [Command.clear()]})
        self.website.salesperson_id = False
        order = self._fill_cart()
        order.user_id = False
        self._submit()
        self.assertTrue(order.user_id._is_internal())
        self.assertEqual(order.activity_ids.user_id, order.user_id)
        self.assertEqual(order.intake_message_ids.handler_id, order.user_id)

    def test_sent_twice(self):
        """R3.1.2: who presses the button twice has sent one order."""
        order = self._fill_cart()
        self._submit()
        told = {"remark": "again"}
        again = order._paper_submit(told)
        self.assertEqual(order.intake_message_ids, again)

    def test_answers_that_cannot_be_taken(self):
        """R3.1.2: a day that is past and a formula come back with their reason; the cart is still there."""
        order = self._fill_cart()
        page = self._submit(commitment_date="2001-01-01", client_order_ref="=1+1")
        self.assertEqual(page.status_code, 422)
        self.assertEqual(page.text.count("is-invalid"), 2)
        self.assertEqual(order.state, "draft")
        page = self._submit(remark="<script>alert(1)</script>")
        self.assertNotIn("<script>alert(1)", page.text)

    # Never past the blockers

    @mute_logger("odoo.http")
    def test_no_payment_no_confirmation(self):
        """R3.1.2, R4.2.2: neither payment, nor the free checkout, nor the portal confirms a paper order of the shop."""
        self._alone()
        order = self._fill_cart()
        with self.assertRaises(ValidationError):
            order._check_cart_is_ready_to_be_paid()
        params = {"access_token": order._portal_ensure_token(), "provider_id": 1, "payment_method_id": 1, "flow": "direct"}
        answer = self.url_open(f"/shop/payment/transaction/{order.id}", json={"params": params}).json()
        self.assertIn("error", answer)
        self.url_open("/shop/payment/validate")
        self.assertEqual(order.state, "draft")
        self._submit()
        self.assertFalse(order._has_to_be_paid())
        self.assertFalse(order._has_to_be_signed())
        self.assertFalse(order._is_confirmation_amount_reached())

    def test_a_free_cart_is_not_confirmed(self):
        """R3.1.2: an order that costs nothing goes the same way: sent, not confirmed."""
        self.website.prevent_zero_price_sale = False
        self.paper.list_price = 0
        order = self._fill_cart()
        with mute_logger("odoo.http"):
            self.url_open("/shop/payment/validate")
        self.assertEqual(order.state, "draft")

    def _alone(self):
        """Let the test see no evaluation and no contract, whatever else is installed."""
        patcher = patch("odoo.addons.paper_order_intake_website.models.gate.sale_order.GATES", ())
        patcher.start()
        self.addCleanup(patcher.stop)

    def test_a_person_accepts(self):
        """R3.1.2: without evaluation and contract a salesperson accepts a complete web order; nobody confirms it before,
        and nobody writes the acceptance by hand."""
        self._alone()
        order = self._create_complete_order(website_id=self.website.id)
        blockers = {item["code"] for item in order._get_blockers("confirm")[order]}
        self.assertEqual(blockers & {"web_acceptance"}, {"web_acceptance"})
        with self.assertRaises(ConfirmBlockedError):
            order.action_confirm()
        for change in ({"paper_accepted_on": fields.Datetime.now()}, {"paper_accepted_by_id": self.seller.id}):
            with self.assertRaises(WebOrderError):
                order.with_user(self.seller).write(change)
        missing = self._block("evaluate", code="spec_missing")
        with self.assertRaises(EvaluateBlockedError):
            order.with_user(self.seller).action_accept_web_order()
        missing.stop()
        with self.assertRaises(AccessError):
            order.with_user(self.buyer).action_accept_web_order()
        for user in (self.manager, self.env.ref("base.user_root")):
            with self.assertRaises(WebOrderError):
                order.with_user(user).sudo().action_accept_web_order()
        order.with_user(self.seller).action_accept_web_order()
        self.assertEqual(order.paper_accepted_by_id, self.seller)
        self.assertFalse(order.paper_to_accept)

    # Rights

    def test_another_buyer(self):
        """R3.1.2: a second buyer has a cart of his own and reads nothing of the first one's order."""
        order = self._fill_cart()
        self._submit()
        other = self._create_user("t_web_other", "base.group_portal")
        self.authenticate(other.login, other.login)
        self.assertNotIn(order.name, self.url_open("/shop/confirmation").text)
        with self.assertRaises(AccessError):
            order.with_user(other).read(["name"])
        with self.assertRaises(AccessError):
            order.with_user(self.buyer).read(["paper_accepted_on"])

    def test_the_arrival_stays_in_its_company(self):
        """R3.1.2: an arrival that names another company's order is tied to nothing."""
        company = self.env["res.company"].create({"name": "Second Mill"})
        other = self.env["paper.intake.channel"].search([("kind", "=", "web_shop"), ("company_id", "=", company.id)])
        order = self._create_complete_order()
        arrival = {"external_ref": f"order:{order.id}", "raw": "x", "form": "web_order"}
        with mute_logger("odoo.addons.paper_order_intake.models.read.paper_intake_message"):
            message = other._receive([arrival, {**arrival, "external_ref": "order:x"}])
        self.assertEqual(set(message.mapped("state")), {"rejected"})
        self.assertEqual(order.state, "draft")
        self.assertFalse(message.order_id)

    def test_chinese(self):
        """R3.1.2: a Chinese visitor reads the figures' faults and units in his language."""
        order = self._create_order([self._prepare_line()][0], company_id=self.env.company.id)
        quote = self.paper.with_context(lang="zh_CN")._paper_quote(
            {**SHEET, "width": "x"}, self.env.company, self.env["product.pricelist"], None, order.currency_id
        )
        self.assertFalse(quote["ok"])
        self.assertIn("width", quote["errors"])

    def test_an_order_of_other_goods(self):
        """R2: a shop that sells pallets, too, sells them as before."""
        self.pallet.write({"is_published": True, "list_price": 9})
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "website_id": self.website.id,
                "order_line": [Command.create({"product_id": self.pallet.id})],
            }
        )
        self.assertFalse(order.paper_to_accept)
        self.assertEqual(order._cart_add(self.pallet.id, 2)["quantity"], 3)
