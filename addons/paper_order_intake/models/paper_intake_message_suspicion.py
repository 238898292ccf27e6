from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# How far back the same order may have come by another channel.
WINDOW_DAYS = 90
SUSPECTED = "suspected_duplicate"
# Figures that may be missing in one of the two; where both say one, they are equal.
LOOSE_FIGURES = ("basis_weight", "diameter_max", "core_diameter")


class PaperIntakeMessage(models.Model):
    """An order that seems to have come by another channel already waits for a person's word."""

    _inherit = "paper.intake.message"

    duplicate_of_id = fields.Many2one(
        "paper.intake.message", string="Duplicate of", readonly=True, copy=False, index="btree_not_null"
    )
    suspicion_ids = fields.One2many("paper.intake.suspicion", "message_id", string="Suspected Duplicates")
    suspicion_count = fields.Integer(compute="_compute_suspicion_count")

    _alike_idx = models.Index("(company_id, width, weight, received_on)")

    @api.depends("suspicion_ids.state")
    def _compute_suspicion_count(self):
        for message in self:
            message.suspicion_count = len(message.suspicion_ids.filtered(lambda rec: rec.state == "open"))

    def _process(self, problems):
        return super()._process(self._suspect(problems))

    def _suspect(self, problems):
        """Add to the problems of each arrival that it seems to have come before, by another channel.

        Asked for all arrivals at once: three queries, for one arrival or for thousands.

        :param problems: ``{message: [(code, params), …]}``
        :return: the same, with the suspicions that nobody has decided
        """
        asked = self.filtered(lambda rec: rec.partner_id and rec.width and rec.weight and rec.company_id)
        if not asked:
            return problems
        # sudo: what a colleague took in counts as well
        asked = asked.sudo()
        alike = asked._find_alike()
        Suspicion = self.env["paper.intake.suspicion"].sudo()
        known = Suspicion.search(
            Domain("message_id", "in", asked.ids)
            | Domain("other_message_id", "in", asked.ids) & Domain("message_id", "not in", asked.ids)
        )
        pairs = {(rec.message_id.id, rec.other_message_id or rec.other_order_id) for rec in known}
        pairs |= {(rec.other_message_id.id, rec.message_id) for rec in known if rec.other_message_id}
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
        gone.write({"state": "cleared"})
        waiting = known.filtered(lambda rec: rec.state == "open" and rec.message_id in asked) | Suspicion.create(fresh)
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
        same = Domain("company_id", "in", self.company_id.ids) & Domain("received_on", ">=", since)
        same &= Domain("partner_id.commercial_partner_id", "in", partners.ids)
        same &= Domain("width", "in", self.mapped("width")) & Domain("weight", "in", self.mapped("weight"))
        same &= Domain("state", "in", ("received", "question", "order"))
        if len(self.channel_id) == 1:  # a whole order book: its own rows cannot be it
            same &= Domain("channel_id", "!=", self.channel_id.id)
        others = self.search(same).filtered(lambda rec: rec.order_id.state != "cancel" or not rec.order_id)
        keyed = others.grouped(lambda rec: rec._alike_key())
        orders = self._alike_orders(partners, since)
        found = {}
        for message in self:
            messages = [
                other
                for other in keyed.get(message._alike_key(), ())
                if other.id < message.id and other.channel_id != message.channel_id and message._is_alike(other)
            ]
            lines = [line for line in orders.get(message._alike_key(), ()) if message._is_alike_line(line)]
            if messages or lines:
                found[message] = [*messages, *{line.order_id: None for line in lines}]
        return found

    def _alike_key(self):
        self.ensure_one()
        partner = self.partner_id.commercial_partner_id.id
        return self.company_id.id, partner, round(self.width, 2), round(self.length, 2), round(self.weight, 3)

    def _is_alike(self, other):
        """Say whether another arrival of the same customer, size and weight may be the same order."""
        self.ensure_one()
        if any(self[name] and other[name] and self[name] != other[name] for name in LOOSE_FIGURES):
            return False
        return self._is_near(other.commitment_date, other.received_on)

    def _is_near(self, commitment, received):
        """Say whether the delivery dates, or without them the days of arrival, lie within the company's tolerance."""
        if self.commitment_date and commitment:
            apart = self.commitment_date - commitment
        else:
            apart = self.received_on - received
        return abs(apart) < timedelta(days=self.company_id.paper_duplicate_days + 1)

    def _alike_orders(self, partners, since):
        """Return, by key, the order lines without an arrival that may be the same: entered by hand, or by the shop."""
        lines = self.env["sale.order.line"].sudo().search(  # sudo: see _suspect
            Domain("order_id.state", "in", ("draft", "sent", "sale"))
            & Domain("order_id.intake_message_ids", "=", False)
            & Domain("order_id.company_id", "in", self.company_id.ids)
            & Domain("order_id.date_order", ">=", since)
            & Domain("order_id.partner_id.commercial_partner_id", "in", partners.ids)
            & Domain("paper_spec_id.width", "in", self.mapped("width"))
        )
        keyed = {}
        for line in lines:
            spec, order = line.paper_spec_id, line.order_id
            key = (
                order.company_id.id,
                order.partner_id.commercial_partner_id.id,
                round(spec.width, 2),
                round(spec.length, 2),
                round(line.paper_weight_kg, 3),
            )
            keyed.setdefault(key, []).append(line)
        return keyed

    def _is_alike_line(self, line):
        spec, order = line.paper_spec_id, line.order_id
        if order.intake_channel_id == self.channel_id:
            return False
        if self.basis_weight and spec.basis_weight and self.basis_weight != spec.basis_weight:
            return False
        return self._is_near(order.commitment_date, order.date_order)

    # The words of it, and what follows from the decision

    @api.model
    def _problem_state(self, problems):
        others = [(code, params) for code, params in problems if code != SUSPECTED]
        return super()._problem_state(others)

    @api.model
    def _problem_sentence(self, code, params):
        if code != SUSPECTED:
            return super()._problem_sentence(code, params)
        return self.env._(
            "It looks like %(other)s, which came by “%(channel)s”. Compare them and decide.",
            other=params.get("other"),
            channel=params.get("channel"),
        )

    def _close_as_duplicate(self, other):
        """Close arrivals as the same as another one."""
        self._check_waiting()
        self._move({"state": "duplicate", "duplicate_of_id": other.id, "handled_on": fields.Datetime.now()})
        self._close_activities()

    def _go_on(self):
        """Process the arrivals about which nothing is open any more."""
        going = self.filtered(lambda rec: rec.state in ("received", "question", "rejected") and not rec.suspicion_count)
        if going:
            going._process(going._find_problems())

    def action_open_suspicions(self):
        """Open the comparison with what seems to be the same order."""
        self.ensure_one()
        return self.suspicion_ids._get_records_action(name=self.env._("Suspected Duplicates"))
