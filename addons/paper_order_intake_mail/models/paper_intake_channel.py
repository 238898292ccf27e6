import ast

from odoo import api, fields, models
from odoo.addons.paper_order_intake.lib.arrival_text import storable
from odoo.addons.paper_order_intake.lib.room import LARGE
from odoo.tools import html2plaintext

from ..lib.order_mail import read_head, read_words, recipients, source_reference


class PaperIntakeChannel(models.Model):
    """A channel with an address: what is mailed to it arrives by the channel."""

    _name = "paper.intake.channel"
    _inherit = ["paper.intake.channel", "mail.alias.mixin.optional"]

    alias_id = fields.Many2one(help="Mails to this address are arrivals of the channel.")

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("paper.intake.message")
        if self.id:
            values["alias_defaults"] = defaults = ast.literal_eval(self.alias_defaults or "{}")
            defaults["channel_id"] = self.id
        return values

    def _store_mail(self, source, sender=None, values=None):
        """Store a mail as it came, in the gateway's transaction; the job reads it after the gateway's commit.

        :param source: bytes of the mail; :param sender: as it is shown, with a name
        :param values: dict of further fields of the arrival
        :return: the arrival, the one that is there if the mail came before
        """
        self.ensure_one()
        mail = read_head(source)
        digest = source_reference(source)
        words, is_html = read_words(source)
        words = html2plaintext(words) if is_html else words
        arrival = {
            "external_ref": self._mail_reference(source, mail.message_id, digest),
            "raw": words,
            "payload": source,
            "file_name": "mail.eml",
            "mimetype": "message/rfc822",
            "form": "mail",
            "values": {
                "subject": storable(mail.subject, 500),
                "sender": storable(sender or mail.sender, 300),
                "mail_hash": digest,
                **(values or {}),
            },
        }
        message = self._store_arrivals([arrival])
        message._read_soon()
        return message

    @api.model
    def _keep_damaged_mail(self, source):
        """Store a mail that Odoo's gateway cannot take in, if it came to the address of a channel.

        :param source: bytes of the mail
        :return: the arrivals, none if no channel is meant
        """
        # sudo: the gateway acts for whoever owns the address
        channels = self.sudo().search([("alias_id.alias_full_name", "in", recipients(source))])
        return self.env["paper.intake.message"].concat(*[channel._store_mail(source) for channel in channels])

    @api.model
    def _keep_large_mail(self, source):
        """Store a new mail of many megabytes to a channel's address without the gateway, which would parse and copy it over
        and over; the job reads it like any other.

        :param source: bytes of the mail
        :return: the arrivals, none if the gateway is to take it in
        """
        if len(source) < LARGE:
            return self.env["paper.intake.message"]
        # sudo: the gateway acts for whoever owns the address
        aliases = self.env["mail.alias"].sudo().search([("alias_full_name", "in", recipients(source))])
        open_to_all = all(alias.alias_contact == "everyone" for alias in aliases)
        # What also goes to another address of the house, as that of after-sales, is the gateway's to distribute.
        if not open_to_all or aliases != self.sudo().search([("alias_id", "in", aliases.ids)]).alias_id:  # sudo: as above
            return self.env["paper.intake.message"]
        return self._keep_damaged_mail(source)
