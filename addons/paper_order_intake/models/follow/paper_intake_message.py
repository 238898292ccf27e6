from odoo import api, fields, models

from ...exceptions import IntakeStateError
from ...lib.reply import read_reply
from ..message.paper_intake_message import FIGURE, WAITING

# How much of what somebody wrote stands in a to-do.
SUMMARY = 120


class PaperIntakeMessage(models.Model):
    """An arrival that is no new order but a word about one: an answer, a change, a question. It waits at that order until
    somebody has seen to it; what could be read in it is proposed there, to be taken by one click (R3.1.2, R3.2.1).
    """

    _inherit = "paper.intake.message"

    about_order_id = fields.Many2one(
        "sale.order",
        string="About the Order",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
        tracking=True,
        by_hand=FIGURE,
        help="The order that is there already, and that this is about.",
    )
    follows_id = fields.Many2one(
        "paper.intake.message",
        string="Follows",
        by_steps=True,
        index="btree_not_null",
        ondelete="set null",
        help="The arrival that it answers or goes on with.",
    )
    wish = fields.Text(string="What the Customer Writes", by_steps=True)
    proposal = fields.Json(by_steps=True, help="What was read in the customer's words, as values for the order.")
    proposal_text = fields.Text(string="Read in It", compute="_compute_proposal_text")

    @api.depends("proposal")
    def _compute_proposal_text(self):
        for message in self:
            message.proposal_text = "\n".join(f"{item['label']}: {item['text']}" for item in message.proposal or [])

    def _is_later(self):
        """Say whether it is about something that is there: an order, or an arrival that still waits."""
        self.ensure_one()
        return bool(self.about_order_id or self.follows_id)

    def _note_later(self, order, wish, sender, orders=()):
        """Let an arrival without an order in it wait at the order that it is about.

        :param order: ``sale.order``, empty where it is not clear which one
        :param wish: text, what is asked
        :param sender: who says so, as text
        :param orders: those that it may be about, where that is not clear
        """
        self.ensure_one()
        problems = []
        if order:
            problems.append(["later_words", {"sender": sender, "order": order.name}])
            customer = order.partner_id.commercial_partner_id
            if self.partner_id.commercial_partner_id != customer:
                problems.append(["sender_unknown", {"sender": sender, "customer": customer.name}])
        elif orders:
            problems.append(["which_order", {"orders": ", ".join(orders.mapped("name"))}])
        elif self.follows_id:
            problems.append(["later_words", {"sender": sender, "order": self.follows_id.display_name}])
        self._keep({"about_order_id": order.id, "wish": wish, "problems": problems})
        if order:
            self._keep({"proposal": self._read_proposal() or False})
            self._action_later()

    def _note_chosen(self):
        """Say of arrivals for which a person chose the order what is to be done now."""
        for message in self.filtered(lambda message: message.wish and message.state in WAITING and not message._is_step()):
            message.sudo()._note_later(message.about_order_id, message.wish, message._later_sender())  # sudo: follows from it

    def _later_sender(self):
        """Return who says so, as text. Override where it is known better."""
        self.ensure_one()
        return self.partner_id.name or self.env._("Somebody")

    def _read_proposal(self):
        """Return what was read in the words as values for the order: a list of dicts with field, value, label and text.

        A quantity is proposed for an order of one item only, a day where it is another one than the order's.
        """
        self.ensure_one()
        order, told = self.about_order_id, self._told_in_words()
        proposal, labels = [], order._proposal_labels()
        lines = order.order_line.filtered("paper_spec_id")
        if "quantity" in told and len(lines) == 1:
            figure, unit = told["quantity"]
            if (figure, unit) != (lines.paper_quantity, lines.paper_unit) and unit in order._units_of(lines):
                text = f"{figure:.10g} {order._units_of(lines)[unit]}"
                proposal.append({"field": "paper_quantity", "value": [figure, unit], "text": text})
        day = told.get("commitment_date")
        if day and day != (order.commitment_date and order.company_id._paper_day(order.commitment_date)):
            proposal.append({"field": "commitment_date", "value": str(day), "text": str(day)})
        return [{**item, "label": labels[item["field"]]} for item in proposal]

    def _told_in_words(self):
        """Return what can be read in the customer's words; see ``lib/reply.py``."""
        self.ensure_one()
        return read_reply(self.wish, self.company_id._paper_today())

    def _write_proposal(self, proposal):
        """Write what was proposed into the order.

        :param proposal: list as :meth:`_read_proposal` returns it
        """
        self.ensure_one()
        order = self.about_order_id
        for item in proposal:
            if item["field"] == "paper_quantity":
                figure, unit = item["value"]
                order.order_line.filtered("paper_spec_id").write({"paper_quantity": figure, "paper_unit": unit})
            elif item["field"] == "commitment_date":
                order.commitment_date = order._noon(fields.Date.to_date(item["value"]))

    def _action_later(self):
        """Note that the customer spoke about an order of his. Override to let go on what waited for that."""

    def _later_sentence(self):
        """Return what is to be done about it in a few words, in the language of the environment."""
        self.ensure_one()
        words = " ".join((self.wish or self.raw or "").split())
        words = f"{words[:SUMMARY]}…" if len(words) > SUMMARY else words
        who = self.partner_id.name or self.env._("The customer")
        return self.env._("%(customer)s writes: %(words)s", customer=who, words=words)

    # What a person does about it

    def action_settle(self):
        """Close arrivals that are about an order and were seen to there.

        :raises IntakeStateError: it is not known which order one of them is about
        """
        self.check_access("write")
        self._check_waiting()
        if loose := self.filtered(lambda message: not message._is_later())[:1]:
            raise IntakeStateError(
                self.env._(
                    "%(message)s is about no order yet: choose the order first, or close it as no order.",
                    message=loose.display_name,
                )
            )
        self._take_step("settled")

    def action_open_about_order(self):
        """Open the orders that the arrivals are about."""
        return self.about_order_id._get_records_action(name=self.env._("Orders"))
