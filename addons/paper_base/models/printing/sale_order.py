from odoo import models


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
