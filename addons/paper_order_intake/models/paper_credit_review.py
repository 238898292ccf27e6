from dateutil.relativedelta import relativedelta
from odoo import api, fields, models

from ..exceptions import CreditDecisionError, CreditTermsError

CREDIT_GROUP = "paper_base.group_credit"
# What the credit department alone decides.
DECISION_FIELDS = {
    "state",
    "limit",
    "valid_until",
    "payment_term_id",
    "prepayment_percent",
    "guarantee",
    "conditions",
    "decided_by_id",
    "decided_on",
    "decided_figures",
}
# A form sends these for every new review: they decide nothing.
NO_DECISION = {"state": "draft", "guarantee": "none"}
GUARANTEES = [
    ("none", "None"),
    ("guarantor", "Guarantor"),
    ("pledge", "Mortgage or Pledge"),
    ("bank", "Bank Guarantee"),
    ("insurance", "Credit Insurance"),
]
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
    prepayment_percent = fields.Float(
        string="Prepayment (%)",
        digits=(5, 2),
        copy=False,
        tracking=True,
        help="Share of each order that the customer pays before it is produced; until then production is held.",
    )
    guarantee = fields.Selection(
        GUARANTEES,
        required=True,
        default="none",
        copy=False,
        tracking=True,
        help="What has to be on file as a document, and valid, before an order is produced.",
    )
    conditions = fields.Text(string="Further Conditions", copy=False)
    decided_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    decided_on = fields.Datetime(readonly=True, copy=False)
    decided_figures = fields.Json(readonly=True, copy=False)
    claim_count = fields.Integer(readonly=True, copy=False, groups=fields.NO_ACCESS)
    can_decide = fields.Boolean(compute="_compute_can_decide")

    _limit_positive = models.Constraint('CHECK("limit" >= 0)', "A credit limit cannot be negative.")
    _percentage = models.Constraint(
        "CHECK(prepayment_percent BETWEEN 0 AND 100)", "A prepayment is a share from 0 to 100 %."
    )
    _valid_idx = models.Index("(valid_until) WHERE state = 'approved'")

    @api.depends_context("uid")
    @api.depends("state")
    def _compute_can_decide(self):
        allowed = self._may_decide()
        for review in self:
            review.can_decide = allowed and review.state == "draft"

    @api.model
    def _may_decide(self):
        return self.env.su or self.env.user.has_group(CREDIT_GROUP)

    @api.model_create_multi
    def create(self, vals_list):
        if not self._may_decide() and any(self._is_decision(vals) for vals in vals_list):
            self._refuse_decision()
        if any(vals.get("state", "draft") != "draft" for vals in vals_list) and not self.env.su:
            self._refuse_decision()
        partners = self.env["res.partner"].browse([vals.get("partner_id") for vals in vals_list])
        for vals, partner in zip(vals_list, partners, strict=True):
            vals["partner_id"] = partner.commercial_partner_id.id
            self._complete_evidence(vals, partner.commercial_partner_id)
        return super().create(vals_list)

    @api.model
    def _is_decision(self, vals):
        return any(vals.get(name) and vals[name] != NO_DECISION.get(name) for name in DECISION_FIELDS)

    def write(self, vals):
        if not self.env.su:
            if DECISION_FIELDS & vals.keys() and not self._may_decide():
                self._refuse_decision()
            if {"state", "decided_by_id", "decided_on", "decided_figures"} & vals.keys():
                raise CreditDecisionError(self.env._("A credit review is decided by approving or refusing it."))
            if self.filtered(lambda review: review.state in DECIDED) and (vals.keys() & self._frozen_fields()):
                raise CreditDecisionError(self.env._("This review is decided. Ask for a new one."))
        return super().write(vals)

    @api.model
    def _frozen_fields(self):
        """Return the fields that stay as they are once the review is decided."""
        return {"partner_id", "company_id", "credit_code", "document_ids"} | DECISION_FIELDS

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        if any(review.state != "draft" for review in self):
            raise CreditDecisionError(self.env._("A decided credit review stays."))

    def _refuse_decision(self):
        raise CreditDecisionError(self.env._("Only the credit department decides on limit, validity and conditions."))

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
        if self.limit <= 0 and self.prepayment_percent < 100:
            raise CreditTermsError(self.env._("Set the limit before you approve, or ask for 100 % in advance, or refuse."))
        if self.valid_until and self.valid_until < self.company_id._paper_today():
            raise CreditTermsError(self.env._("The validity lies in the past."))

    def _default_validity(self):
        self.ensure_one()
        return self.company_id._paper_today() + relativedelta(months=self.company_id.paper_credit_validity_months)

    def _decide(self, vals):
        stamp = {"decided_by_id": self.env.uid, "decided_on": fields.Datetime.now()}
        for review in self:
            # sudo: state and decider are written by the decision alone
            review.sudo().write({**vals, **stamp, "decided_figures": review._decision_snapshot()})
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
