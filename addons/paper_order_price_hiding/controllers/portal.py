from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.exceptions import AccessError
from odoo.http import request

from ..models.paper_figures_hidden import hides_prices


class PricePortal(CustomerPortal):
    def _document_check_access(self, model_name, document_id, access_token=None):
        # The customer's page of an order shows prices to whoever opens it.
        if model_name == "sale.order" and hides_prices(request.env):
            raise AccessError(request.env._("Your department works without prices: it reads orders in the backend."))
        return super()._document_check_access(model_name, document_id, access_token=access_token)
