from odoo import fields, models

SHOWN = 5  # other carriers on the cost sheet


class PaperEvaluation(models.Model):
    """Freight by the carrier on the order, or by the cheapest one that serves its destination (R3.3.5)."""

    _inherit = "paper.evaluation"

    def _order_freights(self, rates):
        """Add to each freight ``carrier`` (its name), ``billed`` (to the customer, company currency), ``chosen`` (on the order)
        and ``others`` ([(name, amount)], the cheapest first) where a carrier has a price."""
        freights = super()._order_freights(rates)
        carriers = self.env["delivery.carrier"].search([("company_id", "in", [False, *self.company_id.ids])])
        if not carriers:
            return freights
        self._read_freight_ahead()
        unit = self.env["product.template"]._get_weight_uom_id_from_ir_config_parameter()
        factor = self.env.ref("uom.product_uom_kgm")._compute_quantity(1.0, unit, round=False)
        currency = self.env["res.company"]._get_main_company().currency_id
        for evaluation in self:
            load = {"weight": freights[evaluation]["weight_kg"] * factor, "currency": currency}
            freights[evaluation].update(evaluation._carrier_freight(carriers, load))
        return freights

    def _read_freight_ahead(self):
        """Read what carriers ask for of all orders at once, before each is looked at by itself."""
        lines = self.order_id.order_line
        lines.mapped("is_delivery")
        lines.product_id.mapped("volume")
        lines.product_uom_id.mapped("factor")
        self.order_id.partner_shipping_id.mapped("zip")

    def _carrier_freight(self, carriers, load):
        self.ensure_one()
        order = self.order_id
        own = order.carrier_id | carriers.filtered(lambda rec: rec.company_id in (self.env["res.company"], self.company_id))
        prices = own._paper_prices(order, {**load, **self._freight_load()}, self._freight_date())
        ranked = sorted(prices, key=lambda carrier: (carrier != order.carrier_id, prices[carrier], carrier.id))
        if not ranked or (order.carrier_id and order.carrier_id not in prices):
            return {"carrier_unknown": order.carrier_id.name} if order.carrier_id else {}
        taken, *others = ranked
        billed = self._freight_billed()
        return {
            "by": "carrier",
            "amount": max(prices[taken] - billed, 0.0),
            "carrier": taken.name,
            "price": prices[taken],
            "billed": billed,
            "chosen": taken == order.carrier_id,
            "others": [(carrier.name, prices[carrier]) for carrier in others[:SHOWN]],
        }

    def _freight_load(self):
        """Return what carriers reckon by beside the weight of the paper."""
        goods = self.order_id.order_line.filtered(
            lambda line: line.product_id and line.product_id.type != "service" and not line.is_delivery
        )
        amounts = {line: line._product_quantity() for line in goods}
        return {
            "volume": sum(line.product_id.volume * amount for line, amount in amounts.items()),
            "quantity": sum(amounts.values()),
            "price": sum(self.order_id.order_line.filtered(lambda line: not line.is_delivery).mapped("price_total")),
        }

    def _freight_billed(self):
        """Return what the order bills to the customer for delivery, without tax, in company currency."""
        lines = self.order_id.order_line.filtered("is_delivery")
        return sum(self._company_amount(line) for line in lines)

    def _freight_date(self):
        return fields.Date.to_date(self.order_id.date_order) or self.company_id._paper_today()
