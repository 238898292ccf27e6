from odoo import fields, models
from odoo.fields import Domain

from .paper_intake_message import WAITING

# What arrivals that came together share, the nearest first: the uploaded file, the mail or order they came with, the
# body of one call.
SOURCES = ("upload_id", "parent_id", "payload_id")


class PaperIntakeMessage(models.Model):
    """What came together under one number is one purchase order: each of its rows is an arrival, and an item of the same
    order. Rows with numbers of their own, as in an order book, are orders of their own (R3.1.1).
    """

    _inherit = "paper.intake.message"

    order_line_id = fields.Many2one(
        "sale.order.line",
        string="Order Item",
        by_steps=True,
        index="btree_not_null",
        ondelete="set null",
        help="The item of the order that was made of this arrival.",
    )
    _payload_idx = models.Index("(payload_id) WHERE payload_id IS NOT NULL AND form = 'feed'")

    def _source(self):
        """Return what the arrival came with, as a (field, id) pair; None where it came alone."""
        self.ensure_one()
        names = SOURCES if self.form == "feed" else SOURCES[:2]
        return next(((name, self[name].id) for name in names if self[name]), None)

    def _request_key(self):
        """Return what makes arrivals the items of one order: source, company, customer, number, currency.

        An arrival that came alone is a request of its own.
        """
        self.ensure_one()
        return (self._source() or ("id", self.id), *self._number_key(), self.currency_id.id)

    def _siblings(self, which):
        """Return those arrivals, of what came together with these, that ``which`` describes, whoever may see them.

        :param which: domain; a list may have thousands of rows
        """
        sources = {}
        for message in self:
            if source := message._source():
                sources.setdefault(source[0], set()).add(source[1])
        # sudo: what a colleague took in of the same list counts as well
        messages = self.sudo().with_context(active_test=False)
        if not sources:
            return messages.browse()
        together = Domain.OR(
            Domain(name, "in", list(ids)) & (Domain("form", "=", "feed") if name == "payload_id" else Domain.TRUE)
            for name, ids in sources.items()
        )
        return messages.search(together & Domain(which), order="id")

    def _ordered_siblings(self):
        """Return the arrivals of the same lists and numbers that became items of orders."""
        return self._siblings(Domain("number", "in", list(set(self.mapped("number")))) & Domain("order_id", "!=", False))

    def _orders_to_join(self):
        """Return ``{request key: order}`` of what earlier rows of the same lists became and the next ones may join."""
        ordered = self._ordered_siblings()
        joinable = ordered.order_id._open_to_items()
        found = {}
        for message in ordered:
            if message.order_id in joinable:
                found.setdefault(message._request_key(), message.order_id)
        return found

    def _tell_parted(self, fresh):
        """Note on the orders of one list and number that there are several, and why the reader should look (R3.1.2).

        :param fresh: the orders that were made just now
        """
        parted = {}
        for message in self._ordered_siblings().filtered("number") if fresh else ():
            key = message._source(), message.company_id, message.number
            parted[key] = parted.get(key, fresh.browse()) | message.order_id
        for (_source, _company, number), orders in parted.items():
            if len(orders) > 1 and orders & fresh:
                orders._note_parted(number)

    # What of a list is still open

    def _open_rows(self):
        """Return ``{order: arrivals}``: rows of the lists that these arrivals' orders came from, which are no items yet.

        A row without a readable number may belong to any order of its list.
        """
        ordered = self.filtered("order_id")
        waiting = ordered._siblings(Domain("pending", "=", True) | Domain("state", "in", WAITING))
        if not waiting:
            return {}
        by_source = waiting.grouped(lambda message: message._source())
        unnumbered = waiting.filtered(lambda message: not message.number)
        orders = {}
        for message in unnumbered._siblings([("order_id", "!=", False)]) if unnumbered else ():
            orders.setdefault(message._source(), set()).add(message.order_id)
        found = {}
        for order, messages in ordered.grouped("order_id").items():
            for source, items in messages.grouped(lambda message: message._source()).items():
                alone = len(orders.get(source, ())) == 1
                # Items of one order and list have number and customer in common.
                rows = by_source.get(source, waiting.browse()).filtered(
                    lambda row, item=items[0], alone=alone: row._may_belong_to(item, alone)
                )
                if rows:
                    found[order] = found.get(order, rows.browse()) | rows
        return found

    def _may_belong_to(self, other, alone):
        """Say whether an open row may be an item of the order that ``other`` of the same list became.

        What only repeats another row is in the order already: it waits for somebody, and the order need not.

        :param alone: whether the list has made that order only
        """
        self.ensure_one()
        if {code for code, _params in self.problems or ()} == {"duplicate_row"}:
            return False
        if not self.number:
            return alone and self.form != "mail"
        customer = self.partner_id.commercial_partner_id
        return self.number == other.number and (not customer or customer == other.partner_id.commercial_partner_id)
