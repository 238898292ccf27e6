from datetime import timedelta

from markupsafe import Markup
from odoo import api, fields, models

from ...exceptions import CompletionAnswerError, CompletionRecordError

SALES = "paper_base.group_sales"
OPEN = ("open", "asked")
# What the customer's link is good for.
PURPOSE = "complete"
# What the salesperson is told of the order for, until the next word about its completion.
KIND = "completion"
# Orders looked at in one run of the cron, and how far back.
BATCH = 500
LOOK_BACK = 90


class PaperCompletionRequest(models.Model):
    """One incomplete order on its way to be complete: what was asked, who has the ball, how long it took (R3.2.1).

    The salesperson asks the customer by a link or by phone; the customer's answer completes the order, or raises the
    next question. The mill's clock stands while the customer has the ball. States: open (the mill has it), asked
    (the customer has it), done, cancelled (the order went on or ended otherwise).
    """

    _name = "paper.completion.request"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.deadline.mixin", "paper.link.mixin", "paper.order.mover"]
    _moves_orders = ("state", "deadline_date", "deadline_pauses")
    _description = "Completion of an Order"
    _order = "opened_on desc, id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _all_by_steps = True

    # The customer takes most of them, by a link, and what is written into the order takes the rest.
    _steps = {
        "open": {"asked": (), "done": (), "cancelled": ()},
        "asked": {"asked": (), "open": (), "done": (), "cancelled": ()},
        "done": {},
        "cancelled": {},
    }
    _step_verbs = {"ask": "asked"}
    _state_error = CompletionRecordError
    _field_error = CompletionRecordError

    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one("res.company", required=True, index=True)
    partner_id = fields.Many2one(related="order_id.partner_id", store=True, string="Customer", index=True)
    user_id = fields.Many2one(related="order_id.user_id", store=True, string="Salesperson", index=True)
    state = fields.Selection(
        [("open", "To Ask"), ("asked", "With the Customer"), ("done", "Complete"), ("cancelled", "Cancelled")],
        required=True,
        default="open",
        index=True,
        tracking=True,
    )
    line_ids = fields.One2many("paper.completion.line", "request_id", string="Questions and Answers")
    missing_text = fields.Text(related="order_id.paper_missing_text", string="Still Missing")
    opened_on = fields.Datetime(string="Order Received on", required=True)
    first_asked_on = fields.Datetime()
    asked_on = fields.Datetime(string="Last Asked on", tracking=True)
    remind_on = fields.Date(string="Next Reminder")
    expires_on = fields.Datetime(string="Link Valid until")
    completed_on = fields.Datetime(tracking=True)
    round_count = fields.Integer(string="Times Asked", aggregator="avg")
    reminder_count = fields.Integer(string="Reminders Sent", aggregator="avg")
    customer_hours = fields.Float(string="Hours with the Customer", digits=(16, 1), aggregator="avg")
    hours = fields.Float(string="Hours to Complete", digits=(16, 1), compute="_compute_hours", store=True, aggregator="avg")
    mill_hours = fields.Float(
        string="Hours with the Mill", digits=(16, 1), compute="_compute_hours", store=True, aggregator="avg"
    )

    can_ask = fields.Boolean(compute="_compute_can_steps")

    _open_uniq = models.UniqueIndex("(order_id) WHERE state IN ('open', 'asked')", "This order is being completed already.")

    @api.depends("opened_on", "completed_on", "customer_hours")
    def _compute_hours(self):
        for request in self:
            total = self._hours_between(request.opened_on, request.completed_on) if request.completed_on else 0
            request.hours = total
            request.mill_hours = max(total - request.customer_hours, 0)

    @api.depends("order_id.name", "partner_id.name")
    def _compute_display_name(self):
        for request in self:
            request.display_name = " · ".join(filter(None, (request.order_id.name, request.partner_id.name)))

    @api.model
    def _hours_between(self, start, stop):
        return (stop - start).total_seconds() / 3600 if start and stop else 0

    # Kept: moved by its steps alone

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if self.line_ids:
            raise CompletionRecordError(self.env._("What was asked and answered about an order stays as it is."))

    # Asking

    @api.model
    def _open_for(self, orders):
        """Return the open completion of each order, a new one where there is none; the clock runs from its receipt."""
        requests = self.browse()
        values = []
        for order in orders:
            request = order._open_completion()
            requests |= request
            if not request:
                received = order.create_date or fields.Datetime.now()
                values.append({"order_id": order.id, "company_id": order.company_id.id, "opened_on": received})
        for company, made in self._by_step().create(values).grouped("company_id").items():
            for request in made:
                request._clock_start(company.paper_completion_days, start=company._paper_day(request.opened_on))
            requests |= made
        return requests

    def _ask(self, send=True):
        """Ask the customer what is missing now, by a new link (R3.2.1).

        :param send: also by mail; without it the page that he is on goes on with the next question
        :return: the link
        """
        self.ensure_one()
        now = fields.Datetime.now()
        company = self.company_id
        self._link_revoke(PURPOSE)
        asked = self._note_questions(self._questions())
        self._take_step(
            "asked",
            first_asked_on=self.first_asked_on or now,
            asked_on=now,
            expires_on=now + timedelta(days=company.paper_completion_link_days),
            remind_on=self._next_reminder(0),
            reminder_count=0,
            round_count=self.round_count + 1,
        )
        self.order_id._by_step().write({"paper_asked_on": now})
        self._clock_pause("customer")
        link = self._issue_link()
        letter = self._send_letter(link) if send else None
        self._log_asked(asked, letter)
        return link

    def _next_reminder(self, sent):
        company = self.company_id
        if not company.paper_completion_reminder_days or sent >= company.paper_completion_reminders:
            return False
        return company._paper_add_working_days(company._paper_today(), company.paper_completion_reminder_days)

    def _issue_link(self):
        # A reminder's link beside the first one, which stays valid.
        token = self._link_issue(PURPOSE, self.expires_on, partner=self.partner_id, keep=True)
        return f"{self.order_id.get_base_url()}/paper/complete/{token}"

    def _send_letter(self, link, reminder=False):
        """Send the customer his link. The letter is not kept: the link in it is worth an answer in his name.

        :return: its Message-Id, by which an answer to it is known; nothing where the customer wants no reminder
        """
        if reminder and not self.partner_id._paper_wanting("paper_order_completeness.mail_kind_reminder"):
            return None
        template = self.env.ref("paper_order_completeness.mail_template_completion")
        reply_to = self.order_id._paper_reply_address()
        mail_id = template.with_context(paper_link=link, paper_reminder=reminder).send_mail(
            self.id,
            # In the company's name: an author may read the letter that he wrote.
            email_values={
                "auto_delete": True,
                "model": False,
                "res_id": False,
                "author_id": self.company_id.partner_id.id,
                **({"reply_to": reply_to} if reply_to else {}),
            },
            email_layout_xmlid="mail.mail_notification_light",
        )
        # sudo: the letter is the mill's, whoever has it sent
        return self.env["mail.mail"].sudo().browse(mail_id).message_id

    def _questions(self, by_sales=False):
        """Return the questions of the order as the customer reads them."""
        order = self.order_id
        return order.with_context(lang=self._customer_lang())._completion_questions(by_sales)

    def _customer_lang(self):
        self.ensure_one()
        return self.partner_id.lang or self.company_id.partner_id.lang or self.env.lang

    def _note_questions(self, questions):
        """Put on record those of the questions that are not on it yet, and return their lines."""
        self.ensure_one()
        open_keys = set(self.line_ids.filtered(lambda line: line.state == "open").mapped("target"))
        rules = {rule.code: rule.id for rule in self.env["paper.required.fact"]._rules(self.company_id.id)}
        return self.env["paper.completion.line"]._by_step().create(
            [
                {
                    "request_id": self.id,
                    "fact": question["fact"],
                    "fact_id": rules.get(question["fact"]),
                    "target": question["key"],
                    "question": question["message"],
                    "asked_by_id": self.env.uid,
                }
                for question in questions
                if question["key"] not in open_keys
            ]
        )

    def _log_asked(self, lines, letter=None):
        """Note what the customer was asked, newly or once more."""
        if lines or letter:
            sentences = lines.mapped("question") or self._open_sentences()
            self._log(self.env._("The customer was asked:"), sentences, letter=letter)

    def _log(self, title, sentences, author=None, letter=None):
        """Write sentences into the order's chatter, and into the completion's own.

        :param letter: Message-Id of what was sent: the answer to it belongs to the order, where this stands
        """
        body = Markup("<p>%s</p><ul>%s</ul>") % (
            title,
            Markup("").join(Markup("<li>%s</li>") % sentence for sentence in sentences),
        )
        values = {"body": body, "subtype_xmlid": "mail.mt_note"}
        if author:
            values["author_id"] = author.id
        self.order_id.message_post(**values, **({"message_id": letter} if letter else {}))
        self.message_post(**values)

    # Answering

    def _answer(self, posted, via, partner=None, user=None, ip=None):
        """Take answers: the order is complete, or something is still open, or the next question comes up.

        :param posted: ``{input name: text}``, see ``sale.order._take_answers``
        :param via: link or phone
        :param partner: who answers
        :param user: who of the mill wrote it down
        :return: ``({input name: sentence}, next)``: errors, with which nothing was taken; next is "done", "open"
            (of the same questions some are left) or "next" (there are new ones)
        """
        self.ensure_one()
        self._check_answerable()
        by_sales = via == "phone"
        questions = self._questions(by_sales)
        # What it writes must not end the questions before their answers are put on record.
        order = self.order_id.with_context(lang=self.env.lang, paper_answering=True)
        taken, errors = order._take_answers(posted, by_sales)
        if errors or not taken:
            return errors, "open"
        if by_sales:
            self._note_questions([question for question in questions if question["key"] in taken])
        self._note_answers(taken, via, partner, user, ip)
        order.invalidate_recordset()
        return {}, self._after_answer({question["key"] for question in questions}, by_sales)

    def _check_answerable(self):
        if self.state not in OPEN or self.order_id.state not in ("draft", "sent"):
            raise CompletionAnswerError(self.env._("Nothing is asked about this order any more."))

    def _note_answers(self, taken, via, partner, user, ip):
        now = fields.Datetime.now()
        lines = self.line_ids.filtered(lambda line: line.state == "open" and line.target in taken)
        for line in lines:
            line._by_step().write({"answer": taken[line.target]})
        lines._take_step(
            "answered",
            answered_on=now,
            answered_by_id=(partner or self.partner_id).id,
            taken_by_id=user.id if user else False,
            via=via,
            ip=ip,
        )
        titles = {
            "link": self.env._("The customer answered by the link:"),
            "phone": self.env._("Answered by phone:"),
            "mail": self.env._("Taken from the customer's mail:"),
        }
        self._log(titles[via], lines.mapped("answer"), user.partner_id if user else partner or self.partner_id)

    def _after_answer(self, before, by_sales):
        questions = self._questions(by_sales)
        if not [question for question in questions if question["required"]]:
            self._finish_if_complete()
            if self.state in OPEN:  # the customer has told all that he can; the rest is for sales to tell
                self._link_revoke(PURPOSE)
                self._take_ball_back()
                self._tell_seller(lambda order: order.env._("The customer has answered: complete the order"))
            return "done"
        return "open" if {question["key"] for question in questions} <= before else "next"

    def _finish_if_complete(self):
        """Close the completions whose order lacks nothing required any more, or needs nothing any more."""
        for request in self.filtered(lambda request: request.state in OPEN):
            order = request.order_id
            if order.state not in ("draft", "sent") or not order.is_paper_order:
                request._close("cancelled")
            elif not order._get_missing_facts()[order]:
                request._close("done")
                request._tell_seller(lambda order: order.env._("The order is complete: submit it for evaluation"))

    def _close(self, state):
        self._link_revoke(PURPOSE)
        self._take_ball_back()
        left = self.line_ids.filtered(lambda line: line.state == "open")
        open_keys = {question["key"] for question in self._questions(by_sales=True)}
        unanswered = left.filtered(lambda line: line.target in open_keys)
        unanswered._take_step("left")
        (left - unanswered)._take_step("settled")
        self._clock_stop()
        self._take_step(
            state, completed_on=fields.Datetime.now() if state == "done" else False, remind_on=False
        )
        self.env["res.company"]._paper_told(self.order_id, KIND)

    def _take_ball_back(self):
        """Note how long the customer had the ball, and let the mill's clock go on."""
        if self.state == "asked":
            spent = self._hours_between(self.asked_on, fields.Datetime.now())
            self._take_step("open", customer_hours=self.customer_hours + spent, remind_on=False)
        self._clock_resume()
        self.order_id._by_step().write({"paper_asked_on": False})

    def _answered_by_words(self):
        """Let the mill's clock go on: the customer answered in words, which a person is to take over (R3.2.1).

        The link ends with it: a mail that answers the letter holds the link, and is read by the mill's people.
        """
        self._link_revoke(PURPOSE)
        self._take_ball_back()
        self.env["res.company"]._paper_told(self.order_id, KIND)

    def _tell_seller(self, summary):
        """Tell the salesperson of each order what is to be done now, in place of what was before.

        :param summary: function of the order in the reader's language
        """
        for request in self:
            order = request.order_id
            self.env["res.company"]._paper_told(order, KIND)
            request.company_id._paper_tell((order.user_id, SALES), order, summary, kind=KIND)

    # The customer's link

    @api.model
    def _find_by_link(self, token):
        """Return ``(completion, whether its link was revoked)`` of a token that is not past its day, in sudo."""
        link = self.env["paper.link"]._find(token, PURPOSE, self._name)
        if not link or not link.expires_on or link.expires_on <= fields.Datetime.now():
            return self.browse(), False
        # sudo: whoever holds the link may see the questions of this one order, nothing else
        return self.sudo().browse(link.res_id).exists(), bool(link.revoked_on)

    # Buttons

    def action_ask(self):
        """Send the customers their link; see ``sale.order.action_ask_customer``."""
        return self.order_id.action_ask_customer()

    def action_by_phone(self):
        """Open the dialog of the telephone; see ``sale.order.action_complete_by_phone``."""
        return self.order_id.action_complete_by_phone()

    def action_open_order(self):
        """Open the orders."""
        return self.order_id._get_records_action(name=self.env._("Orders"))

    # The clock

    def _clock_users(self):
        return self.order_id.user_id

    def _clock_summary(self):
        return self.env._("Complete the order %(order)s", order=self.order_id.name)

    # Following: the cron

    @api.model
    def _cron_follow(self):
        """Open what is incomplete, close what is complete, remind the customers, take back what they left."""
        # sudo: the cron follows the orders of every company
        requests = self.sudo()
        requests._discover()
        requests.search([("state", "in", ("open", "asked"))])._finish_if_complete()
        for company in self.env["res.company"].sudo().search([]):  # sudo: as above
            mine = [("company_id", "=", company.id), ("state", "=", "asked")]
            expired = requests.search([*mine, ("expires_on", "<=", fields.Datetime.now())])
            expired._expire()
            requests.search([*mine, ("remind_on", "!=", False), ("remind_on", "<=", company._paper_today())])._remind()

    @api.model
    def _discover(self):
        """Start the clock of incomplete orders that nobody has taken up yet."""
        orders = self.env["sale.order"].search(
            [
                ("is_paper_order", "=", True),
                ("state", "in", ("draft", "sent")),
                ("paper_completion_ids", "=", False),
                ("create_date", ">=", fields.Datetime.now() - timedelta(days=LOOK_BACK)),
            ],
            order="id desc",
            limit=BATCH,
        )
        missing = orders._get_missing_facts()
        self._open_for(orders.browse([order.id for order in orders if missing[order]]))

    def _remind(self):
        """Send the customers their questions once more, by a link of its own; the first one stays valid."""
        for request in self:
            sent = request.reminder_count + 1
            request._by_step().write({"reminder_count": sent, "remind_on": request._next_reminder(sent)})
            letter = request._send_letter(request._issue_link(), reminder=True)
            request._log(self.env._("The customer was reminded of:"), request._open_sentences(), letter=letter)

    def _open_sentences(self):
        return self.line_ids.filtered(lambda line: line.state == "open").mapped("question")

    def _expire(self):
        """Give the mill the ball back where the customer let his link run out: the salesperson telephones."""
        for request in self:
            request._link_revoke(PURPOSE)
            request._take_ball_back()
            request._tell_seller(lambda order: order.env._("The customer did not answer in time: ask by phone"))
