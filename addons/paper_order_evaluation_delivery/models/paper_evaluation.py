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
            freights[evaluation].update(evaluation._carrier_freight(carriers, factor, currency))
        return freights

    def _read_freight_ahead(self):
        """Read what carriers ask for of all orders at once, before each is looked at by itself."""
        lines = self._asked_orders().order_line
        lines.mapped("is_delivery")
        lines.product_id.mapped("volume")
        lines.product_uom_id.mapped("factor")
        self._asked_orders()._paper_delivery_places().mapped("zip")

    def _carrier_freight(self, carriers, factor, currency):
        """Return what the way to each place of the order costs by the carrier on the order, or by the cheapest to each.

        :param factor: what a kilogram is in the unit in which Odoo weighs products
        :param currency: in which a carrier of no company counts
        """
        self.ensure_one()
        order = self._asked_orders()
        own = order.carrier_id | carriers.filtered(lambda rec: rec.company_id in (self.env["res.company"], self.company_id))
        loads = self._freight_loads(factor, currency)
        prices = {place: own._paper_prices(order, load, self._freight_date()) for place, load in loads.items()}
        served = all(order.carrier_id in found if order.carrier_id else found for found in prices.values())
        if not prices or not served:
            return {"carrier_unknown": order.carrier_id.name} if order.carrier_id else {}
        # To every place the carrier on the order, else the cheapest one.
        taken = {
            place: min(found, key=lambda rec, found=found: (rec != order.carrier_id, found[rec], rec.id))
            for place, found in prices.items()
        }
        price = sum(prices[place][carrier] for place, carrier in taken.items())
        everywhere = {
            carrier: sum(found[carrier] for found in prices.values())
            for carrier in own
            if all(carrier in found for found in prices.values()) and {*taken.values()} != {carrier}
        }
        others = sorted(everywhere, key=lambda carrier: (everywhere[carrier], carrier.id))
        billed = self._freight_billed()
        return {
            "by": "carrier",
            "amount": max(price - billed, 0.0),
            "carrier": ", ".join(dict.fromkeys(carrier.name for carrier in taken.values())),
            "price": price,
            "billed": billed,
            "chosen": bool(order.carrier_id),
            "others": [(carrier.name, everywhere[carrier]) for carrier in others[:SHOWN]],
        }

    def _freight_loads(self, factor, currency):
        """Return what is brought to each place, ``{place: load}``, as carriers reckon by it."""
        billed = self._asked_orders().order_line.filtered(lambda line: not line.is_delivery)
        goods = billed.filtered(lambda line: line.product_id and line.product_id.type != "service")
        loads = {}
        for place, lines in goods.grouped(lambda line: line._paper_delivery_place()).items():
            amounts = {line: line._product_quantity() for line in lines}
            loads[place] = {
                "place": place,
                "currency": currency,
                "weight": sum(line._paper_kilograms() for line in lines if line.is_paper) * factor,
                "volume": sum(line.product_id.volume * amount for line, amount in amounts.items()),
                "quantity": sum(amounts.values()),
                "price": sum(lines.mapped("price_total")),
            }
        # What is no goods belongs to the whole of the order: to where its first goods go.
        for load in [*loads.values()][:1]:
            load["price"] += sum((billed - goods).mapped("price_total"))
        return loads

    def _freight_billed(self):
        """Return what the order bills to the customer for delivery, without tax, in company currency."""
        lines = self._asked_orders().order_line.filtered("is_delivery")
        return sum(self._company_amount(line) for line in lines)

    def _freight_date(self):
        return fields.Date.to_date(self.order_id.date_order) or self.company_id._paper_today()
