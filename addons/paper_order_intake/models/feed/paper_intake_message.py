from odoo import models
from odoo.fields import Domain

from ...lib.arrival_text import text_hash
from ...lib.order_feed import FeedError, read_feed_order, split_feed, split_lines
from ...lib.reading.figures import key

# What an order of a feed may name its customer by, and where that stands.
FEED_KEYS = {"ref": "ref", "email": "email_normalized", "vat": "vat"}


class PaperIntakeMessage(models.Model):
    """The orders of a feed, as marketplaces sign and send them, and what became of each."""

    _inherit = "paper.intake.message"

    _payload_idx = models.Index("(payload_id) WHERE payload_id IS NOT NULL AND form = 'feed'")

    def _read_feed(self):
        """Read arrivals that are one order of a feed each: customer, product and figures (R3.1.1).

        The items of an order that has several become arrivals of their own, and items of one order again.
        """
        single, failed = self._split_lines()
        orders = {message: read_feed_order(message.raw) for message in single}
        customers = self._feed_customers(list(orders.values()))
        products = self._feed_products([order.product for order in orders.values()])
        currencies = self._feed_currencies({order.currency for order in orders.values()} - {""})
        places = self._feed_places({order.place for order in orders.values()} - {""})
        for message, order in orders.items():
            # sudo: what arrived is read whoever brings it
            doubts = self._doubts(order.row) if order.row else []
            values = message._prepare_feed_values(order, customers, products, currencies)
            message.sudo().write({**values, **self._emptied(doubts)})  # sudo: as above
            problems = [*order.problems, *doubts, *message._read_feed_details(order, places)]
            if order.currency and order.currency not in currencies:
                problems.append(("unknown_currency", {"value": order.currency}))
            if problems:
                failed[message] = [self._stored_problem(code, params) for code, params in problems]
        found = (single - self.browse().concat(*failed))._find_problems()
        self.browse().concat(*{**found, **failed})._process({**found, **failed})

    def _split_lines(self):
        """Store the items of the orders that have several as arrivals, to be read after these.

        :return: the arrivals that are one item each, ``{arrival: problems}`` of those whose items cannot be told apart
        """
        single, failed = self.browse(), {}
        for message in self:
            try:
                lines = split_lines(message.raw)
            except FeedError as error:
                failed[message] = [self._stored_problem(error.code, error.params)]
                continue
            if not lines:
                single |= message
                continue
            common = {"form": "feed", "pending": True, "number": read_feed_order(lines[0]).number}
            message._split(
                [
                    {**common, "external_ref": f"{message.external_ref}#{place}", "line_no": place, "raw": text}
                    for place, text in enumerate(lines, start=1)
                ]
            )
            message._keep({"number": common["number"]})
        return single, failed

    def _feed_currencies(self, codes):
        """Return ``{code: id}`` of the currencies that are named and in use."""
        if not codes:
            return {}
        currencies = self.env["res.currency"].search_fetch([("name", "in", list(codes))], ["name"])
        return {currency.name: currency.id for currency in currencies}

    def _feed_places(self, refs):
        """Return ``{reference: addresses}`` of the delivery addresses that are named."""
        if not refs:
            return {}
        # sudo: whoever brings the orders, the customers' addresses are searched
        partners = self.env["res.partner"].sudo().search_fetch([("ref", "in", list(refs))], ["ref", "commercial_partner_id"])
        return partners.grouped("ref")

    def _read_feed_details(self, order, places):
        """Keep packing and delivery place as told; return what is wrong with them."""
        self.ensure_one()
        customer = self.partner_id.commercial_partner_id
        found = places.get(order.place, self.env["res.partner"]).filtered(lambda place: place.commercial_partner_id == customer)
        details = {}
        if order.packing:
            details["spec"] = {"packing": order.packing}
        if len(found) == 1:
            details["order"] = {"partner_shipping_id": found.id}
        if details:
            self._keep({"details": details})
        return [("unknown_place", {"value": order.place})] if order.place and len(found) != 1 else []

    def _prepare_feed_values(self, order, customers, products, currencies):
        """Return what one order of a feed says. A customer or product that is named and not found stays open."""
        self.ensure_one()
        customer = customers.get(tuple(order.customer.items()), False) if order.customer else self.partner_id.id
        product = products.get(order.product, False) if order.product else self.product_id.id
        return {
            "number": order.number,
            "partner_id": customer,
            "product_id": product,
            "currency_id": currencies.get(order.currency, False),
            "commitment_date": order.delivery,
            "quality_requirement": order.quality,
            **self._figure_values(order.row),
        }

    def _feed_customers(self, orders):
        """Return ``{what an order says of its customer: id}`` where that names exactly one.

        The first that is given counts: the mill's reference of the customer, the e-mail address, the tax number.
        """
        named = {tuple(order.customer.items()) for order in orders if order.customer}
        first = {}
        for names in named:
            kind, value = names[0]
            first[names] = FEED_KEYS[kind], value.lower() if kind == "email" else value
        if not first:
            return {}
        fields = set(FEED_KEYS.values())
        domains = [Domain(field, "in", [value for other, value in first.values() if other == field]) for field in fields]
        own = Domain("company_id", "in", [False, *self.company_id.ids])
        # sudo: whoever brings the orders, the mill's customers are searched
        partners = self.env["res.partner"].sudo().search_fetch(Domain.OR(domains) & own, [*fields, "commercial_partner_id"])
        found = {}
        for names, (field, value) in first.items():
            matches = {partner.commercial_partner_id.id for partner in partners if partner[field] == value}
            if len(matches) == 1:
                found[names] = matches.pop()
        return found

    def _feed_products(self, codes):
        """Return ``{word: id}`` of the paper products that are named, by internal reference or as in any list by name."""
        codes = {code for code in codes if code}
        if not codes:
            return {}
        domain = Domain("default_code", "in", list(codes)) & Domain("is_paper", "=", True)
        own = Domain("company_id", "in", [False, *self.company_id.ids])
        # sudo: whoever brings the orders, the mill's products are searched
        products = self.env["product.product"].sudo().search_fetch(domain & own, ["default_code"])
        found = {product.default_code: product.id for product in products}
        if others := codes - set(found):
            known = self._known_products()
            found |= {code: known[key(code)] for code in others if key(code) in known}
        return found

    def _read_feed_file(self):
        """Read files of a feed: each order becomes an arrival of its own, read after this one (R3.1.1)."""
        for message in self:
            try:
                orders = split_feed(message._payload())
            except FeedError as error:
                message._enter_waiting({message: [["not_read", {"text": str(error)}]]})
                continue
            message._split_feed(orders)

    def _split_feed(self, orders):
        self.ensure_one()
        channel = self.channel_id
        # sudo: what arrived before counts, whoever may see it
        arrived = self.sudo().with_context(active_test=False)
        before = arrived.search_fetch(
            [("channel_id", "=", channel.id), ("external_ref", "in", list(orders))], ["external_ref", "payload_hash"]
        )
        known = {message.external_ref: message.payload_hash for message in before}
        rows = []
        for ref, text in orders.items():
            digest = text_hash(text)
            if known.get(ref) == digest:
                continue
            row = {"external_ref": ref, "raw": text, "form": "feed", "pending": True, "payload_hash": digest}
            if ref in known:
                row |= {"external_ref": f"{ref}~{digest}", "pending": False, "state": "question"}
                row |= {"problems": [["ref_again", {"ref": ref}]]}
            rows.append(row)
        # What stands in two files differently is asked about once for each of the two.
        again = arrived._known_refs(channel, [row["external_ref"] for row in rows])
        self._split([row for row in rows if row["external_ref"] not in again])

    def _feed_answer(self):
        """Return what became of each arrival, for the sender of the feed; of an order of several items, of each item."""
        return [message._feed_result() for message in self]

    def _feed_result(self):
        self.ensure_one()
        lines = [line._feed_result() for line in self.child_ids.sorted("line_no")]
        open_lines = [line for line in lines if line["state"] != "order"]
        state = (open_lines or lines)[0]["state"] if lines else self.state
        orders = self.order_id | self.child_ids.order_id
        result = {
            "id": self.external_ref,
            "arrival": self.id,
            "state": state,
            "order": ", ".join(orders.mapped("name")) or None,
            "reason": self.reason or "; ".join(line["reason"] for line in open_lines if line["reason"]),
        }
        return {**result, "lines": lines} if lines else result
