import uuid

from odoo import api, fields, models

from ..exceptions import QuickOrderError
from .paper_quick_paper import PAPER_FIELDS

# What the next paper of an order has in common with the one before, where it is not told otherwise.
KEPT = ("product_id", "format", "unit", "commitment_date", "partner_shipping_id", "tolerance_minus", "tolerance_plus")


class PaperQuickOrder(models.TransientModel):
    """An order as a customer says it, on the telephone or across the table: the paper first, what it weighs and costs
    at once, one paper after the other, then who wants it, when, where. Each paper becomes an arrival like every other,
    and an item of one order at once. So the orders of a mail are taken that says them in words, or of a scan: each of
    their papers is an arrival that came with it.
    """

    _name = "paper.quick.order"
    _description = "Order by Phone or Visit"
    _inherit = "paper.quick.paper"

    channel_id = fields.Many2one(
        "paper.intake.channel",
        required=True,
        domain=[("kind", "in", ("phone", "visit"))],
        default=lambda self: self._default_channel(),
    )
    company_id = fields.Many2one(related="channel_id.company_id")
    order_type = fields.Selection(
        lambda self: self.env["sale.order"]._fields["paper_order_type"]._description_selection(self.env),
        compute="_compute_order_type",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
    )
    item_ids = fields.One2many("paper.quick.order.item", "order_id", string="Papers Noted")
    item_count = fields.Integer(compute="_compute_totals")
    total_weight = fields.Float(string="Weight of All Papers (kg)", compute="_compute_totals", digits=(16, 3))
    total_amount = fields.Monetary(string="Amount of All Papers", compute="_compute_totals")
    payment_term_id = fields.Many2one("account.payment.term", string="Payment Terms")
    incoterm = fields.Many2one("account.incoterms", string="Incoterm")
    number = fields.Char(string="Customer's No.")
    words = fields.Text(string="In the Customer's Words", help="Kept with the arrival as it was said.")
    message_id = fields.Many2one("paper.intake.message", string="Arrival", readonly=True)
    arrived_words = fields.Text(related="message_id.raw", related_sudo=False, string="As It Came")
    arrived_file_ids = fields.Many2many(related="message_id.shown_file_ids", related_sudo=False, string="Further Files")

    @api.model
    def _default_channel(self):
        channels = self.env["paper.intake.channel"]
        return channels.search([("kind", "=", "phone"), ("company_id", "=", self.env.company.id)], limit=1)

    @api.depends("channel_id")
    def _compute_order_type(self):
        for wizard in self:
            wizard.order_type = wizard.channel_id.order_type or "standard"

    @api.depends("item_ids.weight_kg", "item_ids.amount", "weight_kg", "amount")
    def _compute_totals(self):
        for wizard in self:
            wizard.item_count = len(wizard.item_ids)
            wizard.total_weight = sum(wizard.item_ids.mapped("weight_kg")) + wizard.weight_kg
            wizard.total_amount = sum(wizard.item_ids.mapped("amount")) + wizard.amount

    @api.onchange("partner_id")
    def _onchange_partner(self):
        partner = self.partner_id.with_company(self.company_id)
        self.partner_shipping_id = partner and partner.address_get(["delivery"])["delivery"]
        self.payment_term_id = partner.property_payment_term_id or self.payment_term_id

    @api.onchange("format")
    def _onchange_format(self):
        wrong = {"reel": ("sheet", "ream"), "sheet": ("reel", "m")}[self.format or "reel"]
        if self.unit in wrong:
            self.unit = "t"

    # Steps

    def action_next_paper(self):
        """Note this paper and offer an empty form for the customer's next one, which becomes an item of the same order.

        :raises QuickOrderError: the figures contradict each other, or the quantity cannot be counted so
        """
        self.ensure_one()
        self._check_channel()
        self._check_told()
        if not self._is_told():
            raise QuickOrderError(self.env._("Nothing is told of this paper yet."))
        noted = self.spec_text
        self.env["paper.quick.order.item"].create({"order_id": self.id, **self._paper_told()})
        self.write({name: value for name, value in self._blank_paper().items() if name not in KEPT})
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("Noted, %(count)s papers now: %(spec)s", count=len(self.item_ids), spec=noted),
                "next": self._open_self(),
            },
        }

    def _blank_paper(self):
        """Return the fields of a paper of which nothing is told."""
        blank = dict.fromkeys(PAPER_FIELDS, False)
        return {**blank, **self.default_get(list(PAPER_FIELDS))}

    def _open_self(self):
        action = self.env["ir.actions.act_window"]._for_xml_id("paper_order_intake.action_paper_quick_order")
        return {**action, "res_id": self.id}

    def action_save(self):
        """Store the arrivals and make one order of them (R3.1.1).

        :return: action on the order, or on the arrivals where one of them has to wait
        :raises QuickOrderError: the figures contradict each other, or the quantity cannot be counted so
        """
        messages = self._take_in()
        orders = messages.order_id
        done = len(orders) == 1 and all(message.order_id for message in messages)
        return (orders if done else messages)._get_records_action(name=self.env._("Order"))

    def action_discard(self):
        """Forget the papers that were noted; the dialog asks before."""
        self.ensure_one()
        self.unlink()
        return {"type": "ir.actions.act_window_close"}

    def _papers(self):
        """Return what is ordered: the papers noted, and the one in the form if anything is told of it."""
        self.ensure_one()
        return [*self.item_ids, *([self] if self._is_told() or not self.item_ids else [])]

    def _take_in(self):
        """Hand the order in by its channel's door; return the arrivals of its papers."""
        self.ensure_one()
        self.env["paper.intake.message"].check_access("create")
        self._check_channel()
        if not self.partner_id:
            raise QuickOrderError(self.env._("Choose the customer whose order this is."))
        papers = self._papers()
        for paper in papers:
            paper._check_told()
        if self.message_id:
            # In the same transaction as what is stored of it.
            self.message_id.filtered(lambda message: message.state != "split")._take_step("split")
            self.message_id.partner_id = self.message_id.partner_id or self.partner_id
        return self.channel_id._receive(self._prepare_arrivals(papers))

    def _check_channel(self):
        """Refuse a channel that no person takes orders by, except for what came with an arrival of it."""
        if self.message_id:
            self.message_id.check_access("write")
            self.message_id._check_can_take_orders()
            if self.channel_id != self.message_id.channel_id:
                raise QuickOrderError(self.env._("What came with an arrival came by its channel."))
        elif self.channel_id.kind not in ("phone", "visit"):
            raise QuickOrderError(self.env._("Orders are taken here by phone and at visits only."))

    def _prepare_arrivals(self, papers):
        """Return what is handed to the channel; see its ``_receive``. Several papers come with what was said as a whole."""
        reference, alone = f"{self.channel_id.kind}:{uuid.uuid4()}", len(papers) == 1
        whole = self._whole(reference, papers)
        arrivals = []
        for place, paper in enumerate(papers, start=1 + len(whole.child_ids)):
            raw, values = paper._raw_paper(), self._prepare_values(paper)
            if alone:
                raw = [*filter(None, [self.words]), *raw, *self._raw_head()]
            if whole:
                values |= {"parent_id": whole.id, "received_on": whole.received_on, "line_no": place}
                reference = f"{whole.external_ref}#{uuid.uuid4()}"
            arrivals.append({"external_ref": reference, "raw": "\n".join(raw), "values": values})
        return arrivals

    def _whole(self, reference, papers):
        """Return the arrival that the papers come with: what was said of several, stored in the same transaction as they
        are, or what they were taken from. One paper alone comes with none."""
        if self.message_id or len(papers) == 1:
            return self.message_id
        raw = "\n".join(filter(None, [self.words, *self._raw_head(), *(f"· {paper.spec_text}" for paper in papers)]))
        common = {"handler_id": self.env.uid, "partner_id": self.partner_id.id, "number": self.number}
        # sudo: the program moves what it stores by its steps
        whole = self.channel_id._store_arrivals([{"external_ref": reference, "raw": raw, "values": common}]).sudo()
        whole._keep({"pending": False})
        whole._take_step("split")
        return whole

    def _prepare_values(self, paper):
        """Return the fields of the arrival of one paper."""
        values = paper._prepare_paper_values()
        values["details"]["order"] |= {"incoterm": self.incoterm.id, "paper_order_type": self.order_type}
        return {
            **values,
            "handler_id": self.env.uid,
            "partner_id": self.partner_id.id,
            "number": self.number,
            "payment_term_id": self.payment_term_id.id,
        }

    def _raw_head(self):
        """Return what was said of the order as a whole, in the words of the form: what the arrival keeps."""
        names = ("partner_id", "payment_term_id", "incoterm", "number")
        return self._said(names if self.order_type == "standard" else (*names, "order_type"))
