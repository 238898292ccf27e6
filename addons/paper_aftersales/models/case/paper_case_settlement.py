from odoo import Command, api, fields, models
from odoo.addons.paper_base.models.steps.locking import lock_or_tell
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.tools import float_compare

from ...exceptions import SettlementAmountError, SettlementError, TicketClosedError

KINDS = [
    ("credit", "Credit Note by Roll"),
    ("price_cut", "Price Reduction"),
    ("replacement", "Replacement Order"),
    ("return", "Return into Quarantine"),
    ("damages", "Compensation"),
]
SALES = ("paper_base.group_sales", "paper_base.group_management")
FINANCE = ("paper_base.group_finance", "account.group_account_invoice", "paper_base.group_management")
MONEY = ("credit", "price_cut", "damages")
DRAFT = {"new": SALES, "draft": SALES}


class PaperCaseSettlement(models.Model):
    """How a decision is carried out with the customer (R7.1.2): a credit note by roll, a price cut, a replacement order, a return
    into quarantine. Linked to what was invoiced and capped by it and by the decision; the customer agrees by a link of his own.
    """

    _name = "paper.case.settlement"
    _description = "Settlement of a Complaint"
    _inherit = ["mail.thread", "paper.step.mixin", "paper.link.mixin"]
    _order = "id"
    _check_company_auto = True
    _steps = {
        "draft": {"offered": SALES, "done": SALES, "cancelled": SALES},
        "offered": {"agreed": SALES, "declined": SALES, "cancelled": SALES},
        "agreed": {"done": SALES, "cancelled": SALES},
        "declined": {"draft": SALES, "cancelled": SALES},
        "done": {},
        "cancelled": {},
    }
    _step_verbs = {"offer": "offered", "cancel": "cancelled"}
    _acts = {"settle": (("draft", "agreed"), SALES)}
    _entering = {"offered": Entering(then="_send_offer")}
    _evidence_states = ("offered", "agreed", "declined", "done")
    _state_error = SettlementError
    _right_error = SettlementError
    _field_error = SettlementError
    _locked_error = TicketClosedError

    decision_id = fields.Many2one("paper.case.decision", required=True, ondelete="restrict", index=True, by_hand={"new": SALES})
    ticket_id = fields.Many2one(related="decision_id.ticket_id", store=True, index=True)
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(KINDS, required=True, default="credit", by_hand=DRAFT)
    claim_roll_ids = fields.Many2many("paper.claim.roll", string="Rolls", by_hand=DRAFT)
    kg = fields.Float(string="kg", digits=(16, 1), compute="_compute_kg", store=True)
    amount = fields.Monetary(by_hand=DRAFT, help="In the company's currency, without tax.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("offered", "Offered"),
            ("agreed", "Customer Agrees"),
            ("declined", "Customer Declines"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        by_steps=True,
        tracking=True,
    )
    agreed_on = fields.Datetime(by_steps=True)
    agreed_by = fields.Char(string="Agreed by", by_steps=True)
    invoice_id = fields.Many2one(
        "account.move", string="Invoice", index="btree_not_null", ondelete="restrict", check_company=True, by_hand=DRAFT,
        domain="[('move_type', '=', 'out_invoice'), ('state', '=', 'posted')]", help="The posted invoice of the claimed goods.",
    )  # fmt: skip
    refund_id = fields.Many2one("account.move", string="Credit Note", index="btree_not_null", ondelete="restrict", by_steps=True)
    order_id = fields.Many2one(
        "sale.order", string="Replacement Order", index="btree_not_null", ondelete="restrict", by_steps=True
    )
    picking_id = fields.Many2one("stock.picking", string="Return", index="btree_not_null", ondelete="restrict", by_steps=True)
    can_offer = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")
    can_settle = fields.Boolean(compute="_compute_can_steps")

    _amount_positive = models.Constraint("CHECK(amount >= 0)", "A settlement cannot be negative.")

    @api.depends("claim_roll_ids.kg", "claim_roll_ids.accepted_kg")
    def _compute_kg(self):
        for rec in self:
            rec.kg = sum(roll.accepted_kg or roll.kg for roll in rec.claim_roll_ids)

    @api.depends("ticket_id", "kind")
    @api.depends_context("lang")
    def _compute_display_name(self):
        names = dict(self._fields["kind"]._description_selection(self.env))
        for rec in self:
            rec.display_name = f"{rec.ticket_id.number}: {names.get(rec.kind, '')}"

    @api.model_create_multi
    def create(self, vals_list):
        made = super().create(vals_list)
        made.ticket_id._check_case_open()
        return made

    # Caps

    @api.constrains("amount", "decision_id", "claim_roll_ids", "kind", "state")
    def _check_within(self):
        """Refuse settlements beyond the decision, beyond what was invoiced, or for rolls of another complaint (R7.1.2).

        :raises SettlementAmountError, SettlementError:
        """
        # sudo: the rule is the same whoever writes it
        for rec in self.sudo().filtered(lambda own: own.state != "cancelled"):
            decision, currency = rec.decision_id, rec.currency_id
            if rec.claim_roll_ids.ticket_id - rec.ticket_id:
                raise SettlementError(
                    self.env._("A roll of another complaint cannot be settled in %(case)s.", case=rec.display_name)
                )
            if currency.compare_amounts(decision.settled, decision.limit) > 0:
                raise SettlementAmountError(
                    self.env._(
                        "%(case)s: %(sum)s would be settled, but the decision allows %(limit)s.",
                        case=rec.display_name,
                        sum=f"{decision.settled:,.2f}",
                        limit=f"{decision.limit:,.2f}",
                    )
                )
            if rec.kind in MONEY and rec.invoice_id:
                rec._check_invoice()

    def _check_invoice(self):
        """Refuse more credit on an invoice than was invoiced, credit notes made otherwise included."""
        invoice = self.invoice_id
        customer = self.ticket_id.commercial_partner_id
        if invoice.commercial_partner_id != customer or invoice.move_type != "out_invoice" or invoice.state != "posted":
            raise SettlementError(
                self.env._(
                    "%(invoice)s is no posted invoice of %(customer)s.", invoice=invoice.name, customer=customer.display_name
                )
            )
        open_ones = self.search(
            [("invoice_id", "=", invoice.id), ("state", "not in", ("cancelled", "declined", "done")), ("kind", "in", MONEY)]
        )
        refunds = invoice.reversal_move_ids.filtered(lambda move: move.state != "cancel")
        credited = -sum(refunds.mapped("amount_untaxed_signed")) + sum(open_ones.mapped("amount"))
        invoiced = invoice.amount_untaxed_signed
        if self.currency_id.compare_amounts(credited, invoiced) > 0:
            raise SettlementAmountError(
                self.env._(
                    "%(invoice)s: %(credited)s would be credited of %(invoiced)s invoiced.",
                    invoice=invoice.name,
                    credited=f"{credited:,.2f}",
                    invoiced=f"{invoiced:,.2f}",
                )
            )

    # The customer's agreement

    def action_offer(self):
        """Offer the settlement to the customer, who agrees or declines by a link of his own."""
        self.ticket_id._check_case_open()
        return self._take_step("offered")

    def _send_offer(self):
        for rec in self:
            # sudo: the customer is written to whoever offers
            own = rec.sudo()
            customer = own.ticket_id.partner_id
            url = f"{rec.get_base_url()}/my/settlement/{own._link_issue('agree', partner=customer)}"
            own.ticket_id._tell_step("proposal", own._offer_text(), link=url)

    def _offer_text(self):
        """Return what is offered, in the customer's language."""
        self.ensure_one()
        own = self.with_context(lang=self.ticket_id._customer_lang())
        names = dict(own._fields["kind"]._description_selection(own.env))
        words = [names[own.kind]]
        if own.amount:
            words.append(f"{own.amount:,.2f} {own.currency_id.name}")
        if own.kg:
            words.append(f"{own.kg:,.0f} kg")
        return f"{own.decision_id.text}\n{' · '.join(words)}"

    def _answer_offer(self, agreed, name):
        """Record what the customer answers by his link; once.

        :param agreed: whether he agrees
        :param name: who answers
        :raises SettlementError: if it was answered or withdrawn meanwhile
        """
        self.ensure_one()
        lock_or_tell(self)
        self._follow_to("agreed" if agreed else "declined", agreed_on=fields.Datetime.now(), agreed_by=name[:200])
        self._link_revoke("agree")
        ticket = self.ticket_id

        def words(own):
            if agreed:
                return own.env._("The customer agrees to the settlement: carry it out")
            return own.env._("The customer declines the settlement: talk to him")

        ticket._clock_company()._paper_tell((ticket.user_id, SALES[0]), ticket, words, kind=f"settlement {self.id}")

    def action_cancel(self):
        """Withdraw the settlement; its link opens no more."""
        self._take_step("cancelled")
        self._link_revoke("agree")
        return True

    # Carrying out

    def action_settle(self):
        """Make what settles it: the credit note, the replacement order or the return; what was made is linked.

        :raises SettlementError: where nothing can be made of it
        """
        self.ticket_id._check_case_open()
        self._check_act("settle")
        for rec in self:
            lock_or_tell(rec)
            values = getattr(rec, f"_settle_{'money' if rec.kind in MONEY else rec.kind}")()
            rec._take_step("done", **values)
        return self.action_view_document() if len(self) == 1 else True

    def _settle_money(self):
        """Return the draft credit note, a line a roll; finance post it."""
        invoice = self.invoice_id
        if not invoice:
            raise SettlementError(self.env._("%(case)s: which invoice is credited? Choose it first.", case=self.display_name))
        if not self.amount:
            raise SettlementError(self.env._("%(case)s: enter the amount.", case=self.display_name))
        self.sudo()._check_invoice()  # sudo: the rule is the same whoever settles
        # sudo: sales prepare the credit note that finance post
        refund = invoice.sudo()._reverse_moves([{"ref": self._refund_words(), "invoice_date": False}])
        lines = refund.invoice_line_ids.filtered(lambda line: line.display_type == "product")
        first = lines[:1]
        parts = self._refund_parts()
        rate = invoice.amount_untaxed / invoice.amount_untaxed_signed if invoice.amount_untaxed_signed else 1.0
        shared = {
            "account_id": first.account_id.id,
            "product_id": first.product_id.id,
            "tax_ids": [Command.set(first.tax_ids.ids)],
            "sale_line_ids": [Command.clear()],
        }
        made = [
            Command.create({**shared, "name": name, "quantity": 1, "price_unit": refund.currency_id.round(amount * rate)})
            for name, amount in parts
        ]
        refund.write({"invoice_line_ids": [*(Command.delete(line.id) for line in lines), *made]})
        return {"refund_id": refund.id}

    def _refund_words(self):
        return self.env._("Complaint %(number)s: %(title)s", number=self.ticket_id.number, title=self.ticket_id.name)

    def _refund_parts(self):
        """Return ``[(text, amount), …]``: the amount by roll, by kilograms; the last takes what rounding leaves."""
        rolls, currency = self.claim_roll_ids, self.currency_id
        if not rolls or not self.kg:
            return [(self._refund_words(), self.amount)]
        parts, left = [], self.amount
        for roll in rolls:
            kg = roll.accepted_kg or roll.kg
            share = left if roll == rolls[-1] else currency.round(self.amount * kg / self.kg)
            left = currency.round(left - share)
            text = self.env._(
                "%(number)s, %(roll)s: %(kg)s kg", number=self.ticket_id.number, roll=roll.lot_id.name, kg=f"{kg:.10g}"
            )
            parts.append((text, share))
        return parts

    def _settle_replacement(self):
        """Return the order that replaces the claimed goods at no price, as a draft that goes its own way."""
        order = self.ticket_id.sale_order_id
        line = self.ticket_id.sale_order_line_id or order.order_line.filtered("paper_spec_id")[:1]
        if not line:
            raise SettlementError(
                self.env._("%(case)s: which order is replaced? Enter it in the ticket.", case=self.display_name)
            )
        kg = self.kg or self.ticket_id.claimed_kg
        each = line.product_uom_id._paper_kg(1.0)
        if not kg or not each:
            raise SettlementError(self.env._("%(case)s: enter the claimed rolls or kilograms first.", case=self.display_name))
        values = {
            "partner_id": order.partner_id.id,
            "company_id": order.company_id.id,
            "user_id": order.user_id.id,
            "client_order_ref": order.client_order_ref,
            "origin": self.ticket_id.number,
            "paper_claim_id": self.ticket_id.id,
            "order_line": [
                Command.create(
                    {
                        "product_id": line.product_id.id,
                        "paper_spec_id": line.paper_spec_id.id,
                        "product_uom_id": line.product_uom_id.id,
                        "product_uom_qty": line.product_uom_id.round(kg / each),
                        "price_unit": 0.0,
                        "name": self.env._(
                            "Replacement for %(order)s, complaint %(number)s", order=order.name, number=self.ticket_id.number
                        ),
                    }
                )
            ],
        }
        # sudo: the order belongs to whose the first one is
        return {"order_id": self.env["sale.order"].sudo()._by_step("paper_claim_id").create(values).id}

    def _settle_return(self):
        """Return the transfer that brings the rolls back; where the quality addon is, into quarantine."""
        rolls = self.claim_roll_ids
        if not rolls:
            raise SettlementError(self.env._("%(case)s: choose the rolls that come back.", case=self.display_name))
        # sudo: sales announce what the warehouse takes in
        pickings = self.ticket_id.sudo()._claim_pickings()
        lots = rolls.lot_id
        lines = pickings.move_line_ids.filtered(lambda line: line.lot_id in lots)
        picking = lines.picking_id[:1]
        if not picking:
            raise SettlementError(self.env._("%(case)s: no delivery of these rolls is known.", case=self.display_name))
        context = {"active_id": picking.id, "active_model": "stock.picking"}
        # sudo: as above
        wizard = self.env["stock.return.picking"].sudo().with_context(**context).create({})
        for line in wizard.product_return_moves:
            line.quantity = sum(lines.filtered(lambda own, line=line: own.move_id == line.move_id).mapped("quantity"))
        if not any(float_compare(line.quantity, 0, 3) > 0 for line in wizard.product_return_moves):
            raise SettlementError(self.env._("%(case)s: no delivery of these rolls is known.", case=self.display_name))
        action = wizard.action_create_returns()
        return {"picking_id": action["res_id"]}

    def action_view_document(self):
        """Open what settles the complaint."""
        self.ensure_one()
        document = self.refund_id or self.order_id or self.picking_id
        return document._get_records_action() if document else False
