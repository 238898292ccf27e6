from odoo import http
from odoo.addons.paper_order_intake.lib.answers import AnswerError, read_day, read_text
from odoo.addons.website_sale.controllers.cart import Cart
from odoo.addons.website_sale.controllers.main import WebsiteSale
from odoo.exceptions import UserError
from odoo.http import request

# What a visitor sends about a paper is a handful of short texts.
MAX_TOLD = 20
MAX_FORM = 64 * 1024


class PaperShop(WebsiteSale):
    # The configurator on the product page

    @http.route("/shop/paper/quote", type="jsonrpc", auth="public", methods=["POST"], website=True, sitemap=False, readonly=True)
    def paper_quote(self, product_id, told=None):
        """Say what the described paper weighs and costs; see ``product.product._paper_quote``."""
        request.env.user._paper_check_may("orders")
        product = self._paper_product(product_id)
        if not product:
            return {"errors": {}, "problem": request.env._("This product cannot be ordered any more."), "ok": False}
        return self._paper_quote(product, self._told(told))

    @http.route("/shop/paper/add", type="jsonrpc", auth="public", methods=["POST"], website=True, sitemap=False)
    def paper_add(self, product_id, told=None, line_id=None):
        """Put the described paper into the cart.

        :param line_id: the line of the visitor's cart that it takes the place of
        :return: the quote, with ``redirect`` once it is in the cart
        """
        request.env.user._paper_check_may("orders")
        product = self._paper_product(product_id)
        if not product or not request.website.has_ecommerce_access():
            return {"errors": {}, "problem": request.env._("This product cannot be ordered any more."), "ok": False}
        told = self._told(told)
        quote = self._paper_quote(product, told)
        if not quote["ok"]:
            return quote
        order = request.cart or request.website._create_cart()
        vals, quantity, unit, _errors = product._paper_read_told(told, order.company_id)
        delivery, _errors = product._paper_read_delivery(told, order.company_id, request.website._paper_shop_places())
        before = request.website._paper_cart_line(line_id)
        try:
            with request.env.cr.savepoint():
                # sudo: the cart is the visitor's, its records are the mill's
                order.sudo()._paper_cart_add(product, vals, quantity, unit, delivery, before)
        except UserError as error:
            return {**quote, "ok": False, "problem": str(error)}
        request.session["website_sale_cart_quantity"] = order.cart_quantity
        return {**quote, "redirect": "/shop/cart"}

    def _told(self, told):
        """Return what was sent as short texts only."""
        if not isinstance(told, dict):
            return {}
        plain = {name: value for name, value in told.items() if isinstance(value, (str, int, float))}
        return {str(name)[:40]: str(value)[:600] for name, value in list(plain.items())[:MAX_TOLD]}

    def _paper_product(self, product_id):
        """Return a product that this visitor may see and order, as a paper; else None."""
        try:
            product = request.env["product.product"].browse(int(product_id)).exists()
        except (TypeError, ValueError, OverflowError):
            return None
        if not product or not product.has_access("read") or not product.is_paper or not product._is_add_to_cart_allowed():
            return None
        # sudo: the visitor may see the product; its grade and unit of measure he may not read
        return product.sudo()

    def _paper_quote(self, product, told):
        website = request.website
        pricelist = request.pricelist
        currency = pricelist.currency_id or website.company_id.currency_id
        places = website._paper_shop_places()
        return product._paper_quote(told, website.company_id, pricelist, request.fiscal_position, currency, places)

    # Checkout: the order is sent, not paid

    def _check_cart(self, order_sudo):
        """Send the customer back to the cart while a paper in it cannot be ordered as it is: it is told at its line."""
        redirection = super()._check_cart(order_sudo)
        if not redirection and order_sudo.is_paper_order and order_sudo._paper_shop_faults():
            return request.redirect("/shop/cart")
        return redirection

    @http.route()
    def shop_payment(self, **post):
        order = request.cart
        if not order or not order.is_paper_order:
            return super().shop_payment(**post)
        return self._check_cart_and_addresses(order) or self._paper_submit_page(order)

    def _check_billing_address(self, partner_sudo):
        """A customer whose data the mill relies on is asked for none of it here: sales have it, see ``res.partner.write``."""
        return bool(partner_sudo._relied_on()) or super()._check_billing_address(partner_sudo)

    def _check_delivery_address(self, partner_sudo):
        return bool(partner_sudo._relied_on()) or super()._check_delivery_address(partner_sudo)

    def _paper_submit_page(self, order, told=None, errors=None):
        order._recompute_cart()
        values = {
            "website_sale_order": order,
            "order": order,
            "told": told or {"client_order_ref": order.client_order_ref or ""},
            "errors": errors or {},
            "today": order.company_id._paper_today(),
        }
        return request.render("paper_order_intake_website.submit", values, status=422 if errors else 200)

    @http.route(
        "/shop/paper/submit",
        type="http",
        auth="public",
        methods=["POST"],
        website=True,
        sitemap=False,
        max_content_length=MAX_FORM,
    )
    def paper_submit(self, **post):
        """Send the cart in as an order to be evaluated."""
        request.env.user._paper_check_may("orders")
        order = request.cart
        if not order or not order.is_paper_order:
            return request.redirect("/shop/cart")
        if redirection := self._check_cart_and_addresses(order):
            return redirection
        told, errors = self._read_submit(order, post)
        if errors:
            return self._paper_submit_page(order, post, errors)
        request.session["sale_last_order_id"] = order.id
        request.website.sale_reset()
        order.sudo()._paper_submit(told)  # sudo: the order is the visitor's, the arrival the mill's
        return request.redirect("/shop/confirmation")

    def _read_submit(self, order, post):
        told, errors = {}, {}
        readers = {
            "commitment_date": lambda raw: order._noon(read_day(raw, order.company_id._paper_today())),
            "client_order_ref": read_text,
            "remark": read_text,
        }
        for name, read in readers.items():
            raw = post.get(name)
            # text: the readers say what is wrong with what was entered
            if not isinstance(raw, str) or not raw.strip():
                continue
            try:
                told[name] = read(raw)
            except AnswerError as error:
                errors[name] = order._answer_sentence(error)
        return told, errors


class PaperCart(Cart):
    def _prepare_order_history(self):
        """Leave out papers: one button cannot order them again, they are described on their page."""
        history = super()._prepare_order_history()
        groups = []
        for group in history["order_history"]:
            if lines := group["lines"].filtered(lambda line: not line.is_paper):
                groups.append({**group, "lines": lines})
        return {**history, "order_history": groups}
