from odoo import models
from odoo.exceptions import UserError


class DeliveryCarrier(models.Model):
    _inherit = "delivery.carrier"

    def _paper_prices(self, order, load, date):
        """Return what the mill pays each of these carriers for an order, before anything is shipped.

        By Odoo's own rules of a carrier or its fixed price; without the margins and free deliveries that concern what the
        customer is billed. Calls no provider and writes nothing.

        :param load: ``place`` that it goes to, ``weight`` and ``volume`` (in the units in which Odoo keeps those of products),
            ``quantity``, ``price`` (in the order's currency) and ``currency`` (in which a carrier of no company counts)
        :param date: of the exchange rates
        :return: ``{carrier: amount in the currency of the order's company}``; without those that do not serve the address
            or the load, and those whose price is not known
        """
        prices = {}
        for carrier in self:
            price = carrier._paper_price(order, load, date) if carrier._paper_serves(order, load) else 0.0
            if price > 0:  # Odoo's own “Standard delivery” says 0: that is no price that a carrier has named
                prices[carrier] = price
        return prices

    def _paper_serves(self, order, load):
        """Say whether the carrier takes this load to the delivery address; Odoo's :meth:`_match` with the paper's weight."""
        self.ensure_one()
        if self.max_weight and load["weight"] > self.max_weight:
            return False
        if self.max_volume and load["volume"] > self.max_volume:
            return False
        if not self._match_address(load["place"]):
            return False
        return self._match_must_have_tags(order) and self._match_excluded_tags(order)

    def _paper_price(self, order, load, date):
        """Return the carrier's price in the currency of the order's company, 0 where it tells none without a call."""
        self.ensure_one()
        kind = self._get_delivery_type()
        if kind == "fixed":
            return self._paper_converted(self.fixed_price, self.currency_id, order.company_id, date)
        if kind != "base_on_rule":
            return 0.0
        own_currency = self.company_id.currency_id or load["currency"]
        total = order.currency_id._convert(load["price"], own_currency, order.company_id, date)
        try:
            price = self._get_price_from_picking(total, load["weight"], load["volume"], load["quantity"])
        except UserError:  # no rule of the carrier is met
            return 0.0
        return self._paper_converted(price, own_currency, order.company_id, date)

    def _paper_converted(self, amount, currency, company, date):
        return currency._convert(amount, company.currency_id, company, date)
