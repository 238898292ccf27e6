import re

from odoo import api, models
from odoo.addons.paper_base.lib.words import said
from odoo.tools import email_normalize, html2plaintext

from ..helpdesk_ticket import SALES

# What may be the number of an order: letters and figures, with a figure among them.
NUMBER = re.compile(r"(?=[A-Za-z\-/_]*\d)[A-Za-z0-9][A-Za-z0-9\-/_]{3,30}")
MOST_NUMBERS = 60
EMPTY = "<p></p>"


class HelpdeskTicket(models.Model):
    """Feedback by mail: its customer by the sender, its order by the number that it names, its owner by the order (R7.1.1)."""

    _inherit = "helpdesk.ticket"

    @api.model
    def _prepare_mailed(self, msg, custom_values=None):
        """Return the values of a ticket that arrives by mail: customer, order, channel, and words even where there are none."""
        values = dict(custom_values or {})
        words = html2plaintext(msg.get("body") or "")
        if not said(words):
            values.setdefault("description", EMPTY if not msg.get("subject") else msg["subject"])
        if not said(msg.get("subject") or ""):
            values.setdefault("name", words.strip()[:60] or self.env._("Feedback by mail"))
        channel = self.env.ref("helpdesk_mgmt.helpdesk_ticket_channel_email", raise_if_not_found=False)
        if channel:
            values.setdefault("channel_id", channel.id)
        values.setdefault("user_id", False)
        partner = self._mailed_by(msg)
        order = self._order_named(f"{msg.get('subject') or ''}\n{words}", partner)
        if order:
            values.setdefault("sale_order_id", order.id)
            values.setdefault("company_id", order.company_id.id)
            values.setdefault("partner_id", (partner or order.partner_id).id)
        elif partner:
            values.setdefault("partner_id", partner.id)
        return values

    @api.model
    def _mailed_by(self, msg):
        # sudo: the gateway acts for nobody; who wrote is looked for among the customers
        partners = self.env["res.partner"].sudo()
        author = partners.browse(msg.get("author_id") or []).exists()
        if author:
            return author
        address = email_normalize(msg.get("from") or msg.get("email_from") or "")
        found = partners.search([("email_normalized", "=", address)], limit=2) if address else partners
        return found[:1] if len(found.commercial_partner_id) == 1 else partners

    @api.model
    def _order_named(self, words, partner):
        """Return the one order of the sender whose number, the mill's or his own, stands in the words; none if in doubt."""
        # sudo: as above
        orders = self.env["sale.order"].sudo()
        if not partner:
            return orders
        numbers = list(dict.fromkeys(NUMBER.findall(words or "")))[:MOST_NUMBERS]
        if not numbers:
            return orders
        found = orders.search(
            [
                ("partner_id.commercial_partner_id", "=", partner.commercial_partner_id.id),
                ("state", "=", "sale"),
                "|",
                ("name", "in", numbers),
                ("client_order_ref", "in", numbers),
            ],
            limit=2,
        )
        return found if len(found) == 1 else orders

    def _customer_wrote(self, msg):
        """Put what a customer writes about a ticket before its owner; a closed one may have to be taken up again."""
        # sudo: the gateway acts for nobody
        author = self.env["res.partner"].sudo().browse(msg.get("author_id") or [])
        if any(not user.share for user in author.user_ids):
            return
        for ticket in self.sudo():  # sudo: as above
            closed = ticket.closed

            def words(own, closed=closed):
                if closed:
                    return own.env._("The customer answers on a closed ticket: reopen it, or tell him why not")
                return own.env._("The customer wrote: read and answer")

            ticket._clock_company()._paper_tell((ticket.user_id, SALES), ticket, words, kind="wrote", quietly=True)
