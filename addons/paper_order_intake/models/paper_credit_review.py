from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.tools.misc import formatLang
from stdnum.cn import uscc

from ..exceptions import CreditCodeError, CreditDecisionError, CreditTermsError

CREDIT_GROUP = "paper_base.group_credit"
# What the credit department alone decides.
DECISION_FIELDS = {"state", "limit", "valid_until", "payment_term_id", "conditions", "decided_by_id", "decided_on"}
DECIDED = ("approved", "refused", "expired")


class PaperCreditReview(models.Model):
    """The judgement on a customer's credit. Sales collects the evidence (business licence, financial
    statements, operating history; for an old customer the ledger speaks) and sends it to the credit
    department, which approves a limit until a date, or refuses. States: draft, approved, refused, expired.
    """

    _name = "paper.credit.review"
    _description = "Credit Review"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "partner_id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        check_company=True,
        domain=[("parent_id", "=", False)],
        tracking=True,
    )
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    requested_by_id = fields.Many2one("res.users", readonly=True, copy=False, default=lambda self: self.env.user)
    order_id = fields.Many2one("sale.order", string="Asked for by", check_company=True, copy=False, index="btree_not_null")
    state = fields.Selection(
        [("draft", "Under Review"), ("approved", "Approved"), ("refused", "Refused"), ("expired", "Expired")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    limit = fields.Monetary(string="Credit Limit", copy=False, tracking=True)
    valid_until = fields.Date(copy=False, tracking=True)
    payment_term_id = fields.Many2one("account.payment.term", string="Payment Terms", check_company=True, tracking=True)
    conditions = fields.Text(help="For example a prepayment or a guarantee.")
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_on = fields.Datetime(readonly=True, copy=False)
    credit_code = fields.Char(
        string="Unified Social Credit Code", size=32, help="18 characters; the check digit of GB 32100 is verified."
    )
    licence_ids = fields.Many2many(
        "ir.attachment", "paper_credit_review_licence_rel", string="Business Licence", copy=False
    )
    statement_ids = fields.Many2many(
        "ir.attachment", "paper_credit_review_statement_rel", string="Financial Statements", copy=False
    )
    history_ids = fields.Many2many(
        "ir.attachment", "paper_credit_review_history_rel", string="Operating History", copy=False
    )
    evidence_missing = fields.Char(string="Evidence Missing", compute="_compute_evidence_missing")
    is_new_customer = fields.Boolean(string="New Customer", compute="_compute_ledger")
    receivable = fields.Monetary(string="Receivables", compute="_compute_ledger")
    overdue = fields.Monetary(string="Overdue", compute="_compute_ledger")
    undelivered = fields.Monetary(string="Confirmed, Not Invoiced", compute="_compute_ledger")
    exposure = fields.Monetary(string="Exposure", compute="_compute_ledger")
    paid_count = fields.Integer(string="Invoices Paid", compute="_compute_ledger")
    on_time_count = fields.Integer(string="Paid on Time", compute="_compute_ledger")
    days_late = fields.Float(string="Average Days Late", digits=(16, 1), compute="_compute_ledger")
    proposal = fields.Text(compute="_compute_ledger")
    can_decide = fields.Boolean(compute="_compute_can_decide")

    _limit_positive = models.Constraint('CHECK("limit" >= 0)', "A credit limit cannot be negative.")
    _valid_idx = models.Index("(valid_until) WHERE state = 'approved'")

    @api.depends("licence_ids", "statement_ids", "history_ids", "partner_id")
    @api.depends_context("lang")
    def _compute_evidence_missing(self):
        for review in self:
            names = ("licence_ids", "statement_ids", "history_ids") if review.is_new_customer else ()
            missing = [self._fields[name]._description_string(self.env) for name in names if not review[name]]
            review.evidence_missing = ", ".join(missing)

    @api.depends("partner_id", "company_id")
    @api.depends_context("lang")
    def _compute_ledger(self):
        for company, reviews in self.grouped("company_id").items():
            # sudo: credit and sales see these figures of the ledger without reading the ledger
            figures = self.env["paper.credit.ledger"].sudo()._figures(reviews.partner_id, company or self.env.company)
            for review in reviews:
                review._set_ledger(figures.get(review.partner_id.id, {}))

    def _set_ledger(self, figures):
        self.ensure_one()
        for name in ("receivable", "overdue", "undelivered", "exposure", "days_late"):
            self[name] = figures.get(name, 0.0)
        self.paid_count = figures.get("paid", 0)
        self.on_time_count = figures.get("on_time", 0)
        self.is_new_customer = not (figures.get("invoices") or figures.get("undelivered"))
        self.proposal = self._ledger_proposal()

    def _ledger_proposal(self):
        """Return in a sentence what the ledger speaks for. Override to judge by more."""
        self.ensure_one()
        _ = self.env._
        if self.is_new_customer:
            return _("New customer: no order, no invoice yet. Judge by licence, financial statements and history.")
        if self.overdue > 0:
            amount = formatLang(self.env, self.overdue, currency_obj=self.currency_id)
            return _("%(amount)s is overdue: no further credit before it is paid.", amount=amount)
        if self.paid_count and self.on_time_count * 10 >= self.paid_count * 9:
            return _(
                "%(on_time)s of %(paid)s invoices were paid on time, nothing is overdue: the ledger speaks for it.",
                on_time=self.on_time_count,
                paid=self.paid_count,
            )
        return _(
            "%(on_time)s of %(paid)s invoices were paid on time, %(days)s days late on average: ask for a prepayment.",
            on_time=self.on_time_count,
            paid=self.paid_count,
            days=f"{self.days_late:.1f}",
        )

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_can_decide(self):
        allowed = self._may_decide()
        for review in self:
            review.can_decide = allowed and review.state == "draft"

    @api.model
    def _may_decide(self):
        return self.env.su or self.env.user.has_group(CREDIT_GROUP)

    @api.constrains("credit_code")
    def _check_credit_code(self):
        for review in self.filtered("credit_code"):
            if not uscc.is_valid(review.credit_code):
                raise CreditCodeError(
                    self.env._("“%(code)s” is no valid unified social credit code.", code=review.credit_code)
                )

    @api.model_create_multi
    def create(self, vals_list):
        if not self._may_decide() and any(self._is_decision(vals) for vals in vals_list):
            self._refuse_decision()
        if any(vals.get("state", "draft") != "draft" for vals in vals_list) and not self.env.su:
            self._refuse_decision()
        partners = self.env["res.partner"].browse([vals.get("partner_id") for vals in vals_list])
        for vals, partner in zip(vals_list, partners, strict=True):
            vals["partner_id"] = partner.commercial_partner_id.id
        reviews = super().create(vals_list)
        reviews._attach_evidence()
        return reviews

    @api.model
    def _is_decision(self, vals):
        return any(vals.get(name) for name in DECISION_FIELDS - {"state"}) or vals.get("state", "draft") != "draft"

    def write(self, vals):
        if not self.env.su:
            if DECISION_FIELDS & vals.keys() and not self._may_decide():
                self._refuse_decision()
            if {"state", "decided_by_id", "decided_on"} & vals.keys():
                raise CreditDecisionError(self.env._("A credit review is decided by approving or refusing it."))
            if self.filtered(lambda review: review.state in DECIDED) and (vals.keys() & self._frozen_fields()):
                raise CreditDecisionError(self.env._("This review is decided. Ask for a new one."))
        result = super().write(vals)
        self._attach_evidence()
        return result

    @api.model
    def _frozen_fields(self):
        """Return the fields that stay as they are once the review is decided."""
        evidence = {"partner_id", "company_id", "credit_code", "licence_ids", "statement_ids", "history_ids"}
        return evidence | DECISION_FIELDS

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        if any(review.state != "draft" for review in self):
            raise CreditDecisionError(self.env._("A decided credit review stays."))

    def _refuse_decision(self):
        raise CreditDecisionError(self.env._("Only the credit department decides on limit, validity and conditions."))

    def _attach_evidence(self):
        """Let whoever may read the review read its documents."""
        for review in self:
            documents = review.licence_ids | review.statement_ids | review.history_ids
            loose = documents.filtered(lambda file: not file.res_id and file.create_uid == self.env.user)
            if loose:
                loose.write({"res_model": self._name, "res_id": review.id})

    # Decision

    def action_approve(self):
        """Approve the customer's credit, up to the limit, until the date (R3.2.2).

        :raises CreditDecisionError: by anybody else than the credit department, or decided already
        :raises CreditTermsError: without a limit, or with a validity that has passed
        """
        self._check_decide()
        for review in self:
            review._check_terms()
        for review in self:
            review._decide({"state": "approved", "valid_until": review.valid_until or review._default_validity()})

    def action_refuse(self):
        """Refuse the customer's credit (R3.2.2)."""
        self._check_decide()
        self._decide({"state": "refused"})

    def _check_decide(self):
        self.check_access("write")
        if not self._may_decide():
            self._refuse_decision()
        if any(review.state != "draft" for review in self):
            raise CreditDecisionError(self.env._("This review is decided. Ask for a new one."))

    def _check_terms(self):
        self.ensure_one()
        if self.limit <= 0:
            raise CreditTermsError(self.env._("Set the limit before you approve, or refuse."))
        if self.valid_until and self.valid_until < self.company_id._paper_today():
            raise CreditTermsError(self.env._("The validity lies in the past."))

    def _default_validity(self):
        self.ensure_one()
        return self.company_id._paper_today() + relativedelta(months=self.company_id.paper_credit_validity_months)

    def _decide(self, vals):
        # sudo: state and decider are written by the decision alone
        self.sudo().write({**vals, "decided_by_id": self.env.uid, "decided_on": fields.Datetime.now()})
        # sudo: the activities belong to several people of the credit department
        self.sudo().activity_ids.unlink()

    def _is_valid(self):
        """Say whether this review lets the customer order on credit today."""
        self.ensure_one()
        return bool(
            self.state == "approved" and self.valid_until and self.valid_until >= self.company_id._paper_today()
        )

    def _ask_department(self):
        """Send the review to the credit department (R3.2.2)."""
        for review in self:
            for user in review.company_id._paper_department_users(CREDIT_GROUP):
                # sudo: sales speaks to people whose activities it may not see
                review.sudo().activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.with_context(lang=user.lang).env._(
                        "Credit review: %(customer)s", customer=review.partner_id.name
                    ),
                    user_id=user.id,
                )

    @api.model
    def _cron_expire(self):
        """Mark the reviews whose validity has passed."""
        for company in self.env["res.company"].search([]):
            self.search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "approved"),
                    ("valid_until", "<", company._paper_today()),
                ]
            ).write({"state": "expired"})
