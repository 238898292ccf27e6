from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ..exceptions import TicketAnswerError

ASKING = ("paper_base.group_sales", "paper_base.group_quality", "paper_base.group_management")
# What was answered stays as it was asked.
ANSWERS = ("answer", "cause", "prevention", "cost")  # the department's own
ASKED = {"new": ASKING, "open": ASKING}


class PaperTicketQuestion(models.Model):
    """What a department is asked about a customer's complaint, and what it answers: its opinion, cause or cure
    (R7.1.2). Sales, quality and management ask; the department that is asked reads the ticket, answers its own
    question within the company's days, and changes nothing else. Open until it is answered.
    """

    _name = "paper.ticket.question"
    _description = "Question to a Department"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.deadline.mixin"]
    _order = "answered_on desc, deadline_date, id"
    _check_company_auto = True
    _mail_post_access = "read"

    _step_field = "stage"
    _evidence_states = ("answered",)
    _field_error = TicketAnswerError
    _locked_error = TicketAnswerError

    stage = fields.Selection([("open", "Open"), ("answered", "Answered")], string="Status", compute="_compute_stage")
    ticket_id = fields.Many2one(
        "helpdesk.ticket", required=True, ondelete="cascade", index=True, check_company=True, by_hand={"new": ASKING}
    )
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    group_id = fields.Many2one(
        "res.groups",
        string="Department",
        required=True,
        ondelete="restrict",
        index=True,
        by_hand=ASKED,
        domain=lambda self: [("privilege_id.category_id", "=", self.env.ref("paper_base.module_category_paper").id)],
    )
    department = fields.Char(string="Department Asked", compute="_compute_department")
    question = fields.Text(required=True, tracking=True, by_hand=ASKED)
    asked_by_id = fields.Many2one(
        "res.users",
        string="Asked by",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.user,
        by_steps=True,
    )
    asked_on = fields.Datetime(required=True, default=fields.Datetime.now, by_steps=True)
    answer = fields.Text(
        tracking=True,
        copy=False,
        help="Cause, cure and what prevents it from now on, as the department sees it.",
        by_hand={"any": ()},  # by the people of the department that is asked, see _is_hand_allowed
    )
    cause = fields.Text(tracking=True, copy=False, help="Where it comes from, as the department sees it.", by_hand={"any": ()})
    prevention = fields.Text(
        tracking=True, copy=False, help="What prevents it from now on, by whom, until when.", by_hand={"any": ()}
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost = fields.Monetary(
        string="Estimated Cost", copy=False, help="What the proposal costs, in the company's currency.", by_hand={"any": ()}
    )
    answered_by_id = fields.Many2one("res.users", string="Answered by", ondelete="restrict", by_steps=True)
    answered_on = fields.Datetime(index=True, by_steps=True)
    is_mine = fields.Boolean(string="For My Department", compute="_compute_is_mine", search="_search_is_mine")
    can_ask = fields.Boolean(string="May Ask", compute="_compute_can_ask")
    # What the department reads of the ticket beside its question.
    ticket_name = fields.Char(related="ticket_id.name", string="Title")
    ticket_description = fields.Html(related="ticket_id.description", string="What the Customer Reports")
    ticket_closed = fields.Boolean(related="ticket_id.closed", string="Ticket Closed")
    partner_id = fields.Many2one(related="ticket_id.partner_id", string="Customer")
    sale_order_id = fields.Many2one(related="ticket_id.sale_order_id", string="Sales Order")
    paper_spec_id = fields.Many2one(related="ticket_id.sale_order_line_id.paper_spec_id", string="Specification")
    lot_name = fields.Char(related="ticket_id.lot_id.name", string="Reel or Pallet")

    @api.depends("answered_on")
    def _compute_stage(self):
        for rec in self:
            rec.stage = "answered" if rec.answered_on else "open"

    @api.depends("group_id", "ticket_id")
    def _compute_display_name(self):
        for rec in self:
            rec.display_name = f"{rec.ticket_id.number}: {rec.department}"

    @api.depends("group_id")
    @api.depends_context("lang")
    def _compute_department(self):
        for rec in self:
            rec.department = rec.group_id.name

    @api.depends("group_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        groups = self.env.user.all_group_ids
        for rec in self:
            rec.is_mine = rec.group_id in groups

    @api.depends_context("uid")
    def _compute_can_ask(self):
        self.can_ask = self._may_ask()

    @api.model
    def _may_ask(self):
        return self._is_one_of(ASKING)

    @api.model
    def _search_is_mine(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = fields.Domain("group_id", "in", list(self.env.user._get_group_ids()))
        return fields.Domain.OR(mine if wanted else ~mine for wanted in value)

    # Asking and answering

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        if not self._is_step() and any(question[name] for question in questions for name in ANSWERS):
            raise TicketAnswerError(self.env._("A question is asked without its answer."))
        questions._check_open()
        questions._check_asks()
        for company, asked in questions.grouped("company_id").items():
            asked._clock_start(company.paper_answer_days)
        questions._tell_department()
        return questions

    def write(self, vals):
        if vals.keys() & set(ANSWERS):
            self._check_open()
        if "answer" in vals:
            if not said(vals["answer"]):
                raise TicketAnswerError(self.env._("Write the answer before you save it; an answer cannot be taken back."))
        asked_anew = self.filtered(lambda rec: "group_id" in vals and rec.group_id.id != vals["group_id"])
        result = super().write(vals)
        if "question" in vals:
            self._check_asks()
        if "answer" in vals:
            self._note_answer()
        if asked_anew:
            self.env["res.company"]._paper_told(asked_anew)
            asked_anew._tell_department()
        return result

    def _check_asks(self):
        if not all(said(question.question) for question in self):
            raise TicketAnswerError(self.env._("Write down what the department is asked."))

    @api.model
    def _is_hand_allowed(self, name, record):
        if name in ANSWERS and record is not None and record.group_id not in self.env.user.all_group_ids:
            return False
        return super()._is_hand_allowed(name, record)

    def _refused_hand_message(self, names):
        if set(ANSWERS) & set(names) and self:
            return self.env._(
                "%(ticket)s: the question to “%(department)s” is answered by that department.",
                ticket=self[:1].ticket_id.number,
                department=self[:1].department,
            )
        if not self and not self._by_hand(names[0]):
            return self.env._("A question is asked in one's own name.")
        if self._by_hand(names[0]) != ASKED:
            return self.env._("Who asked and who answered, and when, stays as it was.")
        if not self._may_ask():
            return self.env._("Sales, quality and management ask the departments.")
        return self.env._("What was answered stays as it was asked. Ask a new question.")

    def _check_open(self):
        for rec in self.sudo().filtered("ticket_closed"):  # sudo: the state of the ticket, whoever may read it
            raise TicketAnswerError(
                self.env._(
                    "Ticket %(ticket)s is closed: nothing is asked or answered any more. Reopen it first.",
                    ticket=rec.ticket_id.number,
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_answered(self):
        if self.filtered("answered_on"):
            raise TicketAnswerError(self.env._("An answered question stays with its ticket."))

    def _note_answer(self):
        """Note who answered, stop the clock and tell who asked."""
        answered = self.filtered(lambda rec: said(rec.answer))
        first = answered.filtered(lambda rec: not rec.answered_on)
        # sudo: the stamps follow from the answer, nobody writes them
        first.sudo()._by_step().write({"answered_by_id": self.env.uid, "answered_on": fields.Datetime.now()})
        first._clock_stop()
        self.env["res.company"]._paper_told(first)
        for rec in answered:
            text = self.env._("%(department)s: %(answer)s", department=rec.department, answer=rec.answer)
            # sudo: the department that answers may not write on the ticket
            rec.sudo().ticket_id.message_post(
                body=text,
                author_id=self.env.user.partner_id.id,
                partner_ids=rec.sudo().asked_by_id.filtered("active").partner_id.ids,
                subtype_xmlid="mail.mt_note",
            )

    # Telling

    def _tell_department(self):
        """Put the question before everybody of the department."""
        for rec in self:
            rec._clock_tell(rec._clock_users(), rec._clock_words, kind="open")

    def _clock_users(self):
        # sudo: whoever asks has to reach the department, not to read its people
        users = self.sudo().group_id.all_user_ids
        return users.filtered(lambda user: user.active and self.company_id in user.company_ids)

    def _clock_summary(self):
        # sudo: the title of the ticket is told to whom it is asked of
        ticket = self.sudo().ticket_id
        return self.env._(
            "Answer to complaint %(number)s of %(customer)s: %(title)s",
            number=ticket.number,
            customer=ticket.partner_id.name or ticket.partner_name or "",
            title=ticket.name,
        )

    def action_view_ticket(self):
        """Open the ticket."""
        self.ensure_one()
        return self.ticket_id._get_records_action(name=self.env._("Customer Feedback"))
