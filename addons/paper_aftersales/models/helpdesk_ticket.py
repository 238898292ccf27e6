from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import SQL, LazyTranslate, is_html_empty

from ..exceptions import TicketClosedError, TicketOrderError, TicketResultMissingError, TicketSeverityError

_lt = LazyTranslate(__name__)

SALES = "paper_base.group_sales"
MANAGEMENT = "paper_base.group_management"
WRITERS = (SALES, "paper_base.group_quality", MANAGEMENT)
# Written by whoever may write the ticket, until it is closed.
OPEN = {"new": (), "open": ()}
# What the rules of severity ask for.
JUDGED_BY = {"defect_id", "claimed_kg", "stops_customer", "is_danger", "partner_id", "sale_order_id", "sale_order_line_id"}
# What a report waits for: its first analysis.
RECEIVED = "received"
# The letters of the helpdesk are sent to the customer and greet the assigned user. Ours stand in for them, in whatever
# stage they are chosen.
LETTERS = {
    "helpdesk_mgmt.closed_ticket_template": "paper_aftersales.mail_template_feedback_closed",
    "helpdesk_mgmt.changed_stage_template": "paper_aftersales.mail_template_feedback_stage",
    "helpdesk_mgmt.assignment_email_template": "paper_aftersales.mail_template_feedback_stage",
}


class HelpdeskTicket(models.Model):
    """A customer's feedback on a paper order: a quality problem, a question of use or the service
    (R7.1.1). Sales write it down and judge how serious it is; a serious one goes to the management at
    once and has a deadline for its solution (R7.1.2).
    """

    _name = "helpdesk.ticket"
    _inherit = ["helpdesk.ticket", "paper.deadline.mixin", "paper.order.mover"]
    _moves_orders = ("stage_id", "user_id", "sale_order_id", "deadline_date")

    _evidence_error = TicketClosedError
    _locked_error = TicketClosedError

    # What was reported, found and done stays as it is once the ticket is closed (R7.3.1); reopen it to go on.
    name = fields.Char(by_hand=OPEN, tracking=True, index="trigram")
    description = fields.Html(by_hand=OPEN)
    partner_id = fields.Many2one(by_hand=OPEN, tracking=True)
    partner_name = fields.Char(by_hand=OPEN)
    partner_email = fields.Char(by_hand=OPEN)
    company_id = fields.Many2one(by_hand=OPEN)
    closed = fields.Boolean(store=True)  # the desk asks for the open ones: no join with the stages
    _acts = {
        "lower_severity": ((), (MANAGEMENT,)),
        "waive_window": ((), (MANAGEMENT,)),
        "release_solution": ((), WRITERS),
        "reopen": ((), WRITERS),
    }
    _reason_steps = {
        "action_lower_severity": ReasonStep(_lt("Lower the Severity"), hint=_lt("Why the complaint is not serious")),
        "action_waive_window": ReasonStep(_lt("Accept a Late Claim"), hint=_lt("Why the claim counts though it is late")),
        "action_reopen": ReasonStep(_lt("Reopen the Case"), hint=_lt("What is taken up again, and why")),
    }

    sale_order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        domain="[('partner_id.commercial_partner_id', '=?', commercial_partner_id)]",
        tracking=True,
        by_hand=OPEN,
    )
    sale_order_line_id = fields.Many2one(
        "sale.order.line",
        string="Order Line",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('order_id', '=', sale_order_id), ('display_type', '=', False)]",
        tracking=True,
        by_hand=OPEN,
    )
    lot_id = fields.Many2one(
        "stock.lot",
        string="Reel or Pallet",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        tracking=True,
        by_hand=OPEN,
    )
    visit_id = fields.Many2one(
        "paper.quality.visit",
        string="Found on Visit",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        by_hand={"new": ()},
    )
    number = fields.Char(by_hand={"new": ()}, index="trigram")
    nature = fields.Selection(
        [("quality", "Quality Problem"), ("use", "Question of Use"), ("service", "Service")], tracking=True, by_hand=OPEN
    )
    severity = fields.Selection(
        [("general", "General"), ("serious", "Serious")],
        required=True,
        default="general",
        tracking=True,
        groups="base.group_user",
    )
    first_analysis = fields.Text(
        help="What it is and how serious, as sales see it first.", groups="base.group_user", tracking=True, by_hand=OPEN
    )
    solution = fields.Text(
        help="What was done for the customer, and what prevents it from now on. The customer reads it once it is released.",
        tracking=True,
        by_hand=OPEN,
        groups="base.group_user",
    )
    question_ids = fields.One2many(
        "paper.ticket.question", "ticket_id", string="Questions to Departments", groups="base.group_user"
    )
    asked_group_ids = fields.Many2many(
        "res.groups",
        string="Departments Asked",
        compute="_compute_asked_group_ids",
        search="_search_asked_group_ids",
        compute_sudo=True,
        groups="base.group_user",
    )
    escalated_on = fields.Datetime(string="Reported to Management", groups="base.group_user", by_steps=True)
    lowered_reason = fields.Text(string="Why It Is Not Serious", tracking=True, groups="base.group_user", by_steps=True)
    can_lower_severity = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    can_waive_window = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    can_release_solution = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    can_reopen = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")

    # What the credit of a customer and the rules of a company ask for.
    _partner = models.Index("(partner_id)")
    _company = models.Index("(company_id)")
    _open = models.Index("(deadline_date) WHERE closed IS NOT TRUE")

    @api.depends("question_ids.group_id")
    def _compute_asked_group_ids(self):
        # Not through question_ids: the record rule asks as superuser, and all questions would then stand in the cache as
        # those that one department may read.
        # sudo: see above
        questions = self.env["paper.ticket.question"].sudo()
        asked = dict(questions._read_group([("ticket_id", "in", self.ids)], ["ticket_id"], ["group_id:recordset"]))
        for ticket in self:
            ticket.asked_group_ids = asked.get(ticket._origin, False)

    @api.model
    def _search_asked_group_ids(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: which tickets a department is asked about, not what
        asked = self.env["paper.ticket.question"].sudo()._search([("group_id", "in", list(value))])
        return [("id", "in", asked.subselect("ticket_id"))]

    # Rules

    @api.constrains("sale_order_id", "sale_order_line_id", "lot_id", "partner_id")
    def _check_order_of_customer(self):
        # sudo: a ticket is checked against its order whoever writes it down
        for ticket in self.sudo().filtered(lambda rec: rec.sale_order_id or rec.sale_order_line_id):
            order = ticket.sale_order_id
            if ticket.partner_id and ticket.partner_id.commercial_partner_id != order.partner_id.commercial_partner_id:
                raise TicketOrderError(
                    self.env._(
                        "Order %(order)s is not one of %(customer)s.",
                        order=order.name,
                        customer=ticket.partner_id.display_name,
                    )
                )
            if ticket.sale_order_line_id and ticket.sale_order_line_id.order_id != order:
                raise TicketOrderError(self.env._("The order line does not belong to order %(order)s.", order=order.name))
            if ticket.lot_id and ticket.lot_id.product_id not in order.order_line.product_id:
                raise TicketOrderError(
                    self.env._("“%(lot)s” holds no product of order %(order)s.", lot=ticket.lot_id.name, order=order.name)
                )

    @api.constrains("stage_id", "severity", "solution")
    def _check_closed_has_solution(self):
        # sudo: the rule is the same whatever the user may read
        for ticket in self.sudo().filtered("closed"):
            if said(ticket.solution):
                continue
            if ticket.severity == "serious":
                raise TicketResultMissingError(
                    self.env._("Ticket %(ticket)s is serious: write down the solution before it is closed.", ticket=ticket.number)
                )
            if ticket.nature == "quality":
                raise TicketResultMissingError(
                    self.env._(
                        "Ticket %(ticket)s is a quality problem: write down what was done, or why it is unfounded, before it is "
                        "closed.",
                        ticket=ticket.number,
                    )
                )

    @api.onchange("sale_order_id")
    def _onchange_sale_order_id(self):
        if self.sale_order_id and not self.partner_id:
            self.partner_id = self.sale_order_id.partner_id
        if self.sale_order_line_id.order_id != self.sale_order_id:
            self.sale_order_line_id = False

    # The archive of what was reported

    def _own_state(self):
        return "closed" if self.sudo().closed else "open"  # sudo: only the state is asked

    def _evidence(self):
        return self.filtered(lambda ticket: ticket._own_state() == "closed")

    def _kept_in_view(self):
        return self  # an open one would escape its deadline, a closed one the figures and the customer's credit

    def _refused_hand_message(self, names):
        if self and self._own_state() == "closed":
            return self.env._(
                "Ticket %(ticket)s is closed: %(fields)s stays as it is. Reopen the ticket to go on with it.",
                ticket=self[:1].number,
                fields=", ".join(self._fields[name]._description_string(self.env) for name in names),
            )
        return super()._refused_hand_message(names)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise TicketClosedError(
            self.env._(
                "What a customer reported stays. Close the ticket, as rejected where it is unfounded, instead of deleting it."
            )
        )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("sale_order_id") and not vals.get("partner_id"):
                # sudo: only the customer of the named order is taken over
                vals["partner_id"] = self.env["sale.order"].sudo().browse(vals["sale_order_id"]).partner_id.id
        tickets = super().create(vals_list)
        tickets._find_owner()
        tickets._judge_severity()
        tickets._escalate_serious()
        # sudo: the clock belongs to the ticket, whoever writes it down
        tickets.sudo().filtered(lambda rec: not rec.closed and not rec.deadline_start)._start_solution_clock()
        tickets.filtered("closed")._end_case()
        if self.env.user.share:
            tickets._receive()
        return tickets

    @api.model
    def message_new(self, msg, custom_values=None):
        ticket = super().message_new(msg, custom_values=self._prepare_mailed(msg, custom_values))
        ticket._receive()
        return ticket

    def message_update(self, msg, update_vals=None):
        result = super().message_update(msg, update_vals=update_vals)
        self._customer_wrote(msg)
        return result

    def _find_owner(self):
        """Give tickets that none of our people is responsible for to the salesperson of their order.

        The helpdesk takes whoever writes a ticket down for its owner, be it the mail gateway or the customer.
        """

        def is_ours(user):
            return user.active and not user.share

        # sudo: the customer who reports writes on no ticket, and reads no salesperson
        for ticket in self.sudo().filtered(lambda rec: not is_ours(rec.user_id)):
            ticket.user_id = ticket.sale_order_id.user_id.filtered(is_ours)

    def _receive(self):
        """Put what a customer reports himself before its owner, or before sales where it has none, and acknowledge it to
        him in his language (R7.1.1).
        """
        # sudo: the report comes from a customer, or from nobody who could log in
        for ticket in self.sudo():
            ticket._clock_company()._paper_tell(
                (ticket.user_id, SALES), ticket, lambda own: own._received_summary(), kind=RECEIVED, quietly=True
            )
            if ticket._customer_email():
                # sudo: as above
                template = self.env.ref("paper_aftersales.mail_template_feedback_received").sudo()
                template.send_mail(ticket.id, email_layout_xmlid="mail.mail_notification_light")
                ticket._note_told("received", "mail", to=ticket._customer_email())
            ticket._by_step().write({"reported_on": ticket.create_date})

    def _received_summary(self):
        return self.env._(
            "%(customer)s reports: %(title)s. Write down the first analysis and how serious it is.",
            customer=self._customer_name(),
            title=self.name,
        )

    # Letters to the customer

    def _customer_name(self):
        """Return whom a letter about the ticket greets: the customer, never one of ours."""
        self.ensure_one()
        return self.partner_id.name or self.partner_name or self._customer_email()

    def _customer_email(self):
        self.ensure_one()
        return self.partner_id.email or self.partner_email or ""

    def _customer_lang(self):
        """Return the language that the customer is written to in."""
        self.ensure_one()
        return self.partner_id.lang or self.company_id.partner_id.lang or self.env.lang

    def _track_template(self, tracking):
        result = super()._track_template(tracking)
        if "stage_id" in result:
            template, options = result["stage_id"]
            name = template.get_external_id().get(template.id)
            if name in LETTERS:
                result["stage_id"] = (self.env.ref(LETTERS[name]), options)
        return result

    def write(self, vals):
        self._check_stays_serious(vals)
        self._check_stage_stays(vals)
        left_open = self.filtered("closed") if "stage_id" in vals else self.browse()
        result = super().write(vals)
        if vals.get("first_analysis"):
            self.env["res.company"]._paper_told(self, RECEIVED)
        if vals.keys() & JUDGED_BY:
            self._judge_severity()
        if "severity" in vals:
            self._escalate_serious()
        if "user_id" in vals:
            self.env["res.company"]._paper_told(self.filtered("user_id"), "nobody")
        if "stage_id" in vals:
            self._follow_stage()
            (self - left_open).filtered("closed")._end_case()
            left_open.filtered(lambda rec: not rec.closed)._tell_management()
        if vals.get("active") is False:
            self.env["res.company"]._paper_told(self)
        return result

    # Serious stays serious (R7.1.2)

    @api.depends("severity", "escalated_on", "stage_id", "claim_window", "solution", "solution_released")
    def _compute_can_steps(self):
        return super()._compute_can_steps()

    def _act_objection(self, verb):
        # sudo: the rule is the same whatever the user may read
        if verb == "lower_severity" and (self.sudo().severity != "serious" or self.closed):
            return self.env._("Ticket %(ticket)s is no open serious complaint.", ticket=self.number)
        if verb == "waive_window" and (self.closed or self.sudo().claim_window != "late"):  # sudo: as above
            return self.env._("Ticket %(ticket)s is no open claim that came too late.", ticket=self.number)
        if verb == "release_solution" and (self.closed or self.sudo().solution_released or not said(self.sudo().solution)):
            return self.env._("Ticket %(ticket)s has no solution that the customer does not read yet.", ticket=self.number)
        if verb == "reopen" and not self.closed:
            return self.env._("Ticket %(ticket)s is open.", ticket=self.number)
        return super()._act_objection(verb)

    def _check_stays_serious(self, vals):
        """Refuse that what was reported to the management is judged less serious, or put away, without it.

        :raises TicketSeverityError: naming the ticket
        """
        lowered = vals.get("severity", "serious") != "serious" and not self._is_step()
        if not lowered and vals.get("active", True):
            return
        # sudo: as above
        reported = self.sudo().filtered(lambda rec: rec.severity == "serious" and rec.escalated_on)
        held = reported if lowered else reported.filtered(lambda rec: not rec.closed)
        if held:
            raise TicketSeverityError(
                self.env._(
                    "Ticket %(ticket)s was reported to the management as serious: only the management judges it less serious,"
                    " with a reason. Otherwise write down the solution and close it.",
                    ticket=held[0].number,
                )
            )

    def action_lower_severity(self, reason=None):
        """Judge a complaint that was reported as serious less serious, with a reason; the management (R7.1.2)."""
        self._check_act("lower_severity")
        if not said(reason):
            return self._ask_reason("action_lower_severity")
        # sudo: the step was checked; raised again, it is reported again
        self.sudo()._by_step().write({"severity": "general", "escalated_on": False, "lowered_reason": said(reason)})
        self.env["res.company"]._paper_told(self, "serious")
        return True

    def _follow_stage(self):
        """Stop the clock of closed tickets, let it run again where one was reopened."""
        # sudo: the clock belongs to the ticket, whoever moves it
        tickets = self.sudo()
        closed = tickets.filtered("closed")
        closed._clock_stop()
        self.env["res.company"]._paper_told(closed)
        tickets.filtered(lambda rec: not rec.closed and rec.deadline_stopped)._start_solution_clock()

    def _escalate_serious(self):
        """Report serious problems and complaints to the management, once each (R7.1.2)."""
        # sudo: the report reaches people whom the reporting user may not see
        serious = self.sudo().filtered(lambda rec: rec.severity == "serious" and not rec.escalated_on)
        serious._by_step().write({"escalated_on": fields.Datetime.now()})
        serious.filtered(lambda rec: not rec.closed)._start_solution_clock()
        serious._tell_management()

    def _tell_management(self):
        """Put serious complaints before the management; who has the to-do already is not told again."""
        # sudo: as above
        for ticket in self.sudo().filtered(lambda rec: rec.severity == "serious"):
            ticket._clock_company()._paper_tell(
                MANAGEMENT,
                ticket,
                lambda own: own._clock_summary(),
                kind="serious",
                note=ticket.first_analysis or (not is_html_empty(ticket.description) and ticket.description) or "",
            )

    def _start_solution_clock(self):
        for company, tickets in self.grouped("company_id").items():
            for severity, own in tickets.grouped("severity").items():
                own._clock_start(company.paper_complaint_days if severity == "serious" else company.paper_general_days)

    def _end_case(self):
        """Do what belongs to closing: the customer hears of it, the case is sealed, a visit may follow (R7.1.2, R7.3.1)."""
        self._tell_closed()
        self._seal()
        self._visit_after_serious()

    # Clock

    def _clock_users(self):
        # sudo: the people behind an order are told whoever wrote the ticket
        ticket = self.sudo()
        responsible = ticket.user_id or ticket.sale_order_id.user_id
        return responsible or self._clock_company()._paper_department_users(SALES)

    def _clock_summary(self):
        # sudo: the title of an order is no secret to the people of its ticket
        ticket = self.sudo()
        words = {
            "number": ticket.number,
            "customer": ticket.partner_id.name or ticket.partner_name or "",
            "order": ticket.sale_order_id.name or "",
            "title": ticket.name,
        }
        if ticket.severity == "serious":
            return self.env._("Serious complaint %(number)s of %(customer)s, order %(order)s: %(title)s", **words)
        return self.env._("Feedback %(number)s of %(customer)s, order %(order)s: %(title)s", **words)

    @api.model
    def _paper_counts_sql(self, ticket):
        """Return the condition that a ticket counts as feedback, for statistics and credit: it was not unfounded.

        :param ticket: SQL of the alias of helpdesk_ticket
        """
        return SQL(
            "NOT EXISTS (SELECT 1 FROM helpdesk_ticket_stage stage WHERE stage.id = %s.stage_id AND stage.paper_unfounded)",
            ticket,
        )

    def action_view_order(self):
        self.ensure_one()
        return self.sale_order_id._get_records_action(name=self.env._("Sales Order"))

    def _moved_orders(self):
        return self.sale_order_id
