import ast

from odoo import api, fields, models

from ..lib.arrival_text import as_text, storable
from ..lib.order_mail import read_mail, recipients, source_reference
from ..lib.orderbook_headings import heading_key


class PaperIntakeChannel(models.Model):
    _name = "paper.intake.channel"
    _inherit = ["paper.intake.channel", "mail.alias.mixin.optional"]

    column_ids = fields.One2many(
        "paper.intake.column",
        "channel_id",
        string="Columns",
        copy=True,
        help="What the headings of the customers' order lists mean, beside those that are known anyway.",
    )
    alias_id = fields.Many2one(help="Mails to this address are arrivals of the channel.")

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("paper.intake.message")
        if self.id:
            values["alias_defaults"] = defaults = ast.literal_eval(self.alias_defaults or "{}")
            defaults["channel_id"] = self.id
        return values

    def _headings(self):
        """Return what the headings of this channel's order lists mean: ``{heading_key: (field, unit)}``."""
        return {heading_key(column.heading): (column.field, column.unit) for column in self.column_ids}

    def _store_mail(self, source, words, subject=None, sender=None):
        """Store a mail as it came, in the gateway's transaction; the job reads it after the gateway's commit.

        :param source: bytes of the mail; :param words: text of its body
        :return: the arrival, the one that is there if the mail came before
        """
        self.ensure_one()
        mail = read_mail(source)
        digest = source_reference(source)
        arrival = {
            "external_ref": mail.message_id or digest,
            "raw": words,
            "payload": source,
            "file_name": "mail.eml",
            "mimetype": "message/rfc822",
            "form": "mail",
            "values": {
                "subject": storable(subject or mail.subject, 500),
                "sender": storable(sender or mail.sender, 300),
                "mail_hash": digest,
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
        arrivals = [channel._store_mail(source, as_text(source)) for channel in channels]
        return self.env["paper.intake.message"].concat(*arrivals)
