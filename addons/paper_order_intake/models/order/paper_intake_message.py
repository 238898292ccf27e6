import logging

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..message.paper_intake_message import BATCH, QUIET, WAITING

_logger = logging.getLogger(__name__)
# What arrivals that came together share, the nearest first: the uploaded file, the mail or order they came with, the
# body of one call.
SOURCES = ("upload_id", "parent_id", "payload_id")
# What an arrival may say of its order beyond the figures that every channel shares. Nothing else is taken over.
DETAILS = {
    "spec": {
        "format",
        "grain_direction",
        "sheets_per_ream",
        "core_outside_diameter",
        "reel_length",
        "winding_direction",
        "finish",
        "packing",
        "tolerance_minus",
        "tolerance_plus",
    },
    "order": {"partner_shipping_id", "incoterm", "paper_order_type"},
    "line": {"paper_quantity", "paper_unit"},
}


class PaperIntakeMessage(models.Model):
    """What becomes of an arrival: an item of an order. What came together under one number is one purchase order, each
    of its rows an item of it; rows with numbers of their own, as in an order book, are orders of their own (R3.1.1).
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

    def action_process(self):
        """Make orders of the arrivals, or say what still keeps them from it (R3.1.1, R3.2.1)."""
        self.check_access("write")
        self._check_waiting()
        self._process(self._find_problems())
        return self.action_open_order() if self.order_id else False

    def _process(self, problems):
        """Move the arrivals on: orders of those without a problem, a reason on the others.

        :param problems: ``{message: [(code, params), …]}``
        """
        problems = self._suspect(problems)
        quiet = self.with_context(tracking_disable=len(self) > 1)  # a whole order book is not tracked row by row
        good = quiet.filtered(lambda message: not problems.get(message))
        with self.env["sale.order"]._standing_at_once():
            failed = good._make_orders()
        (quiet - good)._enter_waiting(problems)
        quiet.browse().concat(*failed)._enter_waiting(failed)

    def _make_orders(self):
        """Make one order of each arrival.

        :return: ``{message: problems}`` of those whose order could not be made; the others are done
        """
        failed = {}
        for place in range(0, len(self), BATCH):
            batch = self[place : place + BATCH]
            if not batch._try_orders():
                for message in batch:
                    failure = {}
                    if not message._try_orders(failure):
                        failed[message] = [("not_created", failure)]
        return failed

    def _try_orders(self, failure=None):
        """Make the orders in a savepoint; on an error undo them all, note it and return False."""
        try:
            with self.env.cr.savepoint():
                lines = self._create_orders()
                self._take_step("order", problems=False)
                for message, line in zip(self, lines, strict=True):
                    message._keep({"order_id": line.order_id.id, "order_line_id": line.id})
                self._tell_parted(self._fresh_orders(lines))
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:  # one row must not lose the others, whatever is wrong with it
            if failure is not None:
                failure["text"] = str(error.args[0] if isinstance(error, UserError) and error.args else error)
                _logger.info("No order of arrival %s", self.ids, exc_info=not isinstance(error, UserError))
            return False
        return True

    @api.model
    def _fresh_orders(self, lines):
        """Return the orders that these lines are all of: they were made with them."""
        lines = self.env["sale.order.line"].sudo().concat(*lines)  # sudo: as they were made
        return lines.order_id.filtered(lambda order: order.order_line <= lines)

    def _create_orders(self):
        """Make the items of the arrivals: those of one request stand in one order, a new one or that of earlier rows.

        :return: list of order lines, one of each arrival
        """
        # sudo: the order belongs to its handler, who may be another salesperson than the one who took it in
        messages = self.sudo().with_context(**QUIET)
        specs = messages.env["paper.spec"].create([message._prepare_spec_values() for message in messages])
        spec_of = dict(zip(messages, specs, strict=True))
        there = messages._orders_to_join()
        requests = messages.grouped(lambda message: message._request_key())
        fresh = {key: rows for key, rows in requests.items() if key not in there}
        price_lists = messages._price_lists()
        vals_list = [rows._prepare_order_values(spec_of) for rows in fresh.values()]
        for rows, vals in zip(fresh.values(), vals_list, strict=True):
            if price_list := price_lists.get(rows[0]):
                vals["pricelist_id"] = price_list.id
        orders = messages.env["sale.order"].create(vals_list)
        made = {}
        for rows, order in zip(fresh.values(), orders, strict=True):
            made |= zip(rows, order.order_line.sorted("id"), strict=True)
        joining = messages.filtered(lambda message: message not in made)
        values = [joined._prepare_joining_values(there[joined._request_key()], spec_of[joined]) for joined in joining]
        made |= zip(joining, messages.env["sale.order.line"].create(values), strict=True)
        lines = [made[message] for message in messages]
        self._hand_files_on([line.order_id for line in lines])
        return lines

    def _hand_files_on(self, orders):
        """Give each order the further files that came with its first arrivals, once."""
        # sudo: the order's departments read what the customer sent for it
        with_files = {
            order: message for message, order in zip(self.sudo(), orders, strict=True) if message.shown_file_ids
        }
        brought = {order: message for order, message in with_files.items() if not order.intake_message_ids}
        for order, message in brought.items():
            message.shown_file_ids.copy({"res_model": order._name, "res_id": order.id})

    # What the order says

    def _told(self, part):
        """Return what was told of a part of the order: spec, order or line."""
        self.ensure_one()
        told = (self.details or {}).get(part) or {}
        return {name: value for name, value in told.items() if name in DETAILS[part]}

    def _prepare_spec_values(self):
        """Return the values of the specification that an arrival asks for. Override to add."""
        self.ensure_one()
        return {
            "reference": self.number,
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "grade_id": self.product_id.paper_grade_id.id,
            "format": "sheet" if self.length else "reel",
            "basis_weight": self.basis_weight,
            "caliper": self.caliper,
            "width": self.width,
            "length": self.length,
            "reel_diameter_min": self.diameter_min,
            "reel_diameter_max": self.diameter_max,
            "core_diameter": self.core_diameter,
            "tolerance_minus": self.tolerance,
            "tolerance_plus": self.tolerance,
            "quality_requirement": self.quality_requirement,
            **self._told("spec"),
        }

    def _prepare_order_values(self, specs):
        """Return the values of the order of arrivals that are one request; what its head says, the first of them says.

        The order as a whole is due when its last item is. A date or place that only some of them name is theirs alone: the
        head must not answer for the others.

        :param specs: ``{arrival: its specification}``
        """
        head = self[0]._prepare_head_values()
        dates = self.mapped("commitment_date")
        head["commitment_date"] = max(dates) if all(dates) else False
        if len({message._told("order").get("partner_shipping_id") for message in self}) > 1:
            head.pop("partner_shipping_id", None)
        lines = [message._prepare_line_values(specs[message]) | message._prepare_own_terms(head) for message in self]
        return {**head, "origin": self._order_origin(), "order_line": [Command.create(line) for line in lines]}

    def _prepare_head_values(self):
        """Return what an arrival says of the order as a whole. Override to add."""
        self.ensure_one()
        channel = self.channel_id
        values = {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "client_order_ref": self.number,
            "user_id": self.handler_id.id,
            "intake_channel_id": channel.id,
            "medium_id": channel.medium_id.id,
        }
        if channel.team_id:
            values["team_id"] = channel.team_id.id
        if self.payment_term_id:
            values["payment_term_id"] = self.payment_term_id.id
        return {**values, **self._told("order")}

    def _price_lists(self):
        """Return ``{arrival: price list}`` of those whose customer names a currency that the mill can sell in.

        That is his own list, else the mill's first of the currency; an empty one where it is the company's own currency
        and no list is needed.
        """
        named = self.filtered(lambda message: message.currency_id and message.partner_id)
        # sudo: a person who takes orders in need not read price lists
        lists = named.env["product.pricelist"].sudo().search(
            [("currency_id", "in", named.currency_id.ids), ("company_id", "in", [False, *named.company_id.ids])]
        )
        found = {}
        for message in named:
            company, currency = message.company_id, message.currency_id
            own = message.partner_id.with_company(company).property_product_pricelist
            fitting = lists.filtered(lambda rec, m=message: rec.currency_id == m.currency_id and rec.company_id <= m.company_id)
            if own.currency_id == currency:
                found[message] = own
            elif fitting or (own.currency_id or company.currency_id) == currency:
                found[message] = fitting[:1]
        return found

    def _prepare_joining_values(self, order, spec):
        """Return the values of the line of an arrival that joins the order of earlier rows of its list."""
        self.ensure_one()
        head = {"commitment_date": order.commitment_date, "partner_shipping_id": order.partner_shipping_id.id}
        return {"order_id": order.id, **self._prepare_line_values(spec), **self._prepare_own_terms(head)}

    def _prepare_own_terms(self, head):
        """Return date and place of an item as far as the order's head says others.

        :param head: values of the order
        """
        self.ensure_one()
        date, place = self.commitment_date, self._told("order").get("partner_shipping_id")
        values = {"paper_commitment_date": date} if date and date != head["commitment_date"] else {}
        if place and place != head.get("partner_shipping_id"):
            values["paper_shipping_id"] = place
        return values

    def _prepare_line_values(self, spec):
        """Return the values of the order line of an arrival; the weight is what the customer orders by, or his own count."""
        self.ensure_one()
        values = {
            "product_id": self.product_id.id,
            "paper_spec_id": spec.id,
            "paper_quantity": self.weight,
            "paper_unit": "kg",
        }
        if self._source() and self.line_no:
            values["sequence"] = self.line_no  # a row that is mended later stands where the customer wrote it
        told = self._told("line")
        # A weight that was mended later is what holds; the customer's own count was another one.
        same = told.get("paper_quantity") and abs(
            spec._convert(told["paper_quantity"], told["paper_unit"], "kg", raise_if_missing=False) - self.weight
        ) < max(0.01, self.weight * 0.0001)
        if same:
            return {**values, **told}
        return values if self.weight else {**values, "product_uom_qty": 0}

    def _order_origin(self):
        upload = self[0].upload_id
        if not upload:
            return self[0].channel_id.name
        first, last = min(self.mapped("line_no")), max(self.mapped("line_no"))
        if first == last:
            return self.env._("%(file)s, line %(line)s", file=upload.file_name, line=first)
        return self.env._("%(file)s, lines %(first)s to %(last)s", file=upload.file_name, first=first, last=last)

    # What came together

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
            return alone and self.form not in self._whole_forms()
        customer = self.partner_id.commercial_partner_id
        return self.number == other.number and (not customer or customer == other.partner_id.commercial_partner_id)

    def _lose_items(self, orders):
        """Have arrivals wait again whose item was deleted from its order: what a customer asked for is not lost with it.

        :param orders: ``{arrival: name of the order}``
        """
        for name, messages in self.grouped(lambda message: orders[message]).items():
            lost = [["item_deleted", {"order": name, "user": self.env.user.name}]]
            # sudo: the row waits again, whoever deleted its item
            messages.sudo()._follow_to("received", problems=lost, handled_on=False, order_id=False, order_line_id=False)
        self._hand_over()
