from odoo import api, models

from .voice import check_voice


class MailScheduledMessage(models.Model):
    """A message for later is posted in the name of who wrote it."""

    _inherit = "mail.scheduled.message"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            check_voice(self.env, {"author_id": vals.get("author_id")})
        return super().create(vals_list)

    def write(self, vals):
        if "author_id" in vals:
            check_voice(self.env, {"author_id": vals["author_id"]})
        return super().write(vals)

    @api.model
    def _notification_parameters_whitelist(self):
        return {*super()._notification_parameters_whitelist()} - {"email_from", "author_id"}
