from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools.misc import formatLang

from ...lib.alike import Alike
from ..problem.paper_intake_message import SUSPECTED

# How far back the same order may have come by another channel.
WINDOW_DAYS = 90
# Figures that may be missing in one of the two; where both say one, they are equal.
LOOSE_FIGURES = ("basis_weight", "diameter_max", "core_diameter")
# What is compared side by side, in the order of the screen.
COMPARED = (
    "partner_id",
    "product_id",
    "number",
    "weight",
    "tolerance",
    "basis_weight",
    "caliper",
    "width",
    "length",
    "diameter_min",
    "diameter_max",
    "core_diameter",
    "commitment_date",
    "payment_term_id",
    "quality_requirement",
)


class PaperIntakeMessage(models.Model):
    """An order that seems to have come by another channel already waits for a person's word."""

    _inherit = "paper.intake.message"

    duplicate_of_id = fields.Many2one(
        "paper.intake.message", string="Duplicate of", by_steps=True, index="btree_not_null"
    )
    suspicion_ids = fields.One2many("paper.intake.suspicion", "message_id", string="Suspected Duplicates")
    suspicion_count = fields.Integer(compute="_compute_suspicion_count")
    _alike_idx = models.Index("(company_id, width, weight, received_on)")

    @api.depends("suspicion_ids.state")
    def _compute_suspicion_count(self):
        for message in self:
            message.suspicion_count = len(message.suspicion_ids.filtered(lambda rec: rec.state == "open"))

    def _suspect(self, problems):
        """Add to the problems of each arrival that it seems to have come before, by another channel.

        Asked for all arrivals at once: three queries, for one arrival or for thousands.

        :param problems: ``{message: [(code, params), …]}``
        :return: the same, with the suspicions that nobody has decided
        """
        # sudo: what a colleague took in counts as well
        asked = self.sudo().filtered(lambda rec: rec.partner_id and rec.company_id and rec._alike_items())
        if not asked:
            return problems
        alike = asked._find_alike()
        Suspicion = self.env["paper.intake.suspicion"].sudo()
        known = Suspicion.search(
            Domain("message_id", "in", asked.ids)
            | Domain("other_message_id", "in", asked.ids) & Domain("message_id", "not in", asked.ids)
        )
        pairs = {(rec.message_id.id, rec.other_message_id or rec.other_order_id) for rec in known}
        # The earlier one that was closed as the same, and is reopened, is to be decided again, now as the later one.
        pairs |= {(rec.other_message_id.id, rec.message_id) for rec in known if rec.other_message_id and rec.state != "same"}
        fresh = [
            {"message_id": message.id, "other_message_id" if other._name == self._name else "other_order_id": other.id}
            for message, others in alike.items()
            for other in others
            if (message.id, other) not in pairs
        ]
        still = {(message.id, other) for message, others in alike.items() for other in others}
        gone = known.filtered(
            lambda rec: rec.state == "open"
            and rec.message_id in asked
            and (rec.message_id.id, rec.other_message_id or rec.other_order_id) not in still
        )
        gone._take_step("cleared")
        waiting = known.filtered(lambda rec: rec.state == "open" and rec.message_id in asked) | Suspicion._by_step().create(fresh)
        found = dict(problems)
        for suspicion in waiting:
            message = self.browse(suspicion.message_id.id)
            other = suspicion.other_message_id or suspicion.other_order_id
            params = {"other": other.display_name, "channel": suspicion.other_channel_id.name or ""}
            found[message] = [*(found.get(message) or []), (SUSPECTED, params)]
        return found

    def _find_alike(self):
        """Return ``{arrival: [earlier arrivals and orders by another channel that say the same]}``."""
        since = min(self.mapped("received_on")) - timedelta(days=WINDOW_DAYS)
        partners = self.partner_id.commercial_partner_id
        items = {message: message._alike_items() for message in self}
        widths = {item.width for own in items.values() for item in own}
        same = Domain("company_id", "in", self.company_id.ids) & Domain("received_on", ">=", since)
        same &= Domain("partner_id.commercial_partner_id", "in", partners.ids)
        same &= Domain("width", "in", list(widths))
        same &= Domain("weight", "in", list({item.weight for own in items.values() for item in own}))
        same &= Domain("state", "in", ("received", "question", "order"))
        if len(self.channel_id) == 1:  # a whole order book: its own rows cannot be it
            same &= Domain("channel_id", "!=", self.channel_id.id)
        others = self.search(same).filtered(lambda rec: rec.order_id.state != "cancel" or not rec.order_id)
        keyed = others.grouped(lambda rec: (rec._alike_place(), rec._alike_item().key))
        orders = self._alike_orders(partners, since, widths)
        found = {}
        for message in self:
            keys = [((message._alike_place(), item.key), item) for item in items[message]]
            messages = dict.fromkeys(
                other
                for key, item in keys
                for other in keyed.get(key, ())
                if (other.id < message.id or message.reopened_on)
                and other.channel_id != message.channel_id
                and message._is_alike(item, other)
            )
            lines = [line for key, item in keys for line in orders.get(key, ()) if message._is_alike_line(item, line)]
            of_lines = dict.fromkeys(line.order_id for line in lines)
            rest = [order for order in of_lines if order not in [other.order_id for other in messages]]
            if messages or rest:
                found[message] = [*messages, *rest]
        return found

    def _alike_place(self):
        self.ensure_one()
        return self.company_id.id, self.partner_id.commercial_partner_id.id

    def _alike_items(self):
        """Return what this arrival orders, as items to compare; none where size or weight are not told.

        Override where one arrival brings an order of several papers.
        """
        self.ensure_one()
        return [self._alike_item()] if self.width and self.weight else []

    def _alike_item(self):
        self.ensure_one()
        loose = {name: self[name] for name in LOOSE_FIGURES}
        return Alike(width=self.width, length=self.length, weight=self.weight, **loose)

    def _brought_order(self):
        """Return the order that this arrival is itself. Override where it was made before it arrived."""
        self.ensure_one()
        return self.order_id

    def _is_alike(self, item, other):
        """Say whether another arrival of the same customer, size and weight may be the same order."""
        self.ensure_one()
        return item.may_be(other._alike_item()) and self._is_near(other.commitment_date, other.received_on)

    def _is_near(self, commitment, received):
        """Say whether the delivery dates, or without them the days of arrival, lie within the company's tolerance."""
        if self.commitment_date and commitment:
            apart = self.commitment_date - commitment
        else:
            apart = self.received_on - received
        return abs(apart) < timedelta(days=self.company_id.paper_duplicate_days + 1)

    @api.model
    def _alike_order_domain(self):
        """Return which orders are compared by their lines: those that no arrival stands for. Override to add."""
        return Domain("order_id.intake_message_ids", "=", False)

    def _alike_orders(self, partners, since, widths):
        """Return, by key, the order lines that may be the same: entered by hand, or by the shop."""
        lines = self.env["sale.order.line"].sudo().search(  # sudo: see _suspect
            Domain("order_id.state", "in", ("draft", "sent", "sale"))
            & self._alike_order_domain()
            & Domain("order_id.company_id", "in", self.company_id.ids)
            & Domain("order_id.date_order", ">=", since)
            & Domain("order_id.partner_id.commercial_partner_id", "in", partners.ids)
            & Domain("paper_spec_id.width", "in", list(widths))
        )
        keyed = {}
        for line in lines:
            order = line.order_id
            place = order.company_id.id, order.partner_id.commercial_partner_id.id
            keyed.setdefault((place, line._alike_item().key), []).append(line)
        return keyed

    def _is_alike_line(self, item, line):
        order = line.order_id
        if order.intake_channel_id == self.channel_id or order == self._brought_order():
            return False
        return item.may_be(line._alike_item()) and self._is_near(order.commitment_date, order.date_order)

    # What follows from the decision

    def _close_as_duplicate(self, other):
        """Close arrivals as the same as another one."""
        self._check_waiting()
        self._take_step("duplicate", duplicate_of_id=other.id)

    def _go_on(self):
        """Process the arrivals about which nothing is open any more."""
        going = self.filtered(lambda rec: rec.state in ("received", "question", "rejected") and not rec.suspicion_count)
        if going:
            going._process(going._find_problems())

    def action_open_suspicions(self):
        """Open the comparison with what seems to be the same order."""
        self.ensure_one()
        return self.suspicion_ids._get_records_action(name=self.env._("Suspected Duplicates"))

    # Side by side

    def _compared_side(self):
        """Return what the comparison shows of this arrival: its head, and each value in words."""
        self.ensure_one()
        # sudo: the reader of a suspicion sees the names that stand in the arrivals
        message = self.sudo()
        head = {
            "title": message.channel_id.name,
            "subtitle": message.order_id.name or message.display_name,
            "received": message.company_id._paper_moment(message.received_on),
            "handler": message.handler_id.name or "",
            "state": dict(message._fields["state"]._description_selection(self.env))[message.state],
            "raw": message.raw or "",
        }
        return {"head": head, "values": {name: message._compared_value(name) for name in COMPARED}}

    def _compared_value(self, name):
        value = self[name]
        kind = self._fields[name].type
        if name == "partner_id":
            return value.commercial_partner_id.display_name or ""
        if kind == "many2one":
            return value.display_name or ""
        if kind == "datetime":
            return self.company_id._paper_date(value)
        return self._compared_figure(name, value) if kind == "float" else value or ""

    @api.model
    def _compared_figure(self, name, value):
        if not value:
            return ""
        text = formatLang(self.env, value, digits=3)
        point = self.env["res.lang"]._get_data(code=self.env.lang or "en_US").decimal_point or "."
        return text.rstrip("0").rstrip(point) if point in text else text
