from odoo import http
from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.exceptions import AccessError, MissingError
from odoo.http import request


class CompletionPortal(CustomerPortal):
    """The way from the page of an order to the questions that the mill has asked about it (R3.2.1)."""

    @http.route("/my/orders/<int:order_id>/complete", type="http", auth="user", website=True, methods=["GET"], sitemap=False)
    def portal_complete(self, order_id, **kwargs):
        """Lead a buyer of the customer to the page of the link; the links in the letters stay valid."""
        try:
            order = self._document_check_access("sale.order", order_id)
        except (AccessError, MissingError):
            return request.redirect("/my")
        completion = order._asked_completion()
        if not completion or not request.env.user._paper_is_of(order.partner_id):
            return request.redirect(f"/my/orders/{order_id}")
        link = completion._issue_link()
        return request.redirect(link[link.index("/paper/complete/") :], local=True)
