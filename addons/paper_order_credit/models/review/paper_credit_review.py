from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering

from ...exceptions import CreditCodeError, CreditDecisionError, CreditEvidenceError, CreditTermsError
from ...lib.credit_code import credit_code_fault

CREDIT_GROUP = "paper_base.group_credit"
# Sales collects the evidence as long as nothing is decided; the credit department alone enters what it decides.
OPEN = {"draft": ()}
DECISION = {"draft": (CREDIT_GROUP,)}
# What is collected of a new customer before his credit is judged (R3.2.2).
NEW_CUSTOMER_KINDS = ("licence", "statement", "history")
GUARANTEES = [
    ("none", "None"),
    ("guarantor", "Guarantor"),
    ("pledge", "Mortgage or Pledge"),
    ("bank", "Bank Guarantee"),
    ("insurance", "Credit Insurance"),
]


class PaperCreditReview(models.Model):
    """The judgement on a customer's credit. Sales collects the evidence (business licence, financial
    statements, operating history; for an old customer the ledger speaks) and sends it to the credit
    department, which approves a limit until a date, or refuses. States: draft, approved, refused, expired.
    """

    _name = "paper.credit.review"
    _description = "Credit Review"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin", "paper.order.mover"]
    _moves_orders = ("state", "valid_until")
    _order = "id desc"
    _rec_name = "partner_id"
    _check_company_auto = True

    _steps = {
        "draft": {"approved": (CREDIT_GROUP,), "refused": (CREDIT_GROUP,)},
        "approved": {"expired": ()},
        "refused": {},
        "expired": {},
    }
    _step_verbs = {"approve": "approved", "refuse": "refused"}
    _entering = {
        "approved": Entering(
            check="_check_approved", values="_prepare_approved_values", by="decided_by_id", on="decided_on"
        ),
        "refused": Entering(values="_prepare_decision_values", by="decided_by_id", on="decided_on"),
    }
    _state_error = CreditDecisionError
    _right_error = CreditDecisionError
    _field_error = CreditDecisionError
    _locked_error = CreditDecisionError

    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        index=True,
        check_company=True,
        domain=[("parent_id", "=", False)],
        tracking=True,
        by_hand=OPEN,
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True, by_hand=OPEN
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    requested_by_id = fields.Many2one("res.users", by_steps=True, default=lambda self: self.env.user)
    order_id = fields.Many2one("sale.order", string="Asked for by", check_company=True, copy=False, index="btree_not_null")
    state = fields.Selection(
        [("draft", "Under Review"), ("approved", "Approved"), ("refused", "Refused"), ("expired", "Expired")],
        required=True,
        default="draft",
        index=True,
        tracking=True,
        by_steps=True,
    )
    credit_code = fields.Char(
        string="Unified Social Credit Code",
        size=32,
        by_hand=OPEN,
        help="18 characters; the check digit of GB 32100 is verified.",
    )
    document_ids = fields.One2many("paper.credit.document", "review_id", string="Documents", by_hand=OPEN)
    earlier_document_ids = fields.Many2many(
        "paper.credit.document", string="Documents on File", compute="_compute_earlier_document_ids"
    )
    earlier_review_ids = fields.Many2many(
        "paper.credit.review", string="Earlier Reviews", compute="_compute_earlier_document_ids"
    )
    evidence_missing = fields.Char(string="Evidence Missing", compute="_compute_evidence_missing")
    code_warning = fields.Char(compute="_compute_code_warning")
    reminded_on = fields.Date(by_steps=True)
    limit = fields.Monetary(string="Credit Limit", tracking=True, copy=False, by_hand=DECISION)
    valid_until = fields.Date(tracking=True, copy=False, by_hand=DECISION)
    payment_term_id = fields.Many2one(
        "account.payment.term", string="Payment Terms", check_company=True, tracking=True, by_hand=DECISION
    )
    prepayment_percent = fields.Float(
        string="Prepayment (%)",
        digits=(5, 2),
        tracking=True,
        copy=False, by_hand=DECISION,
        help="Share of each order that the customer pays before it is produced; until then production is held.",
    )
    guarantee = fields.Selection(
        GUARANTEES,
        required=True,
        default="none",
        tracking=True,
        copy=False, by_hand=DECISION,
        help="What has to be on file as a document, and valid, before an order is produced.",
    )
    conditions = fields.Text(string="Further Conditions", copy=False, by_hand=DECISION)
    decision_reason = fields.Text(
        string="Reason without Documents",
        tracking=True,
        copy=False,
        by_hand=DECISION,
        help="Why a new customer gets credit though evidence on it is missing.",
    )
    decided_by_id = fields.Many2one("res.users", by_steps=True)
    decided_on = fields.Datetime(by_steps=True)
    decided_figures = fields.Json(by_steps=True)
    claim_count = fields.Integer(by_steps=True, groups=fields.NO_ACCESS)
    can_approve = fields.Boolean(compute="_compute_can_steps")
    can_refuse = fields.Boolean(compute="_compute_can_steps")

    _limit_positive = models.Constraint('CHECK("limit" >= 0)', "A credit limit cannot be negative.")
    _percentage = models.Constraint(
        "CHECK(prepayment_percent BETWEEN 0 AND 100)", "A prepayment is a share from 0 to 100 %."
    )
    _valid_idx = models.Index("(valid_until) WHERE state = 'approved'")

    @api.depends("partner_id", "company_id", "document_ids")
    def _compute_earlier_document_ids(self):
        for review in self:
            partner, company = review.partner_id, review.company_id
            own = review.document_ids | review.document_ids._origin
            documents = partner.paper_credit_document_ids.filtered(lambda rec, company=company: rec.company_id == company)
            review.earlier_document_ids = documents - own
            reviews = partner.paper_credit_review_ids.filtered(lambda rec, company=company: rec.company_id == company)
            review.earlier_review_ids = reviews - review._origin - review

    @api.depends("document_ids.kind", "document_ids.valid_until", "partner_id")
    @api.depends_context("lang")
    def _compute_evidence_missing(self):
        for review in self:
            review.evidence_missing = ", ".join(review._missing_evidence()) if review.is_new_customer else ""

    def _missing_evidence(self):
        """Return the names of the evidence on a new customer that is not there, or no longer valid."""
        self.ensure_one()
        valid = (self.document_ids | self.earlier_document_ids).filtered(lambda rec: rec.validity != "expired")
        kinds = dict(self.env["paper.credit.document"]._fields["kind"]._description_selection(self.env))
        return [kinds[kind] for kind in NEW_CUSTOMER_KINDS if kind not in valid.mapped("kind")]

    @api.depends("credit_code", "partner_id.vat")
    @api.depends_context("lang")
    def _compute_code_warning(self):
        for review in self:
            vat = review.partner_id.vat
            differs = review.credit_code and vat and review.credit_code != vat
            text = self.env._("The customer's record says %(code)s.", code=vat) if differs else ""
            review.code_warning = text

    @api.onchange("partner_id")
    def _onchange_partner_code(self):
        if self.partner_id.paper_is_chinese_company and not self.credit_code:
            self.credit_code = self.partner_id.vat

    @api.depends("requested_by_id")
    def _compute_can_steps(self):
        return super()._compute_can_steps()

    def _step_objection(self, state):
        # Two persons: who asks does not decide, be it in the same department.
        if state in ("approved", "refused") and self.requested_by_id == self.env.user:
            return self.env._(
                "%(user)s asked for this review: somebody else of the credit department decides it.", user=self.env.user.name
            )
        return super()._step_objection(state)

    @api.constrains("credit_code")
    def _check_credit_code(self):
        for review in self.filtered("credit_code"):
            fault = credit_code_fault(review.credit_code)
            if fault:
                raise CreditCodeError(self.env["res.partner"]._credit_code_sentence(review.credit_code, fault))

    @api.model_create_multi
    def create(self, vals_list):
        reviews = super().create(vals_list)
        reviews._judge_the_company()
        return reviews

    def write(self, vals):
        result = super().write(vals)
        if "partner_id" in vals:
            self._judge_the_company()
        return result

    def _judge_the_company(self):
        """Let each review be about the company that buys, whichever of its people was named."""
        for review in self:
            company = review.partner_id.commercial_partner_id
            if review.partner_id != company:
                review._by_step().write({"partner_id": company.id})
            review._complete_evidence()

    def _complete_evidence(self):
        """Take the code from the customer's record where the request names none."""
        for review in self.filtered(lambda rec: rec.state == "draft" and not rec.credit_code):
            partner = review.partner_id
            if partner.paper_is_chinese_company and not credit_code_fault(partner.vat or ""):
                review._by_step().write({"credit_code": partner.vat})

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        if any(review.state != "draft" for review in self):
            raise CreditDecisionError(self.env._("A decided credit review stays."))

    # Decision

    def action_approve(self):
        """Approve the customer's credit, up to the limit, until the date (R3.2.2).

        :raises CreditDecisionError: by anybody else than the credit department, or decided already
        :raises CreditTermsError: without a limit, or with a validity that has passed
        :raises CreditEvidenceError: for a new customer without documents and without a reason
        """
        self.check_access("write")
        return self._take_step("approved")

    def action_refuse(self):
        """Refuse the customer's credit (R3.2.2)."""
        self.check_access("write")
        return self._take_step("refused")

    def _check_approved(self):
        for review in self:
            if review.limit <= 0 and review.prepayment_percent < 100:
                raise CreditTermsError(
                    self.env._("Set the limit before you approve, or ask for 100 % in advance, or refuse.")
                )
            if review.valid_until and review.valid_until < review.company_id._paper_today():
                raise CreditTermsError(self.env._("The validity lies in the past."))
            if review.evidence_missing and not said(review.decision_reason):
                raise CreditEvidenceError(
                    self.env._(
                        "%(customer)s is new, and evidence is missing: %(evidence)s. Collect it, or write down why credit is "
                        "given without it.",
                        customer=review.partner_id.name,
                        evidence=review.evidence_missing,
                    )
                )

    def _prepare_approved_values(self):
        return {
            **self._prepare_decision_values(),
            "valid_until": self.valid_until or self._default_validity(),
        }

    def _prepare_decision_values(self):
        return {"decided_figures": self._decision_snapshot()}

    def _default_validity(self):
        self.ensure_one()
        return self.company_id._paper_today() + relativedelta(months=self.company_id.paper_credit_validity_months)

    def _is_valid(self):
        """Say whether this review lets the customer order on credit today."""
        self.ensure_one()
        return bool(
            self.state == "approved" and self.valid_until and self.valid_until >= self.company_id._paper_today()
        )

    def _ask_department(self):
        """Send the reviews to the credit department (R3.2.2)."""
        for company, reviews in self.grouped("company_id").items():
            company._paper_tell(
                CREDIT_GROUP,
                reviews,
                lambda review: review.env._("Credit review: %(customer)s", customer=review.partner_id.name),
            )

    # Validity

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
            )._take_step("expired")

    def _remind_expiry(self):
        """Remind the credit department, and whoever asked, that an approval ends soon."""
        self.ensure_one()
        company = self.company_id
        users = company._paper_department_users(CREDIT_GROUP) | self.requested_by_id
        company._paper_tell(users, self, self._expiry_words, kind="expiry", deadline=self.valid_until)

    @staticmethod
    def _expiry_words(review):
        return review.env._("The credit of %(customer)s expires: review it again", customer=review.partner_id.name)

    def _moved_orders(self):
        partners = self.partner_id.commercial_partner_id
        return self.env["sale.order"].search(
            [("partner_id.commercial_partner_id", "in", partners.ids), ("is_paper_order", "=", True), ("state", "!=", "cancel")]
        )
