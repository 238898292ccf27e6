from odoo import Command, api, fields, models
from odoo.addons.paper_base.models.order_type.sale_order import IN_DRAFT
from odoo.addons.paper_base.models.steps.locking import pass_in_turn
from odoo.tools.misc import formatLang

from ...exceptions import CallOffError


class SaleOrder(models.Model):
    """A framework contract and the orders that are called off from it (R2, R4.1.1).

    The framework is an order whose contract agrees on grades, total quantity, price and period; nothing is made of it. A
    call-off names it, and takes of its quantity when it is confirmed.
    """

    _inherit = "sale.order"

    paper_valid_from = fields.Date(string="Valid from", by_hand=IN_DRAFT)
    paper_valid_to = fields.Date(string="Valid until", by_hand=IN_DRAFT)
    paper_framework_id = fields.Many2one(
        "sale.order",
        string="Framework",
        domain="[('paper_order_type', '=', 'framework'), ('state', '=', 'sale'), ('company_id', '=', company_id), "
        "('partner_id', 'child_of', partner_id)]",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        by_hand=IN_DRAFT,
        help="The order whose framework contract this is called off from.",
    )
    paper_call_off_ids = fields.One2many("sale.order", "paper_framework_id", string="Call-Offs", readonly=True)
    paper_call_off_count = fields.Integer(compute="_compute_paper_called", compute_sudo=True, groups="base.group_user")
    # One confirmation of a framework at a time: see _claim_frameworks.
    paper_claim_count = fields.Integer(by_steps=True, groups="base.group_user")
    paper_called_kg = fields.Float(
        string="Called off (kg)", digits=(16, 3), compute="_compute_paper_called", compute_sudo=True, groups="base.group_user"
    )
    paper_asked_kg = fields.Float(
        string="Asked for, Not Confirmed (kg)",
        digits=(16, 3),
        compute="_compute_paper_called",
        compute_sudo=True,
        groups="base.group_user",
    )
    paper_remaining_kg = fields.Float(
        string="Left to Call off (kg)",
        digits=(16, 3),
        compute="_compute_paper_called",
        compute_sudo=True,
        groups="base.group_user",
    )
    can_call_off = fields.Boolean(compute="_compute_can_call_off", groups="base.group_user")

    @api.depends(
        "paper_call_off_ids.state", "paper_call_off_ids.order_line.paper_weight_kg", "paper_framework_id", "order_line"
    )
    def _compute_paper_called(self):
        for order in self:
            framework = order if order._paper_type_rule("called_off_from") else order.paper_framework_id
            live = framework.paper_call_off_ids.filtered(lambda rec: rec.state != "cancel")
            confirmed = live.filtered(lambda rec: rec.state == "sale")
            order.paper_call_off_count = len(live)
            order.paper_called_kg = sum(confirmed.mapped("paper_weight_kg"))
            order.paper_asked_kg = sum((live - confirmed).mapped("paper_weight_kg"))
            order.paper_remaining_kg = framework.paper_weight_kg - order.paper_called_kg

    @api.depends("paper_order_type", "state")
    @api.depends_context("uid")
    def _compute_can_call_off(self):
        sells = self.env.user.has_group("paper_base.group_sales")
        for order in self:
            order.can_call_off = sells and order._paper_type_rule("called_off_from") and order._is_framework_in_force()

    def _is_framework_in_force(self):
        self.ensure_one()
        contract = self.sudo()._open_contract()  # sudo: the rule is the same whatever the user may read
        return self.state == "sale" and contract.state == "in_force"

    @api.model
    def _paper_type_fields(self):
        return super()._paper_type_fields() | {"paper_framework_id", "paper_valid_from", "paper_valid_to"}

    @api.constrains("paper_valid_from", "paper_valid_to")
    def _check_paper_valid(self):
        for order in self:
            if order.paper_valid_from and order.paper_valid_to and order.paper_valid_from > order.paper_valid_to:
                raise CallOffError(self.env._("%(order)s: a framework contract cannot end before it begins.", order=order.name))

    @api.constrains("paper_framework_id", "paper_order_type", "partner_id", "company_id")
    def _check_paper_framework(self):
        for order in self.filtered("paper_framework_id"):
            # sudo: the rule is the same whatever the user may read
            problem = order.sudo()._wrong_framework()
            if problem:
                raise CallOffError(problem)

    def _wrong_framework(self):
        """Return why the named framework can never be this order's, "" if it can."""
        self.ensure_one()
        framework, _ = self.paper_framework_id, self.env._
        if self._paper_type_rule("contract") != "framework":
            return _("%(order)s is no call-off: it cannot be called off from a framework contract.", order=self.name)
        if not framework._paper_type_rule("called_off_from"):
            return _("%(framework)s is no framework contract.", framework=framework.name)
        if framework.company_id != self.company_id:
            return _("The framework contract %(framework)s is another company's.", framework=framework.name)
        if framework.partner_id.commercial_partner_id != self.partner_id.commercial_partner_id:
            return _("The framework contract %(framework)s is another customer's.", framework=framework.name)
        return ""

    @api.onchange("paper_order_type")
    def _onchange_framework_of_type(self):
        if self._paper_type_rule("contract") != "framework":
            self.paper_framework_id = False

    @api.onchange("paper_framework_id")
    def _onchange_paper_framework(self):
        framework = self.paper_framework_id
        if framework and self.partner_id.commercial_partner_id != framework.partner_id.commercial_partner_id:
            self.partner_id = framework.partner_id

    def _add_call_off_blockers(self, blockers, step):
        """Add what keeps a framework from being evaluated, and a call-off from being evaluated or confirmed."""
        for order in self.filtered("is_paper_order"):
            if order._paper_type_rule("contract") == "framework":
                blockers[order] += order.sudo()._call_off_blockers()  # sudo: see _check_paper_framework
            elif step == "evaluate" and order._paper_type_rule("called_off_from"):
                blockers[order] += order._framework_blockers()

    def _framework_blockers(self):
        """List what a framework lacks before it is evaluated: its period."""
        self.ensure_one()
        if self.paper_valid_from and self.paper_valid_to:
            return []
        text = self.env._("Say from when until when the framework contract is valid.")
        return [self._paper_blocker("framework_period", text, self._open_order_action(), role=None)]

    def _call_off_blockers(self):
        """List why the order cannot be called off from its framework."""
        self.ensure_one()
        way = self.env["paper.way.out"]
        framework, order_action = self.paper_framework_id, self._open_order_action()
        if not framework:
            text = self.env._("Name the framework contract that this is called off from.")
            return [self._paper_blocker("framework_missing", text, order_action, role=None)]
        if not framework._is_framework_in_force():
            text = self.env._("The framework contract %(name)s is not in force.", name=framework.name)
            return [self._paper_blocker("framework_not_in_force", text, way._open(framework), role=None)]
        found = []
        if not framework._is_valid_on(self._called_on()):
            text = self.env._(
                "The framework contract %(name)s is valid from %(begin)s until %(end)s, not on %(day)s.",
                name=framework.name,
                begin=self.company_id._paper_date(framework.paper_valid_from),
                end=self.company_id._paper_date(framework.paper_valid_to),
                day=self.company_id._paper_date(self._called_on()),
            )
            found.append(self._paper_blocker("framework_expired", text, way._open(framework)))
        outside = [text for line in self.order_line if line.is_paper for text in line._outside_framework()]
        if framework.currency_id != self.currency_id:
            outside.append(self.env._("The framework contract is in %(currency)s.", currency=framework.currency_id.name))
        if outside:
            found.append(self._paper_blocker("outside_framework", "\n".join(outside), order_action, role=None))
        else:
            found += self._over_framework_blockers()
        return found

    def _called_on(self):
        """Return the day on which the order is called off: today until it is confirmed."""
        self.ensure_one()
        return self.company_id._paper_day(self.date_order) if self.state == "sale" else self.company_id._paper_today()

    def _is_valid_on(self, day):
        self.ensure_one()
        return bool(self.paper_valid_from and self.paper_valid_to and self.paper_valid_from <= day <= self.paper_valid_to)

    def _over_framework_blockers(self):
        """List the lines of the framework of which more would be called off than is left."""
        self.ensure_one()
        wanted = {}
        for line in self.order_line.filtered("is_paper"):
            agreed = line._framework_line()
            wanted[agreed] = wanted.get(agreed, 0.0) + line.paper_weight_kg
        texts = []
        for agreed, weight in wanted.items():
            left = agreed.paper_weight_kg - agreed._called_kg(without=self)
            if weight > left + 0.001:
                texts.append(
                    self.env._(
                        "%(paper)s: %(weight)s kg are called off, %(left)s kg are left of the %(agreed)s kg of %(framework)s.",
                        paper=agreed.paper_spec_id.display_name,
                        weight=formatLang(self.env, weight, digits=0),
                        left=formatLang(self.env, max(left, 0.0), digits=0),
                        agreed=formatLang(self.env, agreed.paper_weight_kg, digits=0),
                        framework=self.paper_framework_id.name,
                    )
                )
        if not texts:
            return []
        return [self._paper_blocker("over_framework", "\n".join(texts), self._open_order_action(), role=None)]

    def _claim_frameworks(self, of_confirmed=False):
        """Let one confirmation of a framework at a time pass."""
        # sudo: the framework is counted, whoever confirms a call-off
        frameworks = self.filtered(lambda order: of_confirmed or order.state != "sale").sudo().paper_framework_id
        pass_in_turn(frameworks, "paper_claim_count")

    def _framework_terms(self):
        """Return what a contract fixes of a framework besides what it fixes of every order."""
        self.ensure_one()
        if not self._paper_type_rule("called_off_from"):
            return {}
        return {"valid": [fields.Date.to_string(self.paper_valid_from), fields.Date.to_string(self.paper_valid_to)]}

    # Buttons

    def action_call_off(self):
        """Make a call-off of the framework, with its papers and prices and without quantities, and open it.

        :raises CallOffError: unless the framework contract is in force
        """
        self.ensure_one()
        if not self.can_call_off:
            raise CallOffError(self.env._("%(order)s is no framework contract in force.", order=self.name))
        order = self.create(
            {
                "paper_order_type": "call_off",
                "paper_framework_id": self.id,
                "partner_id": self.partner_id.id,
                "partner_shipping_id": self.partner_shipping_id.id,
                "partner_invoice_id": self.partner_invoice_id.id,
                "company_id": self.company_id.id,
                "pricelist_id": self.pricelist_id.id,
                "payment_term_id": self.payment_term_id.id,
                "user_id": self.env.uid,
                "order_line": [
                    Command.create(line._prepare_call_off_line()) for line in self.order_line if line.is_paper
                ],
            }
        )
        return order._get_records_action(name=self.env._("Call-Off"))

    def action_view_call_offs(self):
        """Open the call-offs of the framework."""
        self.ensure_one()
        return self.paper_call_off_ids._get_records_action(name=self.env._("Call-Offs"))

    def action_open_framework(self):
        """Open the framework that the order is called off from."""
        self.ensure_one()
        return self.paper_framework_id._get_records_action(name=self.env._("Framework Contract"))
