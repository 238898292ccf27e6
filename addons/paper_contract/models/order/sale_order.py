from odoo import api, fields, models
from odoo.addons.paper_base.lib.lead import Lead
from odoo.addons.paper_base.lib.portal import PortalAction, PortalDocument
from odoo.addons.paper_base.models.blocker.sale_order import PERFORMANCE_STEPS

from ...exceptions import ContractInForceError
from ..draft.paper_contract import WRITERS
from ..terms.sale_order import ORDER_TERMS


class SaleOrder(models.Model):
    """A framework contract and the orders that are called off from it (R2, R4.1.1).

    The framework is an order whose contract agrees on grades, total quantity, price and period; nothing is made of it. A
    call-off names it, and takes of its quantity when it is confirmed.
    """

    _inherit = "sale.order"

    contract_ids = fields.One2many(
        "paper.contract", "order_id", string="Contracts", groups="paper_contract.group_contract_reader"
    )
    contract_id = fields.Many2one(
        "paper.contract",
        string="Contract",
        compute="_compute_contract_id",
        groups="paper_contract.group_contract_reader",
        help="The contract that is being made or in force; a cancelled one does not count.",
    )
    contract_count = fields.Integer(
        compute="_compute_contract_id", groups="paper_contract.group_contract_reader"
    )
    can_draft_contract = fields.Boolean(
        compute="_compute_can_draft_contract", groups="paper_contract.group_contract_reader"
    )

    @api.model
    def _paper_leads(self):
        return [
            *super()._paper_leads(),
            Lead("action_draft_contract", "can_draft_contract", "contract"),
            Lead("action_call_off", "can_call_off"),
        ]

    @api.depends("contract_id", "is_paper_order", "state", "paper_order_type")
    @api.depends_context("uid")
    def _compute_can_draft_contract(self):
        drafts = self.env["paper.contract"]._is_one_of(WRITERS)
        for order in self:
            # Once it is confirmed, the blocker that asks for the contract leads to it.
            offered = order.is_paper_order and not order.contract_id and order.state != "sale"
            order.can_draft_contract = drafts and offered and order._is_contract_possible()

    def _is_contract_possible(self):
        """Say whether a contract may be drafted for the order: it is not cancelled, and its type has one of its own."""
        self.ensure_one()
        return self.state in ("draft", "sent", "sale") and self._paper_type_rule("contract") == "own"

    def _no_contract_message(self):
        """Return why no contract may be drafted for the order."""
        self.ensure_one()
        texts = {
            "confirmation": self.env._("%(order)s needs no contract: the confirmed order is the agreement.", order=self.name),
            "framework": self.env._("%(order)s needs no contract of its own: it is called off from one.", order=self.name),
            "nothing": self.env._("%(order)s needs no contract: it is for the mill's own stock.", order=self.name),
        }
        cancelled = self.env._("%(order)s is cancelled: it needs no contract.", order=self.name)
        return texts.get(self._paper_type_rule("contract"), cancelled)

    def _paper_type_fixed_by(self):
        contract = self.sudo()._open_contract()  # sudo: the rule is the same whatever the user may read
        if contract:
            return self.env._(
                "%(order)s has the contract %(contract)s: its type is fixed. Cancel the contract first.",
                order=self.name,
                contract=contract.name,
            )
        return super()._paper_type_fixed_by()

    @api.depends("contract_ids.state")
    def _compute_contract_id(self):
        for order in self:
            order.contract_id = order._open_contract()
            order.contract_count = len(order.contract_ids)

    def _open_contract(self):
        """Return the order's contract that is not cancelled; the database holds at most one."""
        # Neither filtered() nor a slice: they would drop the prefetch of the other orders' contracts.
        for contract in self.contract_ids:
            if contract.state != "cancelled" and not contract.parent_id:
                return contract
        return self.contract_ids.browse()

    def write(self, vals):
        """Let the contracts follow what a change of the order changes for them, or refuse it."""
        agreed, confirmed = bool(ORDER_TERMS & vals.keys()), vals.get("state") == "sale"
        if confirmed:
            self._claim_frameworks()
        dates = {order: order.commitment_date for order in self if order.is_paper_order} if "commitment_date" in vals else {}
        numbered = self._to_be_numbered() if confirmed else self.browse()
        before = self._contracts_before() if agreed else {}
        result = super().write(vals)
        if agreed:
            self._contracts_follow(before)
        numbered._take_number()
        self.env["paper.order.promise"]._keep_order_changes(dates)
        return result

    @api.constrains("state")
    def _check_state_against_contract(self):
        """Keep an order confirmed as long as its contract is in force (R4.1.3)."""
        for order in self.filtered(lambda rec: rec.state != "sale"):
            # sudo: the rule is the same whatever the user may read
            in_force = order.sudo().contract_ids.filtered(lambda contract: contract.state == "in_force")
            if in_force:
                raise ContractInForceError(order._still_in_force_message(in_force[0]))

    def _action_cancel(self):
        result = super()._action_cancel()
        # sudo: who may cancel the order ends the contract that is not in force with it
        contracts = self.sudo().contract_ids.filtered(lambda rec: rec.state not in ("in_force", "cancelled"))
        if contracts:
            contracts._follow_to("cancelled", ended_reason=self.env._("The order was cancelled."))
        return result

    # Blockers

    def _get_blockers(self, step):
        blockers = super()._get_blockers(step)
        if step in PERFORMANCE_STEPS:
            self._add_contract_blockers(blockers)
        if step in ("confirm", "change", "cancel"):
            self._add_step_blockers(blockers, step)
        if step in ("evaluate", "confirm"):
            self._add_call_off_blockers(blockers, step)
        return blockers

    def _add_step_blockers(self, blockers, step):
        """Add what keeps an order from being confirmed, changed or cancelled: it has no contract in force, or has one."""
        for order in self.filtered("is_paper_order"):
            contract = order.sudo()._open_contract()  # sudo: a customer who pays meets the same rule
            if step == "confirm" and contract.state != "in_force" and order._paper_type_rule("contract") == "own":
                blockers[order].append(order._contract_blocker(contract))
            elif step == "change" and contract.state == "in_force" and not contract._is_applying():
                text = self.env._(
                    "Contract %(contract)s is in force: a change needs a supplement to it.", contract=contract.name
                )
                blockers[order].append(
                    self._paper_blocker("contract_in_force", text, contract._open_action(), role=None)
                )
            elif step == "cancel" and contract.state == "in_force":
                text = order._still_in_force_message(contract)
                blockers[order].append(
                    self._paper_blocker("contract_in_force", text, contract._open_action(), role=None)
                )

    def _still_in_force_message(self, contract):
        self.ensure_one()
        return self.env._(
            "“%(contract)s” is in force for %(order)s. The management has to end it, with a reason, first.",
            contract=contract.name,
            order=self.name,
        )

    def _add_contract_blockers(self, blockers):
        """Add what keeps an order from being planned, made or delivered: its contract is not in force (R4.1.3).

        Whoever let the order be confirmed without it has let this be, too.
        """
        asked = self.filtered(lambda rec: rec.is_paper_order and rec._paper_type_rule("contract") == "own")
        # sudo: the rule is the same whatever the user may read. Most orders have theirs in force: one look for all of them.
        in_force = self.env["paper.contract"].sudo().search_fetch(
            [("order_id", "in", asked.ids), ("parent_id", "=", False), ("state", "=", "in_force")], ["order_id"]
        )
        for order in asked - in_force.order_id.with_env(asked.env):
            contract = order.sudo()._open_contract()  # sudo: as above
            # sudo: as above
            overrides = order.sudo().paper_override_ids
            if not any(rec.step == "confirm" and rec.code == "contract" for rec in overrides):
                blockers[order].append(order._contract_blocker(contract))

    def _contract_blocker(self, contract):
        """Return the blocker of an order without a contract in force: where it stands, and what to do."""
        self.ensure_one()
        _ = self.env._
        name = contract.name
        texts = {
            False: _("No contract is in force. Draft one."),
            "draft": _("Contract %(name)s is a draft. Submit it to legal.", name=name),
            "review": _("Contract %(name)s is being reviewed by legal.", name=name),
            "reviewed": _("Contract %(name)s was accepted by legal. Send it to be signed.", name=name),
            "sent": _("Contract %(name)s is not signed by both sides yet.", name=name),
        }
        action = contract._open_action() if contract else self._draft_contract_action()
        return self._paper_blocker("contract", texts[contract.state], action)

    def _draft_contract_action(self):
        return {
            "type": "ir.actions.server",
            # Not env.ref, which asks the database for each order whether the action is still there.
            "id": self.env["ir.model.data"]._xmlid_to_res_id("paper_contract.action_draft_contract"),
            "context": {"active_model": self._name, "active_id": self.id, "active_ids": self.ids},
        }

    # Buttons

    def action_draft_contract(self):
        """Draft the contract of each order, or open the one that it has (R4.1.1).

        :return: action that shows the contracts
        :raises ContractBlockedError: while something stands in the way of the contract
        """
        without = self.filtered(lambda order: not order._open_contract())
        contracts = self.env["paper.contract"].create([{"order_id": order.id} for order in without])
        return (contracts | (self - without).contract_id)._get_records_action(name=self.env._("Contract"))

    def action_view_contracts(self):
        """Show the contracts of the order, the cancelled ones too."""
        self.ensure_one()
        return self.contract_ids._get_records_action(name=self.env._("Contracts"))

    # The customer's confirmation

    def _process_attachments_for_template_post(self, mail_template):
        """Send the signed contract along with the confirmation of its order (R4.2.2)."""
        result = super()._process_attachments_for_template_post(mail_template)
        for order in self:
            if mail_template != order._get_confirmation_template():
                continue
            # sudo: the customer's confirmation carries the contract, whoever sends it
            document = order.sudo()._open_contract().signed_id
            if document:
                values = result.setdefault(order.id, {})
                values.setdefault("attachments", []).append((document.name, document.file))
        return result

    # The gate

    # The share that a confirmation takes

    def _get_milestones(self):
        milestones = super()._get_milestones()
        for order in self.filtered("is_paper_order"):
            # sudo: the customer follows the state of his contract, not its records
            contract = order.sudo()._open_contract()
            milestones[order] += [
                order._drafted_milestone(contract),
                order._legal_milestone(contract),
                order._signed_milestone(contract),
            ]
        return milestones

    def _drafted_milestone(self, contract):
        done = contract.state in ("review", "reviewed", "sent", "in_force")
        state = "done" if done else "current" if contract else "todo"
        # The first round is opened when the draft is finished.
        finished = contract.review_ids.sorted("round")[:1].create_date if done else None
        return self._paper_milestone(
            "contract",
            self.env._("Contract drafted"),
            state,
            date=finished,
            user=self.user_id,
            department="sales",
            clause="R4.1.1",
        )

    def _legal_milestone(self, contract):
        done = contract.state in ("reviewed", "sent", "in_force")
        review = contract.current_review_id
        return self._paper_milestone(
            "legal",
            self.env._("Legal review"),
            self._paper_clock_milestone_state(review if contract.state == "review" else review.browse(), done),
            date=review.decided_on if done else None,
            deadline=review.deadline_date if contract.state == "review" else None,
            user=review.reviewer_id if done else None,
            department="legal",
            clause="R4.1.2",
            internal=True,
        )

    def _signed_milestone(self, contract):
        state = "todo"
        if contract.state == "in_force":
            state = "done"
        elif contract.state == "sent":
            state = "current" if contract.customer_signed_on else "paused"
        return self._paper_milestone(
            "signed",
            self.env._("Contract signed by both sides"),
            state,
            date=contract.in_force_on,
            owner=self.partner_id.name if contract.state == "sent" and not contract.customer_signed_on else None,
            department="management" if contract.state == "sent" and contract.customer_signed_on else "sales",
            clause="R4.1.3",
        )

    # What the customer opens, and does, in the portal

    def _shown_contracts(self, user):
        """Return the contracts of this order, in sudo, that a login of its customer, or one of ours, may open."""
        self.ensure_one()
        contracts = self.env["paper.contract"].sudo()  # sudo: a customer opens what was sent; who reads is asked here
        if not (user._is_internal() or (user._paper_is_of(self.partner_id) and user._paper_may("orders"))):
            return contracts
        return contracts.search([("order_id", "=", self.id), ("state", "in", ("sent", "in_force"))], order="id")

    def _paper_portal_documents(self, user, access_token=None):
        documents = super()._paper_portal_documents(user, access_token)
        for contract in self._shown_contracts(user):
            url, _ = f"/my/contracts/{contract.id}", self.env._
            documents.append(
                PortalDocument("contract", _("Contract %(name)s", name=contract.name), url, icon="fa-file-text-o")
            )
            name = _("Signed contract %(name)s", name=contract.name) if contract.signed_id else _("Contract to be signed")
            documents.append(PortalDocument("contract_pdf", name, f"{url}/pdf", "PDF"))
        return documents

    def _paper_portal_actions(self, user, access_token=None):
        actions = super()._paper_portal_actions(user, access_token)
        if user._is_internal():
            return actions
        for contract in self._shown_contracts(user):
            url = f"/my/contracts/{contract.id}"
            if not contract.customer_signed_on and contract._may_sign(None, user):
                name = self.env._("Sign Contract %(name)s", name=contract.name)
                actions.append(PortalAction("sign", name, f"{url}#sign", "fa-pencil", primary=True))
            ask = self.env._("Ask about %(name)s", name=contract.name)
            actions.append(PortalAction("ask", ask, f"{url}#questions", "fa-question-circle"))
        return actions
