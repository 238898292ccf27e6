from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain

from ...exceptions import HandOverError
from ..message.paper_intake_message import HANDLE, ONLINE, SALES

# Where an arrival is of nobody's concern any more.
CLOSED = ("split", "duplicate", "ignored", "settled")
# A mail names so many late arrivals; the list behind its link has all.
NAMED = 30


class PaperIntakeMessage(models.Model):
    """Who has an arrival, and until when. What comes by an online channel is received by the online operator, and handed
    over to sales at once; what waits beyond its channel's limit goes to the channel's escalation people, once (R3.1.2).
    """

    _inherit = "paper.intake.message"

    handover_deadline = fields.Datetime(compute="_compute_handover_deadline", store=True, by_steps=True)
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    escalated_on = fields.Datetime(by_steps=True)
    operator_id = fields.Many2one(
        "res.users", string="Received by", by_steps=True, help="The online operator who got it first, to hand it over."
    )
    handed_over_on = fields.Datetime(by_steps=True, help="When it was handed over to sales.")
    to_hand_over = fields.Boolean(
        compute="_compute_to_hand_over", store=True, by_steps=True, help="Still with the online operator."
    )
    can_hand_over = fields.Boolean(compute="_compute_can_hand_over")

    _to_hand_over_idx = models.Index("(channel_id, handover_deadline) WHERE to_hand_over IS TRUE")
    _to_escalate_idx = models.Index(
        "(handover_deadline) WHERE escalated_on IS NULL AND (state IN ('received', 'question', 'rejected') OR to_hand_over)"
    )

    @api.depends("operator_id", "handed_over_on", "state")
    def _compute_to_hand_over(self):
        for message in self:
            given = message.operator_id and not message.handed_over_on
            message.to_hand_over = bool(given and message.state not in CLOSED)

    @api.depends("to_hand_over")
    @api.depends_context("uid")
    def _compute_can_hand_over(self):
        may = self._is_one_of((ONLINE, SALES))
        for message in self:
            message.can_hand_over = message.to_hand_over and (may or message.handler_id == self.env.user)

    # Who has it

    def _hand_over(self):
        """Tell each handler at once what waits for him; sales where he may not open it (R3.1.2)."""
        # What is about an order that is there is told at that order.
        later = self.sudo().filtered(lambda message: message.about_order_id and not message.to_hand_over)  # sudo: as above
        later.about_order_id._tell_later_words()
        fresh = self - later
        # One note for each row in the list of activities; the upload alone sends a mail.
        quietly = len(fresh) > 1
        by_handler = fresh.grouped(lambda message: (message.company_id, message.handler_id, message.to_hand_over))
        for (company, handler, to_hand_over), messages in by_handler.items():
            people = (handler, ONLINE, SALES) if to_hand_over else (handler, SALES)
            company._paper_tell(people, messages, self._hand_over_words, kind=HANDLE, quietly=quietly)

    @staticmethod
    def _hand_over_words(message):
        if message.to_hand_over:
            return message.env._("Order to hand over to sales")
        if message._is_later():
            return message._later_sentence()
        return message.env._("Order to handle")

    def action_take(self):
        """Take over the arrivals: from now on the user handles them (R3.1.2)."""
        self.check_access("write")
        self.write({"handler_id": self.env.uid})

    def _note_operators(self):
        """Note on new arrivals which of them an online operator got, who is to hand them over."""
        for handler, messages in self.grouped("handler_id").items():
            if handler._is_online_operator():
                messages._keep({"operator_id": handler.id})

    def _note_handed_over(self):
        """Note on arrivals that got another handler that they are handed over, unless he is an online operator, too."""
        for handler, messages in self.filtered("to_hand_over").grouped("handler_id").items():
            if handler._is_online_operator():
                messages._keep({"operator_id": handler.id})
            elif handler:
                messages._keep({"handed_over_on": fields.Datetime.now()})
                messages._pass_orders_on()

    def _take_by_acting(self):
        """Note that whoever of sales acts on an arrival that was not handed over yet has taken it over by that."""
        if self.env.user.has_group(SALES) and (taken := self.filtered("to_hand_over")):
            taken.sudo().write({"handler_id": self.env.uid})  # sudo: the step was allowed, this follows from it

    def _pass_orders_on(self):
        """Give the orders of arrivals that were handed over to who handles them now. Override to tell him."""
        passed = self.filtered(lambda message: message.operator_id and message.handed_over_on and message.order_id)
        for handler, messages in passed.grouped("handler_id").items():
            # sudo: the order goes along with its arrival, whoever hands it over
            orders = messages.sudo().order_id
            orders.filtered(lambda order, user=handler: order.user_id != user).write({"user_id": handler.id})

    # Handed over to sales

    def action_hand_over(self):
        """Open the dialog that hands the arrivals over to sales."""
        self._check_hand_over()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand Over to Sales"),
            "res_model": "paper.intake.handover",
            "view_mode": "form",
            "target": "new",
            "context": {"default_message_ids": self.ids},
        }

    def _check_hand_over(self):
        if done := self.filtered(lambda message: not message.to_hand_over)[:1]:
            raise HandOverError(
                self.env._(
                    "%(arrival)s is not waiting to be handed over: it is with %(handler)s.",
                    arrival=done.display_name,
                    handler=done.handler_id.name or self.env._("nobody"),
                )
            )
        if not all(message.can_hand_over for message in self):
            raise HandOverError(self.env._("The online operators hand arrivals over, or sales takes them over."))

    def _hand_over_to(self, user=None):
        """Hand arrivals over to sales (R3.1.2).

        :param user: salesperson; unless given, the customer's or the order's own, else those of sales who are here, in turn
        :raises HandOverError: an arrival is not to be handed over, not by this person, or not to that one
        """
        self.check_access("read")
        self._check_hand_over()
        for company, messages in self.grouped("company_id").items():
            here = company._paper_department_users(SALES)._paper_here(company)
            if user and user not in here:
                raise HandOverError(self.env._("%(user)s is not of sales, or not here today.", user=user.name))
            if not here:
                raise HandOverError(self.env._("Nobody of sales is here today. The management has to name a stand-in."))
            for handler, theirs in messages._salespeople(user, here).items():
                # sudo: the operator reads arrivals, this step alone gives them to somebody
                theirs.sudo().write({"handler_id": handler.id})

    def _salespeople(self, user, here):
        """Return ``{salesperson: arrivals}``; see :meth:`_hand_over_to`."""
        found = {}
        for channel, messages in self.grouped("channel_id").items():
            ranked = channel._in_turn(here, len(messages))
            for message, turn in zip(messages, ranked, strict=True):
                # sudo: whose customer it is, is asked
                known = (message.sudo().order_id.user_id, message.sudo().partner_id.user_id)
                own = next((one for one in known if one in here), turn)
                handler = user or own
                found[handler] = found.get(handler, self.browse()) | message
        return found

    # Until when

    @api.depends("received_on", "handed_over_on", "channel_id.handover_minutes")
    def _compute_handover_deadline(self):
        """The limit counts in the company's working time, for each who has it: the online operator, then the handler."""
        known = {}  # the rows of a list came at the same moment
        for message in self:
            # sudo: the limit is the channel's, whoever may see that
            channel = message.sudo().channel_id
            since, minutes = message.handed_over_on or message.received_on, channel.handover_minutes
            key = channel.company_id, since, minutes
            if key not in known:
                due = channel.company_id._paper_add_working_minutes(since, minutes) if since and minutes else False
                known[key] = due
            message.handover_deadline = known[key]

    @api.model
    def _deadlines_moved(self):
        """Compute the deadlines of what still waits again, because the working time has changed."""
        # sudo: the calendar counts for every company's arrivals
        waiting = self.sudo().search(self._waiting_domain())
        self.env.add_to_compute(self._fields["handover_deadline"], waiting)

    @api.model
    def _late_domain(self):
        """Return the arrivals that wait beyond the hand-over limit; those with the customer do not count."""
        return self._waiting_domain() & Domain("asked_on", "=", False) & Domain("handover_deadline", "<", "now")

    @api.depends("state", "to_hand_over", "asked_on", "handover_deadline")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for message in self:
            deadline = message.handover_deadline
            waits = message._is_waiting() and not message.asked_on
            message.is_late = bool(waits and deadline and deadline < now)

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        late = self._late_domain()
        return late if True in value else ~late

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
