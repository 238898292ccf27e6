import logging

from odoo import Command, api, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .paper_intake_message import BATCH, QUIET

_logger = logging.getLogger(__name__)


class PaperIntakeMessage(models.Model):
    _inherit = "paper.intake.message"

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
        quiet = self.with_context(tracking_disable=len(self) > 1)  # a whole order book is not tracked row by row
        good = quiet.filtered(lambda message: not problems.get(message))
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
        return [made[message] for message in messages]

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
        return values

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
        """Return the values of the order line of an arrival; the weight is what the customer orders by."""
        self.ensure_one()
        values = {
            "product_id": self.product_id.id,
            "paper_spec_id": spec.id,
            "paper_quantity": self.weight,
            "paper_unit": "kg",
        }
        if self._source() and self.line_no:
            values["sequence"] = self.line_no  # a row that is mended later stands where the customer wrote it
        return values if self.weight else {**values, "product_uom_qty": 0}

    def _order_origin(self):
        upload = self[0].upload_id
        if not upload:
            return self[0].channel_id.name
        first, last = min(self.mapped("line_no")), max(self.mapped("line_no"))
        if first == last:
            return self.env._("%(file)s, line %(line)s", file=upload.file_name, line=first)
        return self.env._("%(file)s, lines %(first)s to %(last)s", file=upload.file_name, first=first, last=last)
