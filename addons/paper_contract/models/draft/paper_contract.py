from odoo import Command, api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ...exceptions import ContractImmutableError, ContractRoleError, ContractStateError

_lt = LazyTranslate(__name__)

LANGUAGES = [("zh_CN", "中文"), ("en_US", "English")]
STATES = [
    ("draft", "Draft"),
    ("review", "Legal Review"),
    ("reviewed", "Reviewed"),
    ("sent", "To be Signed"),
    ("in_force", "In Force"),
    ("cancelled", "Cancelled"),
]
SALES = "paper_base.group_sales"
LEGAL = "paper_base.group_legal"
MANAGEMENT = "paper_base.group_management"
WRITERS = (SALES, MANAGEMENT)
# What a contract says is typed while it is a draft; of which order it is, when it is made.
IN_DRAFT = {"draft": ()}
WHEN_MADE = {"new": ()}
SETTLED = ("in_force", "cancelled")
# What people are told of while the contract stays in its state; it ends with the state, too.
ASKED_WITHIN = ("opinions", "seal", "moved")


class PaperContract(models.Model):
    """The contract of one paper order. Sales drafts it by clauses filled from the order, legal reviews it in
    rounds, customer and company sign the same PDF; when both have signed it is in force, the order is
    confirmed, and nothing of it changes any more (R4.1.1 to R4.2.2). A draft that nobody wants any more, or
    a contract in force that the management ends, is cancelled and kept.
    """

    _name = "paper.contract"
    _description = "Sales Contract"
    _inherit = [
        "mail.thread",
        "mail.activity.mixin",
        "portal.mixin",
        "paper.contract.part",
        "paper.link.mixin",
        "paper.order.mover",
    ]
    _moves_orders = ("state", "customer_signed_on", "company_signed_on")
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    # Sales drafts, submits and sends; legal decides on the round of the review, both sides sign: these bring about
    # what stands here for nobody. The management ends what is in force.
    _evidence_states = ("sent", "in_force", "cancelled")
    _steps = {
        "draft": {"review": WRITERS, "cancelled": WRITERS},
        "review": {"draft": WRITERS, "reviewed": (), "cancelled": WRITERS},
        "reviewed": {"draft": WRITERS, "sent": WRITERS, "cancelled": WRITERS},
        "sent": {"draft": WRITERS, "in_force": (), "cancelled": WRITERS},
        "in_force": {"cancelled": (MANAGEMENT,)},
        "cancelled": {},
    }
    _told_within = ASKED_WITHIN
    _step_verbs = {"submit": "review", "send": "sent", "redraft": "draft", "cancel": "cancelled"}
    _entering = {
        "draft": Entering(check="_check_unsigned", values="_prepare_draft_values", then="_action_draft"),
        "review": Entering(check="_check_review", values="_prepare_review_values", then="_action_review"),
        "reviewed": Entering(check="_check_reviewed", values="_prepare_reviewed_values", then="_action_reviewed"),
        "sent": Entering(check="_check_sent", values="_prepare_sent_values", then="_action_sent"),
        "in_force": Entering(values="_prepare_in_force_values", then="_action_in_force", on="in_force_on"),
        "cancelled": Entering(then="_action_cancelled", by="ended_by_id", on="ended_on"),
    }
    # What is done while the contract stays in its state, or has a dialog of its own.
    _acts = {
        "edit": (("draft",), WRITERS),
        "sign_company": (("sent",), (MANAGEMENT,)),
        "record_signature": (("sent",), WRITERS),
        "see_paper": (("sent",), (SALES, LEGAL, MANAGEMENT)),
        "record_performance": (("sent",), (MANAGEMENT,)),
        "renew_link": (("sent",), WRITERS),
        "preview": (("sent", "in_force"), ()),
        "check_integrity": (("sent", "in_force"), ()),
        "export_case": (("sent", *SETTLED), ()),
        "supplement": (("in_force",), WRITERS),
        "terminate": (("in_force",), (MANAGEMENT,)),
    }

    name = fields.Char(string="Contract No.", required=True, default="/", by_steps=True, index="trigram")
    company_id = fields.Many2one("res.company", required=True, index=True, by_steps=True)
    order_id = fields.Many2one(
        "sale.order",
        string="Order",
        required=True,
        ondelete="restrict",
        index=True,
        check_company=True,
        by_hand=WHEN_MADE,
    )
    partner_id = fields.Many2one("res.partner", string="Customer", required=True, index=True, by_steps=True)
    paper_order_type = fields.Selection(related="order_id.paper_order_type", help="")
    language = fields.Selection(LANGUAGES, required=True, default="zh_CN", by_hand=IN_DRAFT)
    state = fields.Selection(
        STATES,
        string="Status",
        required=True,
        default="draft",
        index=True,
        tracking=True,
        by_steps=True,
        after_end=True,
    )
    can_submit = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    can_send = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    can_redraft = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    can_cancel = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    can_preview = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    can_check_integrity = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    can_export_case = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    can_edit = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    can_sign_company = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    can_record_signature = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    can_see_paper = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    can_record_performance = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    can_renew_link = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    can_supplement = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    can_terminate = fields.Boolean(compute="_compute_can_steps", groups="base.group_user")
    drafter_id = fields.Many2one("res.users", string="Drafted by", groups="base.group_user", by_steps=True)
    drafter_ids = fields.Many2many(
        "res.users",
        string="Wrote in it",
        groups="base.group_user",
        by_steps=True,
        help="Everybody who drafted or edited the contract; none of them may accept its legal review.",
    )
    clause_ids = fields.One2many("paper.contract.clause", "contract_id", string="Clauses", copy=True, by_hand=IN_DRAFT)
    order_line_ids = fields.One2many(related="order_id.order_line", string="Products", groups="base.group_user")
    currency_id = fields.Many2one(related="order_id.currency_id")
    amount_total = fields.Monetary(related="order_id.amount_total", string="Amount of the Order")
    terms = fields.Json(groups="base.group_user", by_steps=True)
    version = fields.Integer(by_steps=True, help="How often the contract was sent to be signed.")
    in_force_on = fields.Datetime(string="In Force since", by_steps=True)
    ended_on = fields.Datetime(groups="base.group_user", by_steps=True, after_end=True)
    ended_by_id = fields.Many2one(
        "res.users", string="Ended by", groups="base.group_user", by_steps=True, after_end=True
    )
    ended_reason = fields.Text(string="Reason of the End", groups="base.group_user", by_steps=True, after_end=True)

    _name_uniq = models.UniqueIndex("(company_id, name)", "This contract number exists already.")
    _one_open = models.UniqueIndex(
        "(order_id) WHERE state != 'cancelled' AND parent_id IS NULL",
        "The order has a contract already; cancel it before drafting another.",
    )
    _signed_in_force = models.Constraint(
        """CHECK(state != 'in_force' OR (issued_id IS NOT NULL AND signed_id IS NOT NULL
           AND (performance_on IS NOT NULL OR (customer_signed_on IS NOT NULL AND company_signed_on IS NOT NULL))))""",
        "A contract is in force only when both sides have signed it, or by performance that was accepted.",
    )

    _reason_steps = {
        "action_terminate": ReasonStep(
            _lt("End the Contract"), hint=_lt("Why the contract is ended. The reason is kept with your name.")
        )
    }

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for contract in self:
            contract.access_url = f"/my/contracts/{contract.id}"
        return result

    # What may be written, by whatever path

    @api.model_create_multi
    def create(self, vals_list):
        given = self._given(vals_list)
        self._check_draftable(given)
        for vals in given:
            if vals.get("parent_id"):
                self._check_supplement(self.browse(vals["parent_id"]), vals)
        # What a person gives of the lines is written by the person, once there is a draft.
        lines = [{name: vals.pop(name) for name in list(vals) if self._holds_lines(name)} for vals in given]
        completed = [self._completed_create(vals) for vals in given]
        contracts = super(PaperContract, self._completing()).create(completed).with_env(self.env)
        for contract, own in zip(contracts, lines, strict=True):
            if any(own.values()):
                contract.write({name: commands for name, commands in own.items() if commands})
            if not contract.clause_ids:
                contract.write({"clause_ids": contract._prepare_clauses()})
        for contract in contracts:
            self.env["paper.contract.version"]._keep(contract, "drafted")
        contracts._sync_warnings()
        return contracts

    def _check_draftable(self, given):
        """Refuse to draft for orders that somebody else owns, that are decided, or that may not be yet.

        :param given: what a person gives of the new contracts, a dictionary for each
        """
        self._check_department(*WRITERS)
        orders = self.env["sale.order"].browse([vals["order_id"] for vals in given if vals.get("order_id")])
        orders.check_access("write")
        decided = orders.filtered(lambda order: not order._is_contract_possible())
        if decided:
            raise ContractStateError(decided[0]._no_contract_message())
        changed = orders.browse([vals["order_id"] for vals in given if vals.get("order_id") and vals.get("parent_id")])
        changed._check_supplement_blockers("contract")
        (orders - changed)._check_blockers("contract")

    def _check_order_blockers(self):
        """Refuse to go on while something stands in the way of the orders' contracts, or of what a supplement changes.

        :raises ContractBlockedError, SupplementBlockedError: with the ways out
        """
        supplements = self.filtered("parent_id")
        (self - supplements).order_id._check_blockers("contract")
        supplements.order_id._check_supplement_blockers("contract")
        supplements.order_id._check_blockers("supplement")

    def _completed_create(self, vals):
        order = self.env["sale.order"].browse(vals.get("order_id"))
        if not order:
            return vals
        language = "zh_CN" if (order.partner_id.lang or self.env.lang or "zh_CN").startswith("zh") else "en_US"
        return {
            "language": language,
            **({} if vals.get("parent_id") else self._trade_term_of(order)),
            **vals,
            "name": order.company_id._next_contract_number(),
            "company_id": order.company_id.id,
            "partner_id": order.partner_id.id,
            "drafter_id": self.env.uid,
            "drafter_ids": [Command.set([self.env.uid])],
            **self._supplement_values(vals),
        }

    @api.model
    def _trade_term_of(self, order):
        """Return the conditions with which a contract starts from the trade term of its order, {} where it has none."""
        # A field of sale_stock, which a mill may do without.
        term = order.incoterm if "incoterm" in order._fields else None
        place = term and (order.incoterm_location or order._paper_delivery_places()[:1].city)
        return {"incoterm_id": term.id, "incoterm_place": place} if term else {}

    def write(self, vals):
        if self._is_step() and set(self._settled_fields()) & vals.keys():
            # Not even a step changes what was signed.
            self._check_not_settled()
        result = super().write(vals)
        if any(name in self._fields and self._by_hand(name) for name in vals):
            self._sync_warnings()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_if_unused(self):
        # sudo: archived documents and reviews count, whoever may read them
        if any(rec.state != "draft" or rec.sudo().review_ids or rec.sudo().document_ids for rec in self):
            raise ContractImmutableError(
                self.env._("Only a draft that was never reviewed can be deleted. Cancel the contract instead.")
            )

    def _check_not_settled(self):
        settled = self.filtered(lambda contract: contract.state in SETTLED)
        if settled:
            raise ContractImmutableError(settled[0]._settled_message())

    def _settled_message(self):
        return self.env._(
            "“%(contract)s” is settled and stays as it was signed. A change needs a supplement to it.",
            contract=self.name,
        )

    def _check_clauses_editable(self):
        settled = self.filtered(lambda contract: contract.state != "draft")
        if settled:
            raise ContractImmutableError(self._clauses_message(settled[0].name))

    @api.model
    def _clauses_message(self, name):
        return self.env._("The clauses of “%(contract)s” can only be changed while it is a draft.", contract=name)

    def _refused_hand_message(self, names):
        if self and self[:1].state in SETTLED:
            return self[:1]._settled_message()
        if self and self._by_hand(names[0]) == IN_DRAFT:
            return self.env._("The content of a contract can only be changed in a draft.")
        return self.env._("Parties, status, reviews and signatures of a contract are set by its steps only.")

    def _set(self, vals):
        """Write what only the steps write; they have checked who takes them."""
        return self.sudo()._by_step().write(vals)  # sudo: the steps write fields that nobody may write by hand

    # Who may take a step, and from where

    def _check_step(self, state):
        # Who takes this step from no state at all is told so first.
        departments = [group for following in self._steps.values() for group in following.get(state, ())]
        if departments:
            self._check_department(*dict.fromkeys(departments))
        if state == "draft":
            for contract in self:
                contract._check_follows(state)
            self._check_unsigned()
        return super()._check_step(state)

    def _check_act(self, verb):
        departments = self._acts[verb][1]
        self._check_department(*departments)
        # Sales and management write contracts, the others act on what they may only read.
        self.check_access("write" if departments == WRITERS else "read")
        return super()._check_act(verb)

    def _as_step(self, state, **values):
        """Take a step that belongs to who writes the contract."""
        self._check_sales()
        return self._take_step(state, **values)

    def _check_department(self, *departments):
        """Refuse who is of none of the departments; for a step that leaves the contract in its state."""
        if not self._is_one_of(departments):
            names = self._group_names(departments)
            raise ContractRoleError(self.env._("This step belongs to: %(departments)s.", departments=names))

    def _check_sales(self):
        self._check_department(*WRITERS)
        self.check_access("write")

    def _check_state(self, *states):
        for contract in self:
            if contract.state not in states:
                raise ContractStateError(
                    self.env._(
                        "“%(contract)s” is in the status “%(state)s”, in which this step is not possible.",
                        contract=contract.name,
                        state=contract._step_name(),
                    )
                )

    def _add_drafter(self):
        """Remember who wrote in the contract, so that legal review stays with somebody else (R4.1.2)."""
        for contract in self:
            # sudo: sales may not choose who is recorded
            if self.env.uid not in contract.sudo().drafter_ids.ids:
                contract._set({"drafter_ids": [Command.link(self.env.uid)]})

    # Drafting

    def _prepare_clauses(self):
        """Return the commands that give a draft the clauses of its company and language."""
        self.ensure_one()
        # sudo: sales drafts from texts that legal keeps
        templates = self.env["paper.contract.clause.template"].sudo()._templates_of(self)
        return [Command.clear(), *(Command.create(item._prepare_clause()) for item in templates)]

    def action_refill(self):
        """Take the clauses from the templates again; what was edited in them is lost."""
        self._check_act("edit")
        for contract in self:
            self.env["paper.contract.version"]._keep(contract, "refilled")
            contract.write({"clause_ids": contract._prepare_clauses()})
        return True

    def action_back_to_draft(self):
        """Take the contract back to revise it, as long as nobody has signed it."""
        return self._as_step("draft")

    def action_cancel(self):
        """Give up a contract that is not in force."""
        self._check_sales()
        self._check_state("draft", "review", "reviewed", "sent")
        return self._take_step("cancelled", ended_reason=self.env._("Given up before it was in force."))

    def action_terminate(self, reason=None):
        """End a contract in force, with a reason; the management alone does so.

        The contract stays as it was signed. Its order can then be cancelled. Without a reason, a dialog asks for it.
        """
        self._check_act("terminate")
        if not said(reason):
            self.ensure_one()
            return self._ask_reason("action_terminate")
        return self._take_step("cancelled", ended_reason=said(reason))

    def action_view_order(self):
        """Open the order of the contract."""
        return self.order_id._get_records_action()

    def action_preview(self):
        """Show the contract as its customer sees it."""
        self.ensure_one()
        self._check_act("preview")
        return {"type": "ir.actions.act_url", "url": self.get_portal_url(), "target": "self"}

    def _open_action(self):
        """Return the action that opens the contract, as a blocker offers it."""
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _log(self, text, author=None):
        """Post a note in the name of the user who did it, or of ``author``."""
        # sudo: legal and customers act on contracts that they may only read
        self.sudo()._message_log(body=text, author_id=(author or self.env.user.partner_id).id)

    def _prepare_draft_values(self):
        return {"reviewed_digest": False, "sent_with_blanks": False, "issued_id": False}

    def _action_draft(self):
        """Take back what was done for the version that nobody signs any more. Override to do more."""
        # sudo: the open round belongs to legal, and links already sent die
        contracts = self.sudo()
        contracts.review_ids._withdraw()
        contracts._link_revoke()
        contracts.clause_ids._by_step().write({"frozen_text": False})
        # A sealed paper of another version is worth nothing.
        recorded = contracts.signature_ids.filtered(lambda item: item.state == "recorded")
        if recorded:
            recorded._follow_to("refused", refused_reason=self.env._("The contract was taken back to draft."))

    def _action_cancelled(self):
        """End everything that goes with the contracts. Override to do more."""
        # The index that allows one open contract an order must see the end before the next draft.
        self.flush_recordset(["state"])
        # sudo: rounds, copies and supplements end with the contract, whoever ends it
        contracts = self.sudo()
        contracts.review_ids._withdraw()
        contracts._link_revoke()
        for contract in self:
            contract._log(self.env._("Contract ended: %(reason)s", reason=contract.sudo().ended_reason))
        contracts.copy_ids._end()
        for contract in contracts:
            waiting = contract.supplement_ids.filtered(lambda rec: rec.state not in SETTLED)
            if waiting:
                waiting._follow_to(
                    "cancelled", ended_reason=self.env._("Contract %(contract)s has ended.", contract=contract.name)
                )
