import hashlib
import uuid

from odoo import api, fields, models
from odoo.addons.paper_base.models.evidence.paper_evidence_mixin import EVER
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.fields import Domain

from ..exceptions import IntakeStateError

SALES = "paper_base.group_sales"
ONLINE = "paper_base.group_online"
WAITING = ("received", "question", "rejected")
# Closed without an order: by a person, or by the program's verdict on a mail. Either may have been wrong.
REOPENABLE = ("duplicate", "ignored")
# Where an arrival that waits may go: the reader decides most of it, a person that it is a duplicate.
ONWARD = {**dict.fromkeys((*WAITING, "order", "split", "ignored"), ()), "duplicate": (SALES,)}
STEPS = {
    **{state: {other: groups for other, groups in ONWARD.items() if other != state} for state in WAITING},
    "order": {"received": ()},
    "duplicate": {"received": (SALES,)},
    "ignored": {"received": (SALES,)},
    "split": {},
}
HANDLED = Entering(on="handled_on", then="_action_handled")
# What arrived is evidence: whoever notes it down enters it once.
EVIDENCE = {"new": ()}
# What was read from it is mended for as long as it waits; what became of it then says what was read.
FIGURE = dict.fromkeys(("new", *WAITING), ())
# What handlers are told for as long as an arrival waits, whichever way it waits.
HANDLE = "handle"
MILLIMETRE = (16, 2)
# Arrivals that are read together, and whose orders are made together; if one of them fails, they are one by one.
BATCH = 200
QUIET = {"tracking_disable": True, "mail_create_nosubscribe": True, "mail_create_nolog": True}


class PaperIntakeMessage(models.Model):
    """One arrival of one order by one channel, kept as it came. The handler reads it, mends the figures
    where they were misread, asks the customer where they contradict each other, and makes it an order.
    States: received, then order, question (the customer must say), duplicate or rejected (unreadable);
    split where one arrival holds many, as a file does, which are arrivals of their own; ignored what is no order.
    """

    _name = "paper.intake.message"
    _description = "Order Arrival"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin"]
    _order = "received_on desc, line_no, id"
    _paper_kept_as_sent = True
    _check_company_auto = True
    _rec_names_search = ["number", "raw"]

    _steps = STEPS
    _step_verbs = {"process": "order", "ignore": "ignored"}
    _entering = dict.fromkeys(("order", "duplicate", "ignored", "split"), HANDLED)
    _evidence_states = EVER  # what arrived, with its source
    _state_error = IntakeStateError
    _right_error = IntakeStateError
    _field_error = IntakeStateError
    _locked_error = IntakeStateError

    channel_id = fields.Many2one("paper.intake.channel", required=True, ondelete="restrict", by_hand=EVIDENCE)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True, by_steps=True)
    upload_id = fields.Many2one("paper.intake.upload", index="btree_not_null", ondelete="restrict", by_steps=True)
    external_ref = fields.Char(
        string="Arrival Reference",
        required=True,
        copy=False,
        default=lambda self: f"manual:{uuid.uuid4()}",
        by_hand=EVIDENCE,
        help="Identifies the arrival within its channel; the same arrival twice is stored once.",
    )
    payload_hash = fields.Char(string="SHA-256", by_steps=True)
    line_no = fields.Integer(string="Line", aggregator=None, by_steps=True)
    raw = fields.Text(string="As It Came", required=True, default="", by_hand=EVIDENCE)
    received_on = fields.Datetime(required=True, default=fields.Datetime.now, index=True, by_steps=True)
    handover_deadline = fields.Datetime(compute="_compute_handover_deadline", store=True, by_steps=True)
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    active = fields.Boolean(default=True)
    state = fields.Selection(
        [
            ("received", "Received"),
            ("question", "Question"),
            ("order", "Order"),
            ("duplicate", "Duplicate"),
            ("rejected", "Unreadable"),
            ("split", "Read into Orders"),
            ("ignored", "No Order"),
        ],
        required=True,
        default="received",
        index=True,
        tracking=True,
        by_steps=True,
    )
    problems = fields.Json(by_steps=True)
    reason = fields.Text(compute="_compute_reason")
    handler_id = fields.Many2one("res.users", index=True, tracking=True, domain=[("share", "=", False)])
    handled_on = fields.Datetime(by_steps=True)
    asked_on = fields.Datetime(string="Customer Asked on", by_steps=True, tracking=True)
    order_id = fields.Many2one("sale.order", by_steps=True, index="btree_not_null", ondelete="set null")
    can_process = fields.Boolean(compute="_compute_can_steps")
    can_ignore = fields.Boolean(compute="_compute_can_steps")
    can_ask = fields.Boolean(compute="_compute_can_handle")
    can_duplicate = fields.Boolean(compute="_compute_can_handle")
    can_reopen = fields.Boolean(compute="_compute_can_handle")

    # What was read from it; the handler may mend these.
    partner_id = fields.Many2one("res.partner", string="Customer", check_company=True, tracking=True, by_hand=FIGURE)
    product_id = fields.Many2one(
        "product.product", domain=[("is_paper", "=", True)], check_company=True, tracking=True, by_hand=FIGURE
    )
    number = fields.Char(string="Customer's No.", tracking=True, by_hand=FIGURE)
    weight = fields.Float(string="Weight (kg)", digits=(16, 3), tracking=True, aggregator="sum", by_hand=FIGURE)
    tolerance = fields.Float(string="Quantity Tolerance ± (%)", digits=(5, 2), tracking=True, aggregator=None, by_hand=FIGURE)
    basis_weight = fields.Float(string="Basis Weight (g/m²)", digits=(16, 3), tracking=True, aggregator=None, by_hand=FIGURE)
    caliper = fields.Float(string="Caliper (µm)", digits=MILLIMETRE, tracking=True, aggregator=None, by_hand=FIGURE)
    width = fields.Float(string="Width (mm)", digits=MILLIMETRE, tracking=True, aggregator=None, by_hand=FIGURE)
    length = fields.Float(
        string="Sheet Length (mm)", digits=MILLIMETRE, tracking=True, aggregator=None, help="0: a reel.", by_hand=FIGURE
    )
    diameter_min = fields.Float(
        string="Reel Diameter from (mm)", digits=MILLIMETRE, tracking=True, aggregator=None, by_hand=FIGURE
    )
    diameter_max = fields.Float(
        string="Reel Diameter to (mm)", digits=MILLIMETRE, tracking=True, aggregator=None, by_hand=FIGURE
    )
    core_diameter = fields.Float(
        string="Core Inside Diameter (mm)", digits=MILLIMETRE, tracking=True, aggregator=None, by_hand=FIGURE
    )
    deckle = fields.Float(string="Deckle (mm)", digits=MILLIMETRE, aggregator=None, by_hand=FIGURE)
    commitment_date = fields.Datetime(string="Delivery Date", tracking=True, by_hand=FIGURE)
    payment_term_id = fields.Many2one("account.payment.term", string="Payment Terms", check_company=True, by_hand=FIGURE)
    currency_id = fields.Many2one(
        "res.currency", string="Currency", tracking=True, help="As far as the customer names one.", by_hand=FIGURE
    )
    quality_requirement = fields.Text(string="Quality Requirements", by_hand=FIGURE)

    _external_ref_uniq = models.UniqueIndex("(channel_id, external_ref)", "This arrival is stored already.")
    _ordered_number_idx = models.Index("(company_id, number) WHERE order_id IS NOT NULL")
    _handler_turn_idx = models.Index("(channel_id, handler_id, id)")
    _figures_positive = models.Constraint(
        """CHECK(weight >= 0 AND tolerance >= 0 AND basis_weight >= 0 AND caliper >= 0 AND width >= 0 AND length >= 0
           AND diameter_min >= 0 AND diameter_max >= 0 AND core_diameter >= 0 AND deckle >= 0)""",
        "The figures of an order cannot be negative.",
    )
    _order_has_record = models.Constraint(
        "CHECK(order_id IS NULL OR state = 'order')", "Only an arrival that became an order refers to one."
    )

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
    def _waiting_domain(self):
        """Return the arrivals that somebody still has to do something about."""
        return Domain("state", "in", WAITING) | Domain("to_hand_over", "=", True)

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

    @api.depends("number", "line_no", "channel_id")
    def _compute_display_name(self):
        for message in self:
            name = message.number or message.channel_id.name or ""
            if message.line_no:
                name = self.env._("%(number)s (line %(line)s)", number=name, line=message.line_no)
            message.display_name = name

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_handle(self):
        for message in self:
            message.can_ask = message.state == "question"
            message.can_duplicate = message.state in WAITING and message._can_go("duplicate")
            message.can_reopen = message.state in REOPENABLE and message._can_go("received")

    # Kept as it came, moved by its steps alone

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create([self._completed_create(vals) for vals in vals_list])
        messages._note_operators()
        for message in messages.filtered(lambda message: not message.payload_hash):
            message._keep({"payload_hash": self._text_hash(message.raw)})
        messages.filtered(lambda message: not (message.upload_id or message.parent_id or message.pending))._hand_over()
        return messages

    def _completed_create(self, vals):
        if self._is_step() and not vals.get("payload_hash"):
            vals = {**vals, "payload_hash": self._text_hash(vals.get("raw"))}
        if vals.get("upload_id") or vals.get("parent_id"):
            return vals
        channel_id = vals.get("channel_id") or self.default_get(["channel_id"]).get("channel_id")
        channel = self.env["paper.intake.channel"].browse(channel_id)
        if channel and not vals.get("handler_id"):
            vals = {**vals, "handler_id": channel._next_handlers(1)[0].id}
        defaults = {"partner_id": channel.partner_id.id, "product_id": channel.product_id.id}
        return {**defaults, **vals}

    @api.model
    def _text_hash(self, text):
        return hashlib.sha256((text or "").encode("utf-8", "surrogatepass")).hexdigest()

    def write(self, vals):
        moved = self.browse()
        if "handler_id" in vals:
            moved = self.filtered(lambda message: message.handler_id.id != vals["handler_id"])
        result = super().write(vals)
        if moved:
            # What is to be done goes along to the new handler.
            self.env["res.company"]._paper_told(moved, HANDLE)
            moved._note_handed_over()
            moved.filtered(lambda message: message._is_waiting() and not message.pending)._hand_over()
        if vals.get("order_id"):
            self._pass_orders_on()
        return result

    def _is_waiting(self):
        """Say whether somebody still has to do something about the arrival; see :meth:`_waiting_domain`."""
        return self.state in WAITING or self.to_hand_over

    def _kept_in_view(self):
        return self.browse()  # what arrived and nobody needs any more is archived

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise IntakeStateError(self.env._("What arrived stays. Archive it if nobody needs it any more."))

    def _keep(self, vals):
        # sudo: the steps write on an arrival what is closed to everybody, whoever takes them
        return self.sudo()._by_step().write(vals)

    def _enter_waiting(self, problems):
        """Note what still keeps the arrivals from becoming orders, and let them wait for it.

        :param problems: ``{message: [(code, params), …]}``
        """
        states = {}
        for message in self:
            found = [[code, params] for code, params in problems[message]]
            message._keep({"problems": found})
            states[message] = self._problem_state(found)
        for state, messages in self.grouped(lambda message: states[message]).items():
            messages.filtered(lambda message, state=state: message.state != state)._take_step(state)

    # Hand-over

    def _hand_over(self):
        """Tell each handler at once what waits for him; sales where he may not open it (R3.1.2)."""
        # One note for each row in the list of activities; the upload alone sends a mail.
        quietly = len(self) > 1
        by_handler = self.grouped(lambda message: (message.company_id, message.handler_id, message.to_hand_over))
        for (company, handler, to_hand_over), messages in by_handler.items():
            people = (handler, ONLINE, SALES) if to_hand_over else (handler, SALES)
            company._paper_tell(people, messages, self._hand_over_words, kind=HANDLE, quietly=quietly)

    @staticmethod
    def _hand_over_words(message):
        if message.to_hand_over:
            return message.env._("Order to hand over to sales")
        return message.env._("Order to handle")

    def action_take(self):
        """Take over the arrivals: from now on the user handles them (R3.1.2)."""
        self.check_access("write")
        self.write({"handler_id": self.env.uid})

    def action_mark_duplicate(self):
        """Close arrivals that say what another one said already."""
        self.check_access("write")
        self._check_waiting()
        self._take_step("duplicate")

    def _check_waiting(self):
        done = self.filtered(lambda message: message.state not in WAITING)
        if done or not self:
            raise IntakeStateError(
                self.env._("%(message)s is closed already.", message=done[:1].display_name or self.env._("Nothing"))
            )

    def _action_handled(self):
        """End what people were told to do about the arrivals; what they noted themselves stays.

        Read into an order by the program, an arrival of an online channel still is to be handed over; whoever of sales
        makes the order of it has taken it over by that.
        """
        self.env["res.company"]._paper_told(self)
        self._take_by_acting()
        self.filtered("to_hand_over")._hand_over()

    def action_open_order(self):
        """Open the orders that were made from the arrivals."""
        return self.order_id._get_records_action(name=self.env._("Orders"))
