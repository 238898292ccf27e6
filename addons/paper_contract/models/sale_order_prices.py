from odoo import api, fields, models
from odoo.exceptions import AccessError

from .paper_price_hidden import hides_prices

# Beside what has a currency.
# The token opens the customer's page, which shows them.
ORDER_PRICES = {"tax_totals", "margin_percent", "access_token", "amount_undiscounted"}
LINE_PRICES = {
    "price_unit",
    "technical_price_unit",
    "discount",
    "price_tax",
    "purchase_price",
    "margin",
    "margin_percent",
}


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "paper.price.hidden"]

    paper_prices_hidden = fields.Boolean(compute="_compute_paper_prices_hidden")

    @api.depends_context("uid")
    def _compute_paper_prices_hidden(self):
        self.paper_prices_hidden = hides_prices(self.env)

    @api.model
    def _price_fields(self):
        return super()._price_fields() | ORDER_PRICES

    def get_portal_url(self, *args, **kwargs):
        self._check_opens_page()
        return super().get_portal_url(*args, **kwargs)

    def _get_share_url(self, *args, **kwargs):
        self._check_opens_page()
        return super()._get_share_url(*args, **kwargs)

    def _check_opens_page(self):
        """Refuse to give the address of the customer's page, which holds the token that opens it.

        Letters to the customer are made by the system, which goes on whoever caused them.
        """
        if hides_prices(self.env):
            raise AccessError(self.env._("Your department works without prices: it reads orders in the backend."))


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["sale.order.line", "paper.price.hidden"]

    @api.model
    def _price_fields(self):
        return super()._price_fields() | LINE_PRICES
