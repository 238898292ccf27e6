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

    def _siblings(self):
        """Return what came together with these arrivals, whoever may see it; themselves included."""
        sources = {}
        for message in self:
            if source := message._source():
                sources.setdefault(source[0], set()).add(source[1])
        if not sources:
            return self
        # sudo: what a colleague took in of the same list counts as well
        messages = self.sudo().with_context(active_test=False)
        domain = Domain.OR(
            Domain(name, "in", list(ids)) & (Domain("form", "=", "feed") if name == "payload_id" else Domain.TRUE)
            for name, ids in sources.items()
        )
        return messages.search(domain, order="id")

    def _orders_to_join(self):
        """Return ``{request key: order}`` of what earlier rows of the same lists became and the next ones may join."""
        ordered = self._siblings().filtered("order_id")
        joinable = ordered.order_id._open_to_items()
        found = {}
        for message in ordered:
            if message.order_id in joinable:
                found.setdefault(message._request_key(), message.order_id)
        return found

    def _tell_parted(self):
        """Note on the orders of one list and number that there are several, and why the reader should look (R3.1.2)."""
        lists = {}
        for message in self._siblings().filtered(lambda message: message.number and message.order_id):
            if source := message._source():
                lists.setdefault((source, message.number), self.env["sale.order"].sudo())
                lists[source, message.number] |= message.order_id
        touched = self.order_id
        for (_source, number), orders in lists.items():
            if len(orders) < 2 or not touched & orders:
                continue
            for order in orders:
                others = ", ".join((orders - order).mapped("name"))
                order.message_post(
                    body=self.env._(
                        "The list that brought %(number)s became several orders, for its rows differ in customer or "
                        "currency, or came when this order could take no more: see %(orders)s.",
                        number=number,
                        orders=others,
                    )
                )

    # What of a list is still open

    def _open_rows(self):
        """Return ``{order: arrivals}``: rows of the lists that these arrivals' orders came from, which are no items yet.

        A row without a readable number may belong to any order of its list.
        """
        found = {}
        siblings = self._siblings()
        waiting = siblings.filtered(lambda message: message.pending or message.state in WAITING)
        if not waiting:
            return found
        by_source = waiting.grouped(lambda message: message._source())
        orders_of = siblings.filtered("order_id").grouped(lambda message: message._source())
        for message in self.filtered("order_id"):
            source = message._source()
            for row in by_source.get(source, ()) if source else ():
                alone = len(orders_of[source].order_id) == 1
                if row._may_belong_to(message, alone):
                    found[message.order_id] = found.get(message.order_id, self.browse()) | row
        return found

    def _may_belong_to(self, other, alone):
        """Say whether an open row may be an item of the order that ``other`` of the same list became."""
        self.ensure_one()
        if not self.number:
            return alone and self.form != "mail"
        customer = self.partner_id.commercial_partner_id
        return self.number == other.number and (not customer or customer == other.partner_id.commercial_partner_id)
