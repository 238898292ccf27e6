from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.http import request, route

# Whose right opens a document; addons add their models.
RIGHT_OF = {"sale.order": "orders", "sale.order.line": "orders", "account.move": "invoices"}


class PaperPortal(CustomerPortal):
    """Who of a customer opens what: the rights of the login hold besides a link (real use, fault 16)."""

    def _paper_right_of(self, model_name):
        """Return the right that opens a document of a model, None if it needs none. Override to add."""
        return RIGHT_OF.get(model_name)

    def _document_check_access(self, model_name, document_id, access_token=None):
        request.env.user._paper_check_may(self._paper_right_of(model_name))
        return super()._document_check_access(model_name, document_id, access_token=access_token)

    def _prepare_portal_layout_values(self):
        values = super()._prepare_portal_layout_values()
        user = request.env.user
        # sudo: a customer reads what the own company asked for
        changes = request.env["paper.partner.change"].sudo()
        own = [("customer_id", "=", user.partner_id.commercial_partner_id.id)]
        values["paper_changes"] = changes.search([*own, ("state", "=", "asked")]) if user._is_portal() else changes
        values["paper_may_orders"] = user._paper_may("orders")
        return values

    @route()
    def my_addresses(self, **query_params):
        response = super().my_addresses(**query_params)
        response.qcontext.update(self._prepare_portal_layout_values(), page_name="my_addresses")
        return response
