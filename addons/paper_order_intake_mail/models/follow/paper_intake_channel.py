from odoo import api, models
from odoo.tools import email_normalize_all

from ...lib.order_mail import content_reference, read_head, recipients


class PaperIntakeChannel(models.Model):
    _inherit = "paper.intake.channel"

    @api.model
    def _keep_used_id(self, source):
        """Store a mail whose Message-Id another mail with other content had already: some programs give each mail the same.
        The gateway would take it for the same mail, and drop it without a word (R3.1.2).

        :param source: bytes of the mail
        :return: the arrivals, none if the gateway is to take it in
        """
        messages = self.env["paper.intake.message"]
        used = read_head(source).message_id
        if not used:
            return messages
        # sudo: the gateway acts for whoever owns the address
        known = messages.sudo().with_context(active_test=False).search(
            [("external_ref", "=", used), ("channel_id.alias_id.alias_full_name", "in", recipients(source))]
        )
        fresh = known.filtered(lambda message: not message._says_the_same(source))
        return messages.concat(*[channel._store_mail(source) for channel in fresh.channel_id])

    def _mail_reference(self, source, message_id, digest):
        """Return the reference of a mail within the channel: its Message-Id, unless another mail has that already."""
        self.ensure_one()
        if not message_id:
            return digest
        # sudo: the gateway acts for whoever owns the address
        known = self.env["paper.intake.message"].sudo().with_context(active_test=False).search(
            [("channel_id", "=", self.id), ("external_ref", "=", message_id)], limit=1
        )
        if not known or known._says_the_same(source):
            return message_id
        return f"{message_id}~{content_reference(source)[:16]}"

    @api.model
    def _mail_channel_of(self, order):
        """Return the channel that keeps mails about an order: the one that it came by, else the company's first with an
        address."""
        # sudo: a letter names the channel's address, whoever sends it
        channels = self.sudo().search([("company_id", "=", order.company_id.id), ("alias_id.alias_full_name", "!=", False)])
        own = order.sudo().intake_channel_id  # sudo: as above
        return own if own in channels else channels[:1]

    @api.model
    def _own_addresses(self, addresses):
        """Return those of the addresses that orders come to or the system sends by: what comes from there is the mill's own."""
        # sudo: only whether an address is ours is asked
        channels = self.sudo().search([("alias_id.alias_full_name", "in", list(addresses))])
        domains = self.env["mail.alias.domain"].sudo().search([])  # sudo: as above
        named = domains.mapped("bounce_email") + domains.mapped("catchall_email") + domains.mapped("default_from_email")
        named += channels.mapped("alias_id.alias_full_name")
        return {address for name in named for address in email_normalize_all(name or "")} & set(addresses)
