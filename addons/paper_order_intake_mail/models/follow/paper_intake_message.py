from odoo import models
from odoo.addons.paper_order_intake.lib.reading.labels import order_numbers
from odoo.addons.paper_order_intake.lib.reading.ordernumbers import numbers
from odoo.addons.paper_order_intake.lib.reading.quoting import inner_senders, is_forward, own_words
from odoo.addons.paper_order_intake.models.message.paper_intake_message import SALES, WAITING
from odoo.fields import Domain

from ...lib.order_mail import content_reference


class PaperIntakeMessage(models.Model):
    """A mail that goes on with something: by what it answers, by the numbers that it names. Whoever handles that is told."""

    _inherit = "paper.intake.message"

    def message_update(self, msg_dict, update_vals=None):
        """A mail into the conversation of an arrival is an arrival itself, unless it answers what was asked there."""
        source = self.env.context.get("paper_mail_source")
        later = self.filtered(lambda message: not message.asked_on) if self._is_customers_mail(msg_dict) else self.browse()
        result = super().message_update(msg_dict, update_vals=update_vals)
        for message in later:
            message.channel_id._store_mail(source, values={"follows_id": message.id})
        return result

    def _says_the_same(self, source):
        """Say whether this is the mail with this source (bytes), by whichever way it came."""
        self.ensure_one()
        kept = self._payload()
        return kept == source or content_reference(kept) == content_reference(source)

    # Whose it is

    def _mail_sender(self, mail, sender, colleagues):
        """Return the addresses that may tell the customer of a mail: the sender's; of what a colleague handed on, those of
        who wrote it (R3.1.1).

        :param colleagues: addresses of the mill's own people
        """
        self.ensure_one()
        if sender not in colleagues:
            return [sender]
        if not mail.enclosed and not is_forward(self.subject, self.raw):
            return []
        return [address for address in [*mail.enclosed, *inner_senders(self.raw)] if address not in colleagues]

    def _colleagues(self, addresses):
        """Return those of the addresses that the mill's own people write from."""
        # sudo: whoever brings the mail, it is asked whether a colleague wrote it
        users = self.env["res.users"].sudo().with_context(active_test=False).search_fetch(
            [("share", "=", False), "|", ("email_normalized", "in", addresses), ("login", "in", addresses)],
            ["login", "email_normalized"],
        )
        own = {address for user in users for address in (user.login, user.email_normalized)}
        # sudo: as above; what is sent from a mailbox of the house, as the sales department's, a colleague sent
        domains = set(self.env["mail.alias.domain"].sudo().search([]).mapped("name"))
        own |= {address for address in addresses if address.rpartition("@")[2] in domains}
        return own & set(addresses)

    # What it is about

    def _words_of_now(self):
        """Return ``(what was written now, what is quoted)``; all of what a colleague hands on is the customer's."""
        self.ensure_one()
        if is_forward(self.subject, "") and inner_senders(self.raw):
            return self.raw.strip(), ""
        return own_words(self.raw or "")

    def _find_conversation(self, mail):
        """Return ``(orders, arrivals)`` that a mail goes on with.

        What it names in its own words or its subject comes first, then what it answers, then what it quotes.
        """
        self.ensure_one()
        answered, arrivals = self._answered_by(mail)
        words, quoted = self._words_of_now()
        named = self._orders_named(numbers(f"{self.subject or ''}\n{words}"), numbers(quoted))
        here, below = named
        orders = (here & answered) or here or (answered & below) or answered or below
        if self.about_order_id:
            orders = self.about_order_id
        return orders, arrivals | self.follows_id

    def _answered_by(self, mail):
        """Return ``(orders, arrivals)`` that a mail answers, by the Message-Ids that it names."""
        orders = self.env["sale.order"].sudo()  # sudo: whoever brings the mail, what it answers is looked for
        if not mail.references:
            return orders, self.browse()
        own = Domain("company_id", "=", self.company_id.id) & Domain("id", "!=", self.id)
        arrivals = self.sudo().with_context(active_test=False)  # sudo: as above
        found = arrivals.search(own & Domain("external_ref", "in", mail.references) & Domain("form", "=", "mail"))
        # sudo: as above
        letters = self.env["mail.message"].sudo().search_fetch(
            [("message_id", "in", mail.references), ("model", "!=", False), ("res_id", "!=", 0)], ["model", "res_id"]
        )
        for model, messages in letters.grouped("model").items():
            if model not in self.env:
                continue
            records = self.env[model].sudo().browse(messages.mapped("res_id")).exists()  # sudo: as above
            if model == self._name:
                found |= records - self
            elif hasattr(records, "_orders_talked_about"):
                orders |= records._orders_talked_about()
        orders |= found.order_id | found.child_ids.order_id | found.about_order_id
        return orders.filtered(lambda order: order.company_id == self.company_id), found.with_env(self.env)

    def _orders_named(self, here, below):
        """Return the customer's orders that bear these numbers, the mill's or his own, as two sets."""
        orders = self.env["sale.order"].sudo()  # sudo: as above
        customer = self.partner_id.commercial_partner_id
        words = list(here | below)
        if not customer or not words:
            return orders, orders
        found = orders.search(
            [
                ("company_id", "=", self.company_id.id),
                ("partner_id", "child_of", customer.id),
                ("state", "!=", "cancel"),
                "|",
                ("name", "in", words),
                ("client_order_ref", "in", words),
            ]
        )
        named = found.filtered(lambda order: {order.name, order.client_order_ref} & here)
        return named, found - named

    def _ask_which_number(self):
        """Let the rows of a list wait whose numbers are others than the mail that was handed on calls the order by."""
        self.ensure_one()
        called = set(order_numbers(self.raw, any_length=True)) if is_forward(self.subject, "") else set()
        rows = self.child_ids.filtered("pending")
        unclear = rows.filtered(lambda row: called and row.number and row.number not in called)
        if not unclear:
            return
        others = ", ".join(sorted(called))
        unclear._keep({"pending": False})
        unclear._enter_waiting({row: [["other_number", {"others": others, "number": row.number}]] for row in unclear})
        unclear._hand_over()

    def _go_on_with(self, orders, arrivals):
        """Let a mail that was read wait at what it is about, with the person who handles that (R3.1.2).

        :param orders: those that it may be about; :param arrivals: those that it answers
        """
        self.ensure_one()
        arrivals.filtered("asked_on")._answered()
        if not orders and not arrivals:
            return
        order = orders if len(orders) == 1 else orders.browse()
        here = (order.user_id | arrivals[:1].handler_id)._paper_works_for(self.company_id)
        handler = order.user_id & here or arrivals[:1].handler_id & here
        self._keep({"follows_id": arrivals[:1].id, **({"handler_id": handler.id} if handler else {})})
        words, quoted = self._words_of_now()
        if self.state in WAITING:
            self._note_later(order, words or quoted or self.subject, self._later_sender(), orders)
        elif order and self.state == "split" and not self.child_ids.order_id & order:
            self._keep({"about_order_id": order.id, "wish": words})
            # sudo: the order's handler is told, whoever brought the mail
            self.company_id._paper_tell(
                (order.user_id, SALES),
                order,
                lambda record: self.with_env(record.env)._later_sentence(),
                kind="later_list",
            )

    def _later_sender(self):
        return self.sender or super()._later_sender()
