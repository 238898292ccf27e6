from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain

# A mail names so many late arrivals; the list behind its link has all.
NAMED = 30


class PaperIntakeMessage(models.Model):
    """An arrival that waits beyond its channel's hand-over limit goes to the channel's escalation people, once."""

    _inherit = "paper.intake.message"

    escalated_on = fields.Datetime(by_steps=True)

    _to_escalate_idx = models.Index(
        "(handover_deadline) WHERE escalated_on IS NULL AND (state IN ('received', 'question', 'rejected') OR to_hand_over)"
    )

    @api.model
    def _cron_escalate(self):
        """Escalate the arrivals that nobody handled in time (R3.1.2)."""
        late = self.search(self._late_domain() & Domain("escalated_on", "=", False))
        late._escalate()

    def _escalate(self):
        """Tell the escalation people of each channel which arrivals are late: one to-do each, one mail together."""
        late = {}
        for channel, messages in self.grouped("channel_id").items():
            told = channel.company_id._paper_tell(
                channel._escalation_people(), messages, self._escalation_words, kind="late", quietly=True
            )
            for user in told:
                late[user] = late.get(user, self.browse()) | messages
        mails = [
            messages.with_context(lang=user.lang)._prepare_escalation_mail(user) for user, messages in late.items() if user.email
        ]
        # sudo: the escalation speaks to people whom the handler may not see
        self.env["mail.mail"].sudo().create(mails)
        self._keep({"escalated_on": fields.Datetime.now()})

    @staticmethod
    def _escalation_words(message):
        handler = message.handler_id.name or message.env._("nobody")
        return message.env._("Late, still with %(handler)s: hand it over or handle it", handler=handler)

    def _prepare_escalation_mail(self, user):
        """Return the mail that lists late arrivals to one person, in his language."""
        _ = self.env._
        company = self.company_id[:1] or self.env.company
        rows = Markup().join(
            Markup("<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>")
            % (
                message.channel_id.name,
                message.display_name,
                message.partner_id.name or "",
                message.handler_id.name or "–",
            )
            for message in self[:NAMED]
        )
        titles = (_("Channel"), _("Arrival"), _("Customer"), _("Handler"))
        head = Markup("<tr><th>%s</th><th>%s</th><th>%s</th><th>%s</th></tr>") % titles
        more = len(self) - NAMED
        body = Markup("<p>%s</p><table border='1' cellpadding='4' style='border-collapse: collapse'>%s%s</table>%s<p>%s</p>") % (
            _("These orders were not handled within their channel's limit:"),
            head,
            rows,
            Markup("<p>%s</p>") % _("… and %(count)s more.", count=more) if more > 0 else "",
            Markup('<a href="%s/odoo/paper-arrivals">%s</a>') % (company.get_base_url(), _("Open the arrivals")),
        )
        return {
            "subject": _("%(count)s orders wait beyond their limit", count=len(self)),
            "body_html": body,
            "email_from": company.email_formatted or self.env.user.email_formatted,
            "email_to": user.email_formatted,
        }
