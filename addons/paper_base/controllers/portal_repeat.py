from uuid import uuid4

from odoo import fields, http
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import request

from ..lib.words import said

MAX_FORM = 64 * 1024
MAX_WORDS = 2000


class PaperRepeatPortal(CustomerPortal):
    """Where a buyer has an order once more: says what is taken over and what is not, and makes one draft of it."""

    def _repeated_order(self, order_id):
        """Return the order, in sudo, if this buyer may have it again; None otherwise."""
        try:
            order = self._document_check_access("sale.order", order_id)
        except (AccessError, MissingError):
            return None
        return order if order._paper_is_repeatable(request.env.user) else None

    @http.route("/my/orders/<int:order_id>/repeat", type="http", auth="user", website=True, methods=["GET"], sitemap=False)
    def portal_repeat(self, order_id, **kwargs):
        order = self._repeated_order(order_id)
        return self._repeat_page(order, {"key": uuid4().hex}) if order else request.redirect("/my")

    @http.route(
        "/my/orders/<int:order_id>/repeat",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        sitemap=False,
        max_content_length=MAX_FORM,
    )
    def portal_repeat_send(self, order_id, **posted):
        """Make the draft; the form sent twice leads to the one that it made."""
        order = self._repeated_order(order_id)
        if not order:
            return request.redirect("/my")
        told = {name: said(posted.get(name) or "")[:MAX_WORDS] for name in ("key", "client_order_ref", "remark", "date")}
        try:
            with request.env.cr.savepoint():
                told["commitment_date"] = self._read_day(order, told["date"])
                made = order.with_context(lang=request.env.lang)._paper_repeat(request.env.user, told["key"], told)
        except UserError as error:
            return self._repeat_page(order, told, str(error))
        return request.redirect(f"/my/orders/{made.id}?repeated=1")

    def _read_day(self, order, text):
        """Return the wished day, None if none is given.

        :raises UserError: for a day that is none, or that is over
        """
        if not text:
            return None
        try:
            day = fields.Date.to_date(text)
        except ValueError:
            day = None
        if not day or day < order.company_id._paper_today():
            raise UserError(request.env._("Please give a delivery date that is still to come."))
        return day

    def _repeat_page(self, order, told, error=None):
        values = {
            **self._prepare_portal_layout_values(),
            # By this name the page is among the orders: by "order" it would be among the mill's purchases.
            "sale_order": order,
            "told": told,
            "error": error,
            "today": order.company_id._paper_today(),
            "page_name": "order",
        }
        return request.render("paper_base.portal_repeat", values)
