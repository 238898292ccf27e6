from markupsafe import Markup
from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ...exceptions import CustomerNoticeError


class HelpdeskTicket(models.Model):
    """The customer hears each step; without the last one nothing closes (R7.1.2)."""

    _inherit = "helpdesk.ticket"

    notice_ids = fields.One2many(
        "paper.customer.notice", "ticket_id", string="What the Customer Heard", groups="helpdesk_mgmt.group_helpdesk_user"
    )
    solution_released = fields.Boolean(
        string="Solution Released", by_steps=True, tracking=True, groups="base.group_user",
        help="The customer reads the solution in the portal from then on; at the latest when the ticket is closed.",
    )  # fmt: skip
    released_solution = fields.Text(compute="_compute_released_solution", compute_sudo=True, string="Our Solution")

    @api.depends("solution", "solution_released", "stage_id")
    def _compute_released_solution(self):
        for ticket in self:
            ticket.released_solution = ticket.solution if ticket.solution_released or ticket.closed else False

    def action_release_solution(self):
        """Let the customer read the solution in the portal before the ticket is closed, and tell him (R7.1.2)."""
        self._check_act("release_solution")
        for ticket in self:
            ticket.sudo()._by_step().write({"solution_released": True})  # sudo: the step was checked
            ticket._tell_step("proposal", ticket.solution)
        return True

    def action_tell(self):
        """Open the dialog in which is written what the customer is told, or was told by phone."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Tell the Customer"),
            "res_model": "paper.case.tell",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_ticket_id": self.id},
        }

    def _customer_receiver(self):
        """Return whom letters about the ticket go to, as text; "" where no mail reaches anybody."""
        self.ensure_one()
        return self.partner_id.email_formatted or self.partner_email or ""

    def _tell_step(self, step, text, link=None):
        """Write to the customer what was done at a step, in his language, and keep that he was told.

        :param step: one of ``paper.customer.notice``'s steps
        :param text: what he is told
        :param link: address of his own, which no colleague reads afterwards
        :return: ``paper.customer.notice``
        :raises CustomerNoticeError: where no mail reaches him
        """
        self.ensure_one()
        # sudo: the document speaks for the company, whoever takes the step
        ticket = self.sudo().with_context(lang=self.sudo()._customer_lang())
        receiver = ticket._customer_receiver()
        if not receiver:
            raise CustomerNoticeError(
                self.env._(
                    "Ticket %(ticket)s: the customer has no e-mail address. Tell him by phone and write down who, when and what.",
                    ticket=self.number,
                )
            )
        notices = ticket.env["paper.customer.notice"]
        names = dict(notices._fields["step"]._description_selection(ticket.env))
        words = {"number": ticket.number, "title": ticket.name, "step": names[step]}
        subject = ticket.env._("%(step)s: your report %(number)s “%(title)s”", **words)
        lines = Markup("<br/>").join((text or "").splitlines())
        body = Markup("<p>%s</p><p>%s</p>") % (
            ticket.env._("Dear %(customer)s,", customer=ticket._customer_name()),
            lines,
        )
        if link:
            body += Markup("<p><a href='%s'>%s</a></p>") % (link, ticket.env._("Read and answer"))
        body += Markup("<p>%s</p>") % (ticket.user_id.name or ticket.company_id.name)
        if link and ticket.partner_id:
            ticket._clock_company()._paper_send(ticket.partner_id, ticket, subject, body, secret=True)
        elif ticket.partner_id:
            ticket._clock_company()._paper_send(ticket.partner_id, ticket, subject, body)
        else:
            mail = {"subject": subject, "body_html": body, "email_to": receiver, "auto_delete": False}
            message = ticket.message_post(subject=subject, body=body, subtype_xmlid="mail.mt_note")
            ticket.env["mail.mail"].create({**mail, "mail_message_id": message.id})
        return ticket._note_told(step, "mail", text, receiver)

    def _note_told(self, step, how, text="", to="", when=None):
        """Keep that the customer was told; return the notice."""
        self.ensure_one()
        values = {
            "ticket_id": self.id,
            "step": step,
            "how": how,
            "text": text,
            "told_to": to,
            "told_on": when or fields.Datetime.now(),
            "user_id": self.env.uid,
        }
        # sudo: who is told is kept whoever takes the step
        return self.env["paper.customer.notice"].sudo()._by_step().create(values)

    def _is_told_how(self):
        """Return how the customer hears that his ticket is closed: "mail", "portal", "phone", or "" where he does not."""
        self.ensure_one()
        if self.env.user.share:
            return "portal"
        if self._customer_receiver():
            return "mail"
        last = self.notice_ids.filtered(lambda notice: notice.step == "closed" and notice.how == "phone")
        after = max(self.event_ids.filtered(lambda event: event.kind == "reopened").mapped("create_date"), default=None)
        return "phone" if last and (not after or max(last.mapped("create_date")) >= after) else ""

    def _tell_closed(self):
        """See that the customers of closed tickets hear of it; the letter of the stage is theirs, or ours where it has none.

        :raises CustomerNoticeError: where he has no address and was not called
        """
        # sudo: the rule is the same whoever closes
        for ticket in self.sudo():
            if not (ticket.partner_id or ticket.partner_email or ticket.reported_phone):
                continue
            how = ticket._is_told_how()
            if not how:
                raise CustomerNoticeError(
                    self.env._(
                        "Ticket %(ticket)s: the customer has no e-mail address. Tell him by phone what was done, and write down "
                        "who, when and what, before it is closed.",
                        ticket=ticket.number,
                    )
                )
            if how == "mail":
                if not ticket.stage_id.mail_template_id:
                    template = ticket.env.ref("paper_aftersales.mail_template_feedback_closed")
                    template.send_mail(ticket.id, email_layout_xmlid="mail.mail_notification_light")
                ticket._note_told("closed", how, ticket.solution, ticket._customer_receiver())
            elif how == "portal":
                ticket._note_told("closed", how, ticket.solution, self.env.user.name)

    def _timeline(self):
        """Return what the customer reads of how far his report is: ``[{step, name, day, text, done}, …]``, in his language."""
        self.ensure_one()
        ticket = self.sudo()  # sudo: whose ticket it is was asked; only what he was told is shown
        names = ticket.env["paper.customer.notice"]._fields["step"]._description_selection(self.env)
        told = ticket.notice_ids.grouped("step")
        company = ticket._clock_company()
        rows = []
        for step, name in names:
            notices = told.get(step)
            if not notices and step not in ("received", "closed"):
                continue
            last = notices[-1:] if notices else None
            rows.append(
                {
                    "step": step,
                    "name": name,
                    "done": bool(last) or step == "received",
                    "day": company._paper_date(last.told_on if last else ticket.create_date, self.env.lang)
                    if last or step == "received"
                    else "",
                    "text": last.text if last and said(last.text) and step in ("containment", "proposal", "decision") else "",
                }
            )
        return rows
