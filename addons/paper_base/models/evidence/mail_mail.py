from odoo import api, models

from .permit import FILES, MESSAGES, is_system, permitted


class MailMail(models.Model):
    """The system clears away letters that were to be deleted once they were sent, or were never sent."""

    _inherit = "mail.mail"

    def unlink(self):
        # A person's RPC never runs as superuser: who deletes a letter in the list of mails deletes no message with it.
        if is_system(self.env) and all(self.mapped("auto_delete")):
            return super(MailMail, permitted(self, MESSAGES, FILES)).unlink()
        return super().unlink()

    @api.autovacuum
    def _gc_canceled_mail_mail(self):
        return super(MailMail, permitted(self, MESSAGES, FILES))._gc_canceled_mail_mail()
