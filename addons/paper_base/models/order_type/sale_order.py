from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ...exceptions import OrderTypeError
from ...lib.order_types import ORDER_TYPES

SALES = "paper_base.group_sales"
# As long as the order is no more than asked for; see _paper_type_fixed_by.
IN_DRAFT = {"draft": (SALES,), "sent": (SALES,)}


class SaleOrder(models.Model):
    """The type of a paper order, chosen by sales, and what follows from it: one table, asked by all addons (R2)."""

    _name = "sale.order"
    _inherit = ["sale.order", "paper.step.mixin"]

    paper_order_type = fields.Selection(
        [
            ("standard", "Standard"),
            ("sample", "Sample"),
            ("framework", "Framework Contract"),
            ("call_off", "Call-Off"),
            ("stock", "Stock Replenishment"),
            ("toll", "Toll Manufacturing"),
        ],
        string="Order Type",
        default="standard",
        required=True,
        by_hand=IN_DRAFT,
        help="Decides which steps the order takes; fixed once it is evaluated or contracted.",
    )
    paper_type_note = fields.Char(
        string="What Differs", compute="_compute_paper_type_note", groups="base.group_user"
    )
    paper_type_fixed = fields.Boolean(compute="_compute_paper_type_fixed", groups="base.group_user")
    paper_customer_material_ids = fields.One2many(
        "paper.customer.material", "order_id", string="Customer's Pulp", copy=True, groups="base.group_user"
    )

    def _paper_type_rule(self, name):
        """Return what the order's type says about ``name``, a field of ``lib.order_types.OrderType``."""
        return getattr(ORDER_TYPES[self.paper_order_type or "standard"], name)

    def _paper_asks_credit(self):
        """Say whether the customer's credit can hold the order: not for the mill's own stock, nor for a small sample."""
        self.ensure_one()
        rule = self._paper_type_rule("credit")
        return rule == "always" or rule == "over_limit" and self._is_over_sample_limit()

    def _is_agreed_by_confirmation(self):
        """Say whether the customer's confirmation is what the order is agreed by; a contract sends its own."""
        return self.is_paper_order and self._paper_type_rule("contract") in ("confirmation", "framework")

    def _is_over_sample_limit(self):
        # sudo: the limit is the same whoever meets it
        return self.paper_weight_kg > self.company_id.sudo().paper_sample_limit_kg

    # What differs, told on the order

    @api.depends("paper_order_type", "company_id.paper_sample_limit_kg")
    @api.depends_context("lang")
    def _compute_paper_type_note(self):
        for order in self:
            order.paper_type_note = order._paper_type_sentence()

    def _paper_type_sentence(self):
        """Return one sentence on what differs from a standard order, "" for that."""
        self.ensure_one()
        _ = self.env._
        limit = formatLang(self.env, self.company_id.sudo().paper_sample_limit_kg, digits=0)  # sudo: see above
        return {
            "sample": _(
                "Sample up to %(limit)s kg: no credit review and no deposit, a short evaluation, and the confirmed order is the "
                "agreement. It is made, inspected and delivered like every order, and counted apart from sales.",
                limit=limit,
            ),
            "framework": _(
                "Framework contract: agrees on grades, total quantity, price and period. Nothing is made of it; the customer "
                "calls off from it, and each call-off is an order of its own."
            ),
            "call_off": _(
                "Call-off from a framework contract: specification and price are agreed there, so that only quantity, date, "
                "capacity and materials are evaluated, and no contract of its own is signed."
            ),
            "stock": _(
                "For the mill's own stock: no credit, no contract and no delivery. It ends when the inspected paper is in stock, "
                "and does not count as sales."
            ),
            "toll": _(
                "Made of the customer's pulp, which stays the customer's: the price is the processing fee, production begins "
                "when the pulp is there and inspected, and what is left of it is told at the end."
            ),
        }.get(self.paper_order_type, "")

    # What it must not be, and what keeps it as it was agreed

    def _get_sample_blockers(self):
        """List that a sample is heavier than a sample of this mill may be."""
        self.ensure_one()
        if self._paper_type_rule("credit") != "over_limit" or not self._is_over_sample_limit():
            return []
        text = self.env._(
            "%(weight)s kg are more than a sample: the limit is %(limit)s kg. Make it a standard order.",
            weight=formatLang(self.env, self.paper_weight_kg, digits=0),
            limit=formatLang(self.env, self.company_id.paper_sample_limit_kg, digits=0),
        )
        return [self._paper_blocker("sample_limit", text, self._open_order_action())]

    def _get_agreement_blockers(self):
        """List that an order without a contract of its own was agreed by its confirmation."""
        self.ensure_one()
        if self._paper_type_rule("contract") == "own" or self.state != "sale":
            return []
        text = self.env._(
            "%(order)s was agreed as it was confirmed: cancel it and make a new order of what is wanted now.", order=self.name
        )
        return [self._paper_blocker("confirmed_agreement", text, self._open_order_action())]

    # When it may be chosen

    def _paper_type_fixed_by(self):
        """Return why the type can no longer be changed, "" while it can. Override where something was agreed by it."""
        self.ensure_one()
        return ""

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_paper_type_fixed(self):
        for order in self:
            order.paper_type_fixed = not order._is_hand_allowed("paper_order_type", order)

    @api.model
    def _paper_type_fields(self):
        """Return the fields that are fixed together with the type. Override to add."""
        return {"paper_order_type"}

    @api.model
    def _is_hand_allowed(self, name, record):
        if not super()._is_hand_allowed(name, record):
            return False
        return not record or name not in self._paper_type_fields() or not record._paper_type_fixed_by()

    def _refused_hand_message(self, names):
        if self and self._paper_type_fields() & set(names):
            fixed = self[:1]._paper_type_fixed_by()
            if fixed:
                return fixed
        return super()._refused_hand_message(names)

    @api.constrains("paper_order_type", "partner_id", "company_id", "order_line")
    def _check_paper_order_type(self):
        for order in self:
            own = order.company_id.partner_id
            if order._paper_type_rule("own_customer") and order.partner_id.commercial_partner_id != own:
                raise OrderTypeError(
                    self.env._(
                        "%(order)s is for the mill's own stock: its customer is %(company)s itself, not %(customer)s.",
                        order=order.name,
                        company=own.name,
                        customer=order.partner_id.display_name,
                    )
                )
            if order.paper_customer_material_ids and not order._paper_type_rule("customer_material"):
                raise OrderTypeError(
                    self.env._(
                        "%(order)s names pulp of the customer: take it out before it becomes another order.", order=order.name
                    )
                )
            if order.paper_order_type != "standard" and order.order_line and not order.is_paper_order:
                raise OrderTypeError(
                    self.env._("%(order)s holds no paper: only a paper order has a type.", order=order.name)
                )

    @api.onchange("paper_order_type")
    def _onchange_paper_order_type(self):
        if self._paper_type_rule("own_customer"):
            self.partner_id = self.company_id.partner_id

    @api.model
    def _with_own_customer(self, vals):
        """Return the values of a new order, with the mill as its own customer where the type says so."""
        given = vals.get("paper_order_type") or self.env.context.get("default_paper_order_type")
        if given in ORDER_TYPES and ORDER_TYPES[given].own_customer and not vals.get("partner_id"):
            company = self.env["res.company"].browse(vals.get("company_id")) or self.env.company
            return {**vals, "partner_id": company.partner_id.id}
        return vals

    # What the customer of a toll order brings for it

    def _customer_materials(self, product):
        """Return what the customer brings of a material for the order."""
        self.ensure_one()
        if not self._paper_type_rule("customer_material"):
            return self.env["paper.customer.material"]
        return self.paper_customer_material_ids.filtered(lambda rec: rec.product_id == product)

    def _get_customer_material_blockers(self):
        """List that a toll order does not say which pulp the customer brings, and when."""
        self.ensure_one()
        if not self._paper_type_rule("customer_material"):
            return []
        action = self._open_order_action()
        if not self.paper_customer_material_ids:
            text = self.env._("Say which pulp the customer brings, and how much of it.")
            return [self._paper_blocker("customer_material_missing", text, action, role=None)]
        undated = self.paper_customer_material_ids.filtered(lambda rec: not rec.promised_date)
        if undated:
            names = ", ".join(undated.product_id.mapped("display_name"))
            text = self.env._("Ask the customer when the pulp comes: %(names)s.", names=names)
            return [self._paper_blocker("customer_material_undated", text, action, role=None)]
        return []
