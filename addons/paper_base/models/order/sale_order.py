from odoo import api, fields, models

from ...exceptions import ChangeBlockedError, OverrideRefusedError
from ..department.reading import changed_by_sales, computing_records, is_department_reader, unreadable_lists
from ..steps.permit import lines_by_step

# Stored fields of lines from which lists of orders work out weight, paper, lateness and how far it is.
LISTED = (
    "company_id",
    "paper_weight_kg",
    "paper_spec_id",
    "display_type",
    "paper_commitment_date",
    "paper_made_kg",
    "paper_shipped_kg",
)


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "paper.agreed.mixin"]
    _paper_plausible = ("commitment_date", "date_order", "validity_date")

    locked = fields.Boolean(by_steps=True)
    state = fields.Selection(by_steps=True)
    paper_internal_note = fields.Text(
        string="Internal Note",
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="For the mill alone: it is printed nowhere, no term of the order, and can be written at any time.",
    )
    is_paper_order = fields.Boolean(
        string="Paper Order",
        compute="_compute_is_paper_order",
        store=True,
        index=True,
        help="Holds paper, so the paper order regulation applies (R2).",
    )
    paper_weight_kg = fields.Float(string="Weight (kg)", digits=(16, 3), compute="_compute_paper_weight_kg")
    paper_spec_summary = fields.Char(string="Specifications", compute="_compute_paper_weight_kg", groups="base.group_user")

    @api.depends("order_line.is_paper")
    def _compute_is_paper_order(self):
        for order in self:
            order.is_paper_order = any(line.is_paper for line in order.order_line)

    @api.depends("order_line.paper_weight_kg", "order_line.paper_spec_id")
    @api.depends_context("lang")
    def _compute_paper_weight_kg(self):
        self._fetch_listed_lines()
        for order in self:
            order.paper_weight_kg = sum(order.order_line.mapped("paper_weight_kg"))
            order.paper_spec_summary = "; ".join(spec.display_name for spec in order.order_line.paper_spec_id)

    def _fetch_listed_lines(self):
        """Read of the orders' lines at once what lists of orders are worked out from, and none of their other hundred columns."""
        self.order_line.fetch(LISTED)

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._with_own_customer(self._without_conclusions(vals)) for vals in vals_list]
        try:
            orders = super().create(vals_list)
        except ChangeBlockedError as error:  # the lines of an order that is created confirmed
            found = error.blockers
            raise self._blocked_error("confirm", found) from error
        if not self._is_loading() and not self._is_permitted("state"):
            moved = orders.filtered(lambda order: order.is_paper_order and order.state != "draft")
            if moved:
                moved._refuse_hand(["state"])
        orders._lock_agreed_specs()
        orders._standing_changed()
        return orders

    @api.model
    def _without_conclusions(self, vals):
        """Return ``vals`` without what an order's lines alone decide: whoever could write that an order is no paper
        order would take it past every blocker.
        """
        return {name: value for name, value in vals.items() if name != "is_paper_order"}

    def write(self, vals):
        vals = self._without_conclusions(vals)
        if vals.get("state") == "sale" and not self._is_hand_allowed("state", None):
            # What stands in the way of the step is told to who writes past it as well.
            self.filtered(lambda order: order.is_paper_order and order.state != "sale")._check_blockers("confirm")
        fixed = self.browse() if self._is_step() else self._paper_orders_confirmed()._changing_fixed(vals)
        if fixed:
            fixed.check_access("write")
            fixed._check_confirmed_change()
        result = super().write(vals)
        if vals.get("state") == "sale":
            self._lock_agreed_specs()
        ended = self._told_until_settled() if vals.get("state") in ("sale", "cancel") else ()
        if ended:
            self.env["res.company"]._paper_told(self, ended)
        if vals.get("state") == "cancel":
            self._paper_weight_changed()
        elif "state" in vals or not self._paper_live_fields().isdisjoint(vals):
            self._paper_status_changed()
        else:
            self._standing_changed()
        return result

    # Its status is moved by its steps: a hand that wrote it would leave out what follows from them

    @api.model
    def _hand_groups(self, name, record):
        if name != "state":
            return super()._hand_groups(name, record)
        # An order of other goods is Odoo's; whether a new one is of paper is known when it has its lines, see create.
        return () if record and not record.is_paper_order else None

    @api.model
    def _checked_for_creation(self, vals):
        kept = super()._checked_for_creation({name: value for name, value in vals.items() if name != "state"})
        return {**kept, "state": vals["state"]} if "state" in vals else kept

    def action_draft(self):
        return super(SaleOrder, self._by_step("state")).action_draft()

    def action_quotation_sent(self):
        return super(SaleOrder, self._by_step("state")).action_quotation_sent()

    def message_post(self, **kwargs):
        if not self.env.context.get("mark_so_as_sent"):
            return super().message_post(**kwargs)
        return super(SaleOrder, self._by_step("state")).message_post(**kwargs).with_env(self.env)

    @api.model
    def _paper_live_fields(self):
        """Return the names of own fields that a milestone or a blocker speaks of: whoever has the order open sees it move
        when one is written. Override to add; name them in the ``api.depends`` of ``_compute_paper_timeline`` as well.
        """
        return frozenset()

    def _paper_orders_confirmed(self):
        return self.filtered(lambda order: order.state == "sale" and order.is_paper_order)

    def action_lock(self):
        self.check_access("write")
        return super(SaleOrder, self._by_step()).action_lock()

    def action_unlock(self):
        self.check_access("write")
        return super(SaleOrder, self._by_step()).action_unlock()

    def _open_to_items(self):
        """Return the orders that an item may still be added to without undoing what a department has judged.

        Override to leave out more.
        """
        return self.filtered(lambda order: order.state in ("draft", "sent"))

    @api.model
    def _told_until_settled(self):
        """Return what people are told of an order for until it is confirmed or cancelled. Override to add a kind."""
        return ("repeat",)  # by the customer in the portal

    @api.model
    def _told_until_submitted(self):
        """Return what people are told of an order for until it is submitted for evaluation. Override to add a kind."""
        return ()

    def _lock_agreed_specs(self):
        """Lock what confirmed orders refer to: what is confirmed is agreed (R4.1.3)."""
        confirmed = self.filtered(lambda order: order.state == "sale")
        confirmed.order_line.paper_spec_id.sudo()._lock()  # sudo: the rule locks, not the person

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_overridden(self):
        if self.sudo().paper_override_ids:  # sudo: the record stays, whoever may read it
            raise OverrideRefusedError(
                self.env._("A blocker of this order was overridden, and that stays on record. Cancel the order instead.")
            )

    # Departments read orders, and sales changes them (R4.2.2)

    def _check_access(self, operation):
        return changed_by_sales(self, operation) or super()._check_access(operation)

    def copy(self, default=None):
        # First, so that who may not is told so, and not which field is another department's.
        self.browse().check_access("create")
        return super().copy(default)

    def _is_of_paper_order(self):
        return self.is_paper_order

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        # Who only reads an order asks sales in its messages. Not by _mail_post_access, which opens its activities, too.
        if message_operation == "create" and self.env.user._is_internal():
            return dict.fromkeys(self, "read")
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        if is_department_reader(self.env) and partner_ids and self.has_access("read"):
            # sudo: who gives a colleague something to do about an order that he only reads changes nothing of it
            people = self.env["res.users"].sudo().search([("partner_id", "in", partner_ids), ("share", "=", False)])
            if set(partner_ids) <= set(people.partner_id.ids):
                return super(SaleOrder, self.sudo()).message_subscribe(partner_ids, subtype_ids)
        return super().message_subscribe(partner_ids, subtype_ids)

    def _compute_field_value(self, field):
        return super(SaleOrder, computing_records(self, field))._compute_field_value(field)

    def web_read(self, specification):
        hidden = unreadable_lists(self, specification)
        result = super().web_read({name: spec for name, spec in specification.items() if name not in hidden})
        return [{**values, **{name: [] for name in hidden}} for values in result]

    # The gates of confirmation: whatever the path, the same blockers.

    def action_confirm(self):
        self._check_blockers("confirm")
        told = self.filtered(lambda order: order._is_agreed_by_confirmation())
        # The confirmation is the agreement, so the customer gets it (R4.2.2).
        parts = [orders for orders in (self - told, told.with_context(send_email=True)) if orders] or [self]
        answers = [super(SaleOrder, orders._by_step("state")).action_confirm() for orders in parts]
        # What is to be opened next, where an addon says so.
        return next((answer for answer in answers if answer is not True), True)

    # Cancelling: what speaks against it is said before Odoo cancels anything and meets records that sales may not read.

    def action_cancel(self):
        self.check_access("write")
        self._check_blockers("cancel")
        # sudo: deliveries go with their order, and whoever buys or makes for it is told: these are other departments'
        return super(SaleOrder, self.sudo()).action_cancel()

    def _action_cancel(self):
        self._check_blockers("cancel")
        return super(SaleOrder, self._by_step("state"))._action_cancel()

    def _confirmation_error_message(self):
        message = super()._confirmation_error_message()
        if message:
            return message
        # sudo: the rule is the same whatever the user may read
        found = self.sudo()._get_open_blockers("confirm")[self.sudo()]
        return self._blocked_message("confirm", {self: found}) if found else False

    # Not on is_paper_order: it is computed anew long after the confirmation, when other rules hold.
    @api.constrains("state")
    def _check_confirm_blockers(self):
        self.filtered(lambda order: order.state == "sale")._check_blockers("confirm")

    def _force_lines_to_invoice_policy_order(self):
        # Whoever pays at once is sent his invoice of paper with the goods, too: nobody knows their weight before.
        orders = self.filtered(lambda order: not order.is_paper_order)
        return super(SaleOrder, lines_by_step(orders))._force_lines_to_invoice_policy_order()

    # Down payments: Odoo's own steps make their lines, and nobody by hand.

    def _create_down_payment_section_line_if_needed(self):
        return super(SaleOrder, lines_by_step(self))._create_down_payment_section_line_if_needed()

    def _create_down_payment_lines_from_base_lines(self, down_payment_base_lines):
        lines = super(SaleOrder, lines_by_step(self))._create_down_payment_lines_from_base_lines(down_payment_base_lines)
        return lines.with_env(self.env)

    def _nothing_to_invoice_error_message(self):
        if self and all(order.is_paper_order for order in self):
            return self.env._(
                "Nothing of %(orders)s can be invoiced yet: paper is invoiced by what was weighed and delivered. Deliver "
                "it first.",
                orders=", ".join(self.mapped("name")),
            )
        return super()._nothing_to_invoice_error_message()

    def _has_to_be_signed(self):
        return super()._has_to_be_signed() and not self._is_blocked("confirm")

    def _has_to_be_paid(self):
        return super()._has_to_be_paid() and not self._is_blocked("confirm")

    def _is_confirmation_amount_reached(self):
        # A payment that arrives early must not confirm; it stays as a credit of the order.
        return super()._is_confirmation_amount_reached() and not self._is_blocked("confirm")
