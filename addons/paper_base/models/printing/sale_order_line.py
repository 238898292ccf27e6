from odoo import models
from odoo.tools.misc import formatLang, get_lang


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _print_spec(self):
        """Return the texts of the line's specification: what was ordered, how it is packed, what else was agreed."""
        self.ensure_one()
        spec = self.paper_spec_id
        if not spec:
            return [] if self.name == self.product_id.name else (self.name or "").splitlines()[1:]
        names = spec._fields
        formats = dict(names["format"]._description_selection(self.env))
        # The name of a reel says so already.
        texts = [" · ".join(filter(None, (spec.display_name, spec.format == "sheet" and formats["sheet"])))]
        for name in ("packing", "quality_requirement"):
            if spec[name]:
                text = self.env._("%(name)s: %(text)s", name=names[name]._description_string(self.env), text=spec[name])
                texts.append(text)
        return texts

    def _print_delivery(self, by_date, by_place):
        """Return the texts of when, where and to whom the line is delivered, as far as its order says so by line."""
        self.ensure_one()
        _, texts = self.env._, []
        if by_date:
            date = self.order_id.company_id._paper_date(self._paper_delivery_date()) or "—"
            texts.append(_("Delivery Date: %(date)s", date=date))
        if by_place:
            texts.append(_("Delivery Place: %(place)s", place=self._print_place()))
        return texts

    def _print_place(self):
        """Return where the line is delivered, and to whom, in one line."""
        place = self._paper_delivery_place()
        return ", ".join(filter(None, (place._paper_consignee(), place._paper_address())))

    def _portal_facts(self, by_place):
        """Return the facts of this line; see ``sale.order._portal_facts``.

        :param by_place: whether the order says by line where it is delivered
        """
        self.ensure_one()
        _, day = self.env._, self.order_id.company_id._paper_date
        facts = [
            (_("Delivery Date"), day(self._paper_delivery_date())),
            (_("Promised Date"), day(self.paper_promised_date)),
            (_("Delivery Place"), by_place and self._print_place()),
            (self.paper_spec_id._fields["packing"]._description_string(self.env), self.paper_spec_id.packing),
            (_("Delivered"), self.state == "sale" and self._print_progress(self.qty_delivered)),
        ]
        return [(name, text) for name, text in facts if text]

    def _print_progress(self, quantity):
        """Return how much of the line a quantity in its unit of measure is: "500 of 1,000 kg"."""
        self.ensure_one()
        return self.env._(
            "%(done)s of %(ordered)s %(unit)s",
            done=self._print_number(quantity, 1),
            ordered=self._print_number(self.product_uom_qty, 1),
            unit=self.product_uom_id.name,
        )

    def _print_equivalents(self):
        """Return the quantity in the units by which paper is counted and weighed, beside the customer's own."""
        self.ensure_one()
        labels = dict(self._paper_units())
        digits = {"kg": 1, "sheet": 0, "ream": 2, "reel": 2}
        amounts = self.paper_spec_id._quantity_summary(self.paper_quantity, self.paper_unit)
        return " · ".join(
            f"{self._print_number(value, digits[unit])} {labels[unit]}"
            for unit, value in amounts.items()
            if unit in digits and unit != self.paper_unit
        )

    def _print_number(self, value, digits):
        text, point = formatLang(self.env, value, digits=digits), get_lang(self.env).decimal_point
        return text.rstrip("0").rstrip(point) if point in text else text
