from odoo import models
from odoo.tools.misc import formatLang, get_lang


class SaleOrder(models.Model):
    """What is printed of an order of paper: its title, the facts above its lines, and what each line says."""

    _inherit = "sale.order"

    def _print_title(self):
        """Return what the printed order is, in the reader's language."""
        self.ensure_one()
        _ = self.env._
        if self.env.context.get("proforma"):
            return _("Pro-forma Invoice")
        titles = {"sale": _("Order Confirmation"), "cancel": _("Cancelled Order")}
        return titles.get(self.state, _("Quotation"))

    def _print_facts(self):
        """Return ``[(name, text), …]`` of what is printed above the lines; what is not known is left out. Override to add."""
        self.ensure_one()
        _ = self.env._
        # What differs from line to line is said with the lines.
        date = self._paper_last_delivery_date() if self._is_one_delivery_date() else None
        place = self._paper_delivery_places()[:1] if self._is_one_delivery_place() else self.env["res.partner"]
        where = (place._paper_address(), place._paper_consignee()) if place else ()
        person, day = self.user_id.partner_id, self.company_id._paper_date
        facts = [
            (_("Order No."), self.name),
            (_("Your Order No."), self.client_order_ref),
            (_("Date"), day(self.date_order)),
            (_("Delivery Date"), day(date)),
            (_("Delivery Place"), "\n".join(filter(None, where))),
            (_("Payment Terms"), self.payment_term_id.name),
            (_("Invoice to"), self.partner_invoice_id != self.partner_id and self.partner_invoice_id.name),
            (_("Valid until"), self.state in ("draft", "sent") and day(self.validity_date)),
            (_("Your Contact"), "\n".join(filter(None, (person.name, person.phone, person.email)))),
        ]
        return [(name, text) for name, text in facts if text]

    def _print_deliveries(self):
        """Return ``{line: texts}`` of when and where each line is delivered, where the lines differ in that."""
        self.ensure_one()
        by_date, by_place = not self._is_one_delivery_date(), not self._is_one_delivery_place()
        return {line: line._print_delivery(by_date, by_place) for line in self.order_line}

    def _portal_facts(self):
        """Return ``{line: [(name, text), …]}`` of when, where and how the customer gets each paper, and how much has come.
        Override to add; what is not known is left out."""
        self.ensure_one()
        by_place = not self._is_one_delivery_place()
        return {line: line._portal_facts(by_place) for line in self.order_line if line.paper_spec_id}

    def _print_rows(self, items, width):
        """Return ``items`` in rows of ``width``, the last one filled up."""
        items = [*items, *[("", "")] * (-len(items) % width)]
        return [items[index : index + width] for index in range(0, len(items), width)]


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
