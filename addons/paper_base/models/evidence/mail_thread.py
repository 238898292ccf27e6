from odoo import api, models

from ...exceptions import VoiceError
from .permit import MESSAGES, TRACKING, VOICE, is_permitted, is_system, permitted
from .voice import check_voice

GATEWAY = "base.group_system"


class MailThread(models.AbstractModel):
    """Whoever writes on a record writes in the own name, now; on every model that has messages."""

    _inherit = "mail.thread"

    def message_post(self, **values):
        if is_permitted(self.env, VOICE):
            return super().message_post(**values)
        check_voice(self.env, values)
        if values.get("email_from") and values.get("author_id") is None and not is_system(self.env):
            # An address may be that of several people, of whom Odoo would take one.
            values["author_id"] = self.env.user.partner_id.id
        return super().message_post(**values)

    def message_notify(self, **values):
        if not is_system(self.env) and not is_permitted(self.env, VOICE) and not self.env.user._is_public():
            # Odoo itself notifies in the name of who called a meeting when a colleague moves it: it is the colleague's.
            voice = ("author_id", "email_from", "date", "create_date")
            values = {key: value for key, value in values.items() if key not in voice}
        return super().message_notify(**values)

    def _message_track(self, fields_iter, initial_values_dict):
        # The system notes what was changed, and by whom where a step said so.
        return super(MailThread, permitted(self, VOICE, TRACKING))._message_track(fields_iter, initial_values_dict)

    @api.model
    def message_process(self, model, message, custom_values=None, save_original=False, strip_attachments=False, thread_id=None):
        # A mail is as its sender says; by this door whoever may call it would write as anybody.
        if not is_system(self.env) and not self.env.user.has_group(GATEWAY):
            raise VoiceError(self.env._("Mails come in by the mail gateway, not by hand."))
        return super().message_process(
            model,
            message,
            custom_values=custom_values,
            save_original=save_original,
            strip_attachments=strip_attachments,
            thread_id=thread_id,
        )

    def unlink(self):
        # With a record that may be deleted goes what was written on it; whether it may is asked by the record itself.
        if hasattr(self, "_evidence"):
            return super(MailThread, permitted(self, MESSAGES)).unlink()
        return super().unlink()
