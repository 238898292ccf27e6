from odoo import api, models
from odoo.tools.mail import email_normalize

from ...exceptions import VoiceError
from .permit import VOICE, is_system, permitted


class MailComposeMessage(models.TransientModel):
    """A letter is written in the name of who sends it; its address is the own one, or a mailbox that its template names."""

    _inherit = "mail.compose.message"

    @api.depends("composition_mode", "email_from", "model", "res_domain", "res_ids", "template_id")
    def _compute_authorship(self):
        result = super()._compute_authorship()
        if not is_system(self.env):
            # The template's address may be that of a colleague, who did not write this.
            self.author_id = self.env.user.partner_id
        return result

    def _action_send_mail(self, auto_commit=False):
        if is_system(self.env):
            return super()._action_send_mail(auto_commit=auto_commit)
        if self.author_id - self.env.user.partner_id:
            raise VoiceError(self.env._("Everybody writes in the own name: leave out who writes it."))
        return super(MailComposeMessage, permitted(self, VOICE))._action_send_mail(auto_commit=auto_commit)

    def _prepare_mail_values(self, res_ids):
        values = super()._prepare_mail_values(res_ids)
        if is_system(self.env):
            return values
        own = self.env.user
        senders = {email_normalize(mail.get("email_from")) for mail in values.values()} - {False, own.email_normalized}
        # sudo: whose address it is
        others = self.env["res.users"].sudo().search([("email_normalized", "in", list(senders)), ("share", "=", False)])
        foreign = set(others.mapped("email_normalized"))
        for mail in values.values():
            sender = email_normalize(mail.get("email_from"))
            if sender in foreign or not self.template_id.email_from:
                mail["email_from"] = own.email_formatted
            mail.pop("date", None)
            mail["author_id"] = own.partner_id.id
        return values
