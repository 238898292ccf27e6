import logging

from odoo import api, models

_logger = logging.getLogger(__name__)
AUTOMATIC = ("auto_reply", "bulk", "junk")


class MailThread(models.AbstractModel):
    """What a program wrote in answer to a mail is no feedback: a ticket of it would be acknowledged, and answered again."""

    _inherit = "mail.thread"

    @api.model
    def message_route(self, message, message_dict, model=None, thread_id=None, custom_values=None):
        routes = super().message_route(message, message_dict, model=model, thread_id=thread_id, custom_values=custom_values)
        said_auto = (message.get("Auto-Submitted") or "no").strip().lower()
        automatic = (
            said_auto != "no"
            or (message.get("Precedence") or "").strip().lower() in AUTOMATIC
            or bool(message.get("X-Autoreply") or message.get("X-Autorespond"))
        )
        if not automatic:
            return routes
        kept = [route for route in routes if route[0] != "helpdesk.ticket" or route[1]]
        if len(kept) < len(routes):
            _logger.info("An automatic answer opens no ticket: %s", message.get("Message-Id"))
        return kept
