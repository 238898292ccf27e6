from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain

# A mail names so many late arrivals; the list behind its link has all.
NAMED = 30


class PaperIntakeMessage(models.Model):
    """An arrival that waits beyond its channel's hand-over limit goes to the channel's escalation people, once."""

    _inherit = "paper.intake.message"

    escalated_on = fields.Datetime(readonly=True, copy=False)

    _to_escalate_idx = models.Index(
        "(handover_deadline) WHERE escalated_on IS NULL AND state IN ('received', 'question', 'rejected')"
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any("escalated_on" in vals for vals in vals_list):
            self._refuse_step()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and "escalated_on" in vals:
            self._refuse_step()
        return super().write(vals)

    @api.model
    def _cron_escalate(self):
        """Escalate the arrivals that nobody handled in time (R3.1.2)."""
        late = self.search(self._late_domain() & Domain("escalated_on", "=", False))
        late._escalate()

    def _escalate(self):
        """Tell the escalation people of each channel which arrivals are late: one activity each, one mail together."""
        told = {}
        for channel, messages in self.grouped("channel_id").items():
            for user in channel._escalation_users():
                told.setdefault(user, self.browse())
                told[user] |= messages
        activity_type = self.env.ref("mail.mail_activity_data_todo")
        activities, mails = [], []
        for user, messages in told.items():
            there = messages.with_context(lang=user.lang)
            activities += [message._prepare_escalation(user, activity_type) for message in there]
            if user.email:
                mails.append(there._prepare_escalation_mail(user))
        # sudo: the escalation speaks to people whom the handler may not see
        self.env["mail.activity"].sudo().with_context(mail_activity_quick_update=True).create(activities)
        self.env["mail.mail"].sudo().create(mails)
        self.sudo().write({"escalated_on": fields.Datetime.now()})

    def _prepare_escalation(self, user, activity_type):
        self.ensure_one()
        handler = self.handler_id.name or self.env._("nobody")
        return {
            "activity_type_id": activity_type.id,
            "automated": True,
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "summary": self.env._("Late, still with %(handler)s: hand it over or handle it", handler=handler),
            "user_id": user.id,
            "date_deadline": self.company_id._paper_today(),
        }

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
