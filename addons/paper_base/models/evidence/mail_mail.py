from odoo import api, models

from .mail_message import WORDS
from .permit import FILES, MESSAGES, is_system, permitted


class MailMail(models.Model):
    """The system clears away letters that were to be deleted once they were sent."""

    _inherit = "mail.mail"

    @api.model_create_multi
    def create(self, vals_list):
        # A notice that is mailed gives the message it is about the title of its document, where it has none of its own.
        said = {key for vals in vals_list if vals.get("mail_message_id") for key in WORDS & vals.keys()}
        if is_system(self.env) and said <= {"subject"}:
            return super(MailMail, permitted(self, MESSAGES)).create(vals_list).with_env(self.env)
        return super().create(vals_list)

    def unlink(self):
        # A person's RPC never runs as superuser: who deletes a letter in the list of mails deletes no message with it.
        if is_system(self.env) and all(self.mapped("auto_delete")):
            return super(MailMail, permitted(self, MESSAGES, FILES)).unlink()
        return super().unlink()
