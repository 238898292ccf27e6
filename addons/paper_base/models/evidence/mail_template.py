from odoo import models

from .permit import is_system
from .voice import check_voice


class MailTemplate(models.Model):
    _inherit = "mail.template"

    def send_mail_batch(self, res_ids, force_send=False, raise_exception=False, email_values=None, email_layout_xmlid=False):
        check_voice(self.env, email_values or {})
        if not is_system(self.env):
            # A letter of its own, not other words for a message that stands already.
            email_values = {key: value for key, value in (email_values or {}).items() if key != "mail_message_id"}
        return super().send_mail_batch(
            res_ids,
            force_send=force_send,
            raise_exception=raise_exception,
            email_values=email_values,
            email_layout_xmlid=email_layout_xmlid,
        )
