from odoo import SUPERUSER_ID, Command, api, fields, models

from ..exceptions import ContractImmutableError, ContractRoleError, ContractStateError
from ..lib.conditions import CONDITIONS
from .paper_contract_clause_template import LANGUAGES

STATES = [
    ("draft", "Draft"),
    ("review", "Legal Review"),
    ("reviewed", "Reviewed"),
    ("sent", "To be Signed"),
    ("in_force", "In Force"),
    ("cancelled", "Cancelled"),
]
# Where a contract may go from each state; whatever the path, nothing else is possible.
TRANSITIONS = {
    "draft": {"review", "cancelled"},
    "review": {"draft", "reviewed", "cancelled"},
    "reviewed": {"draft", "sent", "cancelled"},
    "sent": {"draft", "in_force", "cancelled"},
    "in_force": {"cancelled"},
    "cancelled": set(),
}
SETTLED = {"in_force", "cancelled"}
# What a person may write, and only in a draft.
EDITABLE = {
    "language",
    "clause_ids",
    "change_ids",
    "change_reason",
    "new_commitment_date",
    "instalment_ids",
    "none_agreed",
    *CONDITIONS,
}
# What only the steps of the contract write.
PROTECTED = {
    "name",
    "company_id",
    "order_id",
    "partner_id",
    "state",
    "drafter_id",
    "drafter_ids",
    "version",
    "terms",
    "reviewed_digest",
    "sent_with_blanks",
    "review_ids",
    "copy_ids",
    "question_ids",
    "read_token_expires",
    "document_ids",
    "warning_ids",
    "version_ids",
    "opinion_ids",
    "signature_ids",
    "performance_on",
    "performance_by_id",
    "performance_reason",
    "parent_id",
    "supplement_ids",
    "old_commitment_date",
    "applied_on",
    "applied_terms",
    "late_allowed_by_id",
    "late_allowed_on",
    "late_reason",
    "late_terms",
    "issued_id",
    "signed_id",
    "sign_token",
    "sign_token_expires",
    "customer_signed_by",
    "customer_signed_on",
    "customer_signature",
    "customer_signed_ip",
    "customer_signed_user_id",
    "customer_signature_kind",
    "company_signed_by",
    "company_signed_on",
    "company_signature",
    "company_signed_user_id",
    "company_signature_kind",
    "in_force_on",
    "ended_on",
    "ended_by_id",
    "ended_reason",
}
# What is still recorded on a contract that has ended.
ENDING = {
    "state",
    "ended_on",
    "ended_by_id",
    "ended_reason",
    "sign_token",
    "sign_token_expires",
    # A supplement in force is applied to the order once.
    "applied_on",
    "applied_terms",
    "read_token_expires",
}


class PaperContract(models.Model):
    """The contract of one paper order. Sales drafts it by clauses filled from the order, legal reviews it in
    rounds, customer and company sign the same PDF; when both have signed it is in force, the order is
    confirmed, and nothing of it changes any more (R4.1.1 to R4.2.2). A draft that nobody wants any more, or
    a contract in force that the management ends, is cancelled and kept.
    """

    _name = "paper.contract"
    _description = "Sales Contract"
    _inherit = ["mail.thread", "mail.activity.mixin", "portal.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    name = fields.Char(string="Contract No.", required=True, readonly=True, copy=False, default="/")
    company_id = fields.Many2one("res.company", required=True, readonly=True, copy=False, index=True)
    order_id = fields.Many2one(
        "sale.order", string="Order", required=True, ondelete="restrict", index=True, check_company=True
    )
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, readonly=True, copy=False, index=True
    )
    language = fields.Selection(LANGUAGES, required=True, default="zh_CN")
    state = fields.Selection(
        STATES, string="Status", required=True, readonly=True, copy=False, default="draft", index=True, tracking=True
    )
    drafter_id = fields.Many2one(
        "res.users", string="Drafted by", readonly=True, copy=False, groups="base.group_user"
    )
    drafter_ids = fields.Many2many(
        "res.users",
        string="Wrote in it",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Everybody who drafted or edited the contract; none of them may accept its legal review.",
    )
    clause_ids = fields.One2many("paper.contract.clause", "contract_id", string="Clauses", copy=True)
    order_line_ids = fields.One2many(related="order_id.order_line", string="Products", groups="base.group_user")
    currency_id = fields.Many2one(related="order_id.currency_id")
    amount_total = fields.Monetary(related="order_id.amount_total", string="Amount")
    missing = fields.Text(
        string="Missing", compute="_compute_missing", groups="base.group_user", help="See articles 470 and 596."
    )
    blanks = fields.Integer(string="Places Left Open", compute="_compute_missing", groups="base.group_user")
    terms = fields.Json(readonly=True, copy=False, groups="base.group_user")
    version = fields.Integer(readonly=True, copy=False, help="How often the contract was sent to be signed.")
    in_force_on = fields.Datetime(string="In Force since", readonly=True, copy=False)
    ended_on = fields.Datetime(readonly=True, copy=False, groups="base.group_user")
    ended_by_id = fields.Many2one("res.users", string="Ended by", readonly=True, copy=False, groups="base.group_user")
    ended_reason = fields.Text(string="Reason of the End", readonly=True, copy=False, groups="base.group_user")

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

    def _compute_access_url(self):
        result = super()._compute_access_url()
        for contract in self:
            contract.access_url = f"/my/contracts/{contract.id}"
        return result

    @api.depends("clause_ids.missing", "clause_ids.blanks", "clause_ids.element_ids")
    @api.depends_context("lang")
    def _compute_missing(self):
        for contract in self:
            contract.missing = "\n".join(contract._missing_sentences())
            contract.blanks = sum(contract.clause_ids.mapped("blanks"))

    # What may be written, by whatever path

    @api.model_create_multi
    def create(self, vals_list):
        refused = (PROTECTED - {"order_id", "parent_id"}) & {key for vals in vals_list for key in vals if vals[key]}
        if refused and not self.env.su or any(vals.get("state", "draft") != "draft" for vals in vals_list):
            self._refuse_protected()
        orders = self.env["sale.order"].browse([vals["order_id"] for vals in vals_list if vals.get("order_id")])
        self._check_draftable(orders)
        contracts = super().create([self._completed_create(vals) for vals in vals_list])
        for contract in contracts.filtered(lambda rec: not rec.clause_ids):
            contract.write({"clause_ids": contract._prepare_clauses()})
        for contract in contracts:
            self.env["paper.contract.version"]._keep(contract, "drafted")
        contracts._sync_warnings()
        return contracts

    def _check_draftable(self, orders):
        """Refuse to draft for orders that somebody else owns, that are decided, or that may not be yet."""
        self._check_department("paper_base.group_sales", "paper_base.group_management")
        orders.check_access("write")
        decided = orders.filtered(lambda order: order.state not in ("draft", "sent", "sale"))
        if decided:
            raise ContractStateError(
                self.env._("%(order)s is cancelled: it needs no contract.", order=decided[0].name)
            )
        orders._check_blockers("contract")

    def _completed_create(self, vals):
        order = self.env["sale.order"].browse(vals.get("order_id"))
        if not order:
            return vals
        language = "zh_CN" if (order.partner_id.lang or self.env.lang or "zh_CN").startswith("zh") else "en_US"
        return {
            "language": language,
            **vals,
            "name": order.company_id._next_contract_number(),
            "company_id": order.company_id.id,
            "partner_id": order.partner_id.id,
            "drafter_id": self.env.uid,
            "drafter_ids": [Command.set([self.env.uid])],
        }

    def write(self, vals):
        keys = vals.keys()
        if PROTECTED & keys and not self.env.su:
            self._refuse_protected()
        if (PROTECTED | EDITABLE) & keys - ENDING:
            self._check_not_settled()
        if EDITABLE & keys and any(contract.state != "draft" for contract in self):
            raise ContractImmutableError(self.env._("The content of a contract can only be changed in a draft."))
        if "state" in vals:
            self._check_transition(vals)
        elif ENDING & keys & {"ended_on", "ended_by_id", "ended_reason"}:
            self._check_not_settled()
        result = super().write(vals)
        if EDITABLE & keys:
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
            raise ContractImmutableError(
                self.env._(
                    "“%(contract)s” is settled and stays as it was signed. A change needs a supplement to it.",
                    contract=settled[0].name,
                )
            )

    def _check_clauses_editable(self):
        settled = self.filtered(lambda contract: contract.state != "draft")
        if settled:
            self._refuse_clauses(settled[0].name)

    @api.model
    def _refuse_clauses(self, name):
        raise ContractImmutableError(
            self.env._("The clauses of “%(contract)s” can only be changed while it is a draft.", contract=name)
        )

    def _check_transition(self, vals):
        for contract in self:
            if vals["state"] not in TRANSITIONS[contract.state]:
                names = dict(self._fields["state"]._description_selection(self.env))
                raise ContractStateError(
                    self.env._(
                        "“%(contract)s” cannot go from “%(old)s” to “%(new)s”.",
                        contract=contract.name,
                        old=names[contract.state],
                        new=names.get(vals["state"], vals["state"]),
                    )
                )
            if contract.state == "in_force" and not vals.get("ended_reason"):
                self._refuse_protected()

    def _refuse_protected(self):
        raise ContractImmutableError(
            self.env._("Parties, status, reviews and signatures of a contract are set by its steps only.")
        )

    def _set(self, vals):
        """Write what only the steps write; they have checked who takes them."""
        return self.sudo().write(vals)  # sudo: the steps write fields that nobody may write by hand

    # Who may take a step, and from where

    def _check_department(self, *departments):
        # The system's own user loads data; a person's sudo is still that person.
        if self.env.uid != SUPERUSER_ID and not any(self.env.user.has_group(group) for group in departments):
            names = self._department_names(departments)
            raise ContractRoleError(self.env._("This step belongs to: %(departments)s.", departments=names))

    @api.model
    def _department_names(self, departments):
        # sudo: only the names of the groups are shown
        return ", ".join(self.env.ref(group).sudo().name for group in departments)

    def _check_sales(self):
        self._check_department("paper_base.group_sales", "paper_base.group_management")
        self.check_access("write")

    def _check_state(self, *states):
        for contract in self:
            if contract.state not in states:
                names = dict(self._fields["state"]._description_selection(self.env))
                raise ContractStateError(
                    self.env._(
                        "“%(contract)s” is in the status “%(state)s”, in which this step is not possible.",
                        contract=contract.name,
                        state=names[contract.state],
                    )
                )

    def _add_drafter(self):
        """Remember who wrote in the contract, so that legal review stays with somebody else (R4.1.2)."""
        for contract in self.sudo():  # sudo: sales may not choose who is recorded
            if self.env.uid not in contract.drafter_ids.ids:
                contract.write({"drafter_ids": [Command.link(self.env.uid)]})
