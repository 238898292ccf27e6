import hashlib
import uuid

from odoo import api, fields, models
from odoo.addons.paper_base.models.evidence.paper_evidence_mixin import EVER
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.fields import Domain
from werkzeug.urls import url_encode

from ...exceptions import IntakeStateError
from ...lib.arrival_text import storable

SALES = "paper_base.group_sales"
ONLINE = "paper_base.group_online"
WAITING = ("received", "question", "rejected")
# Closed without an order: by a person, or by the program's verdict on a mail. Either may have been wrong.
REOPENABLE = ("duplicate", "ignored", "settled")
# Where an arrival that waits may go: the reader decides most of it, a person that it is a duplicate.
ONWARD = {**dict.fromkeys((*WAITING, "order", "split", "ignored", "settled"), ()), "duplicate": (SALES,)}
STEPS = {
    **{state: {other: groups for other, groups in ONWARD.items() if other != state} for state in WAITING},
    "order": {"received": ()},
    "duplicate": {"received": (SALES,)},
    "ignored": {"received": (SALES,)},
    "settled": {"received": (SALES,)},
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
    split where one arrival holds many, as a file does, which are arrivals of their own; ignored what is no order; settled
    what was about an order that is there, and was seen to.
    """

    _name = "paper.intake.message"
    _description = "Order Arrival"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin"]
    _order = "received_on desc, line_no, id"
    _paper_kept_as_sent = True
    _check_company_auto = True
    _rec_names_search = ["number", "raw"]

    _steps = STEPS
    _step_verbs = {"process": "order", "ignore": "ignored", "settle": "settled"}
    _entering = dict.fromkeys(("order", "duplicate", "ignored", "split", "settled"), HANDLED)
    _evidence_states = EVER  # what arrived, with its source
    _state_error = IntakeStateError
    _right_error = IntakeStateError
    _field_error = IntakeStateError
    _locked_error = IntakeStateError

    channel_id = fields.Many2one("paper.intake.channel", required=True, ondelete="restrict", by_hand=EVIDENCE)
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True, by_steps=True)
    upload_id = fields.Many2one("paper.intake.upload", index="btree_not_null", ondelete="restrict", by_steps=True)
    parent_id = fields.Many2one(
        "paper.intake.message", string="Came with", by_steps=True, index="btree_not_null", ondelete="restrict"
    )
    child_ids = fields.One2many("paper.intake.message", "parent_id", string="Orders in It", readonly=True)
    form = fields.Selection(
        [
            ("figures", "Figures"),
            ("file", "Order Book"),
            ("feed", "Order of a Feed"),
            ("feed_file", "File of a Feed"),
        ],
        string="Form",
        default="figures",
        required=True,
        by_steps=True,
        help="How the arrival is read.",
    )
    external_ref = fields.Char(
        string="Arrival Reference",
        required=True,
        copy=False,
        default=lambda self: f"manual:{uuid.uuid4()}",
        by_hand=EVIDENCE,
        help="Identifies the arrival within its channel; the same arrival twice is stored once.",
    )
    payload_hash = fields.Char(string="SHA-256", by_steps=True)
    payload_id = fields.Many2one("ir.attachment", string="File as It Came", by_steps=True)
    file_ids = fields.Many2many(
        "ir.attachment", "paper_intake_message_file_rel", string="Own Further Files", by_steps=True
    )
    shown_file_ids = fields.Many2many("ir.attachment", string="Further Files", compute="_compute_shown_file_ids")
    line_no = fields.Integer(string="Line", aggregator=None, by_steps=True)
    raw = fields.Text(string="As It Came", required=True, default="", by_hand=EVIDENCE)
    received_on = fields.Datetime(required=True, default=fields.Datetime.now, index=True, by_steps=True)
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
            ("settled", "Seen to"),
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
    order_id = fields.Many2one("sale.order", by_steps=True, index="btree_not_null", ondelete="set null")
    can_process = fields.Boolean(compute="_compute_can_steps")
    can_ignore = fields.Boolean(compute="_compute_can_steps")
    can_settle = fields.Boolean(compute="_compute_can_steps")
    can_ask = fields.Boolean(compute="_compute_can_handle")
    can_duplicate = fields.Boolean(compute="_compute_can_handle")
    can_reopen = fields.Boolean(compute="_compute_can_handle")

    # What was read from it; the handler may mend these.
    partner_id = fields.Many2one("res.partner", string="Customer", check_company=True, tracking=True, by_hand=FIGURE)
    product_id = fields.Many2one(
        "product.product", domain=[("is_paper", "=", True)], check_company=True, tracking=True, by_hand=FIGURE
    )
    number = fields.Char(string="Customer's No.", tracking=True, by_hand=FIGURE, index="trigram")
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
    details = fields.Json(
        string="Further Details", by_steps=True, help="What was told beyond the figures of every channel."
    )
    unread_columns = fields.Char(
        string="Columns Not Read", by_steps=True, help="Columns of the customer's list that stand for no figure here."
    )

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

    @api.depends("file_ids", "parent_id.file_ids")
    def _compute_shown_file_ids(self):
        for message in self:
            message.shown_file_ids = message.file_ids | message.parent_id.file_ids

    @api.model
    def _waiting_domain(self):
        """Return the arrivals that somebody still has to do something about."""
        return Domain("state", "in", WAITING) | Domain("to_hand_over", "=", True)

    def _is_waiting(self):
        """Say whether somebody still has to do something about the arrival; see :meth:`_waiting_domain`."""
        return self.state in WAITING or self.to_hand_over

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
        left = self.about_order_id if "about_order_id" in vals else self.env["sale.order"]
        result = super().write(vals)
        if "about_order_id" in vals:
            self._note_chosen()
            (left | self.about_order_id)._tell_later_words()
        if moved:
            # What is to be done goes along to the new handler.
            self.env["res.company"]._paper_told(moved, HANDLE)
            moved._note_handed_over()
            moved.filtered(lambda message: message._is_waiting() and not message.pending)._hand_over()
        if vals.get("order_id"):
            self._pass_orders_on()
        return result

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
        self.sudo().about_order_id._tell_later_words()  # sudo: whoever closes it, the order's people are told
        self._take_by_acting()
        self.filtered("to_hand_over")._hand_over()

    def action_open_order(self):
        """Open the orders that were made from the arrivals."""
        return self.order_id._get_records_action(name=self.env._("Orders"))

    # As it came

    @api.model
    def _whole_forms(self):
        """Return the forms of arrivals that are a whole file: what it orders a person may have to read himself."""
        return {"file", "feed_file"}

    @api.model
    def _columns_text(self, book):
        """Return the names of the columns of an order book that nothing was read from."""
        return storable(", ".join(" ".join(name.split()) for name in book.ignored_columns), 500)

    def action_download(self):
        """Download what arrived as it came: the mail, the file, the body of the call."""
        self.ensure_one()
        self.check_access("read")
        payload = self.payload_id or self.parent_id.payload_id
        url = f"/web/content/{payload.id}?download=true"
        if not payload and self.upload_id:
            name = url_encode({"download": "true", "filename": self.upload_id.file_name or ""})
            url = f"/web/content/paper.intake.upload/{self.upload_id.id}/file?{name}"
        elif not payload:
            raise IntakeStateError(self.env._("%(message)s came as words, not as a file.", message=self.display_name))
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    def _keep_further_files(self, files):
        """Keep files that came along and are no lists of orders, those that are kept with the arrival already as they are.

        :param files: list of objects with the ``name``, ``content`` (bytes) and ``kind`` (mimetype) of a file
        """
        self.ensure_one()
        if not files:
            return
        # sudo: the files belong to the arrival, whoever brings it
        attachments = self.env["ir.attachment"].sudo()
        there = attachments.search(
            [("res_model", "=", self._name), ("res_id", "=", self.id), ("id", "!=", self.payload_id.id)]
        )
        known = {attachment.checksum: attachment for attachment in there}
        distinct = {}
        for file in files:  # by what Odoo names a file's content
            distinct.setdefault(hashlib.sha1(file.content, usedforsecurity=False).hexdigest(), file)
        fresh = {digest: file for digest, file in distinct.items() if digest not in known}
        values = [
            {
                "name": storable(file.name, 200),
                "raw": file.content,
                "mimetype": self.channel_id._safe_mimetype(file.kind),
                "res_model": self._name,
                "res_id": self.id,
            }
            for file in fresh.values()
        ]
        known |= dict(zip(fresh, attachments.create(values), strict=True))
        self._keep({"file_ids": [(6, 0, [known[digest].id for digest in distinct])]})
