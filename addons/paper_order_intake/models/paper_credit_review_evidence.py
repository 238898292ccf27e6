from odoo import api, fields, models

from ..exceptions import CreditCodeError
from ..lib.credit_code import credit_code_fault
from .paper_credit_document import NEW_CUSTOMER_KINDS
from .paper_credit_review import CREDIT_GROUP, OPEN


class PaperCreditReview(models.Model):
    """The evidence on the customer: his credit code and his documents, also those of earlier reviews."""

    _inherit = "paper.credit.review"

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

    def _complete_evidence(self):
        """Take the code from the customer's record where the request names none."""
        for review in self.filtered(lambda rec: rec.state == "draft" and not rec.credit_code):
            partner = review.partner_id
            if partner.paper_is_chinese_company and not credit_code_fault(partner.vat or ""):
                review._by_step().write({"credit_code": partner.vat})

    @api.constrains("credit_code")
    def _check_credit_code(self):
        for review in self.filtered("credit_code"):
            fault = credit_code_fault(review.credit_code)
            if fault:
                raise CreditCodeError(self.env["res.partner"]._credit_code_sentence(review.credit_code, fault))

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
