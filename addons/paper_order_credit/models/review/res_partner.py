from odoo import api, fields, models

from ...exceptions import CreditCodeError
from ...lib.credit_code import credit_code_fault

CREDIT_READERS = (
    "paper_base.group_sales,paper_base.group_credit,paper_base.group_finance,paper_base.group_management,"
    "paper_base.group_paper_overview"
)


def reads_credit(env):
    """Say whether the user may read what is known of customers' credit, figures and sentences made of them."""
    return any(env.user.has_group(group) for group in CREDIT_READERS.split(","))


class ResPartner(models.Model):
    _inherit = "res.partner"

    paper_credit_review_ids = fields.One2many("paper.credit.review", "partner_id", string="Credit Reviews", groups=CREDIT_READERS)
    paper_credit_document_ids = fields.One2many(
        "paper.credit.document", "partner_id", string="Credit Documents", groups=CREDIT_READERS
    )
    paper_credit_chart = fields.Json(string="Exposure and Ageing", compute="_compute_paper_credit_chart", groups=CREDIT_READERS)
    paper_is_chinese_company = fields.Boolean(compute="_compute_paper_code_warning", groups="base.group_user")
    paper_code_warning = fields.Char(compute="_compute_paper_code_warning", groups="base.group_user")

    def _compute_paper_credit_chart(self):
        """What the customer owes this company, against his limit, as the credit screen draws it."""
        Review = self.env["paper.credit.review"]
        latest = {review.partner_id.id: review for review in self._credit_reviews_that_count()}
        for partner in self:
            review = latest.get(partner.commercial_partner_id.id)
            partner.paper_credit_chart = (review or Review).chart if review else False

    def _credit_reviews_that_count(self):
        """Return each customer's review that counts in the current company: the valid one, else the latest."""
        reviews = self.commercial_partner_id.paper_credit_review_ids
        own = reviews.filtered(lambda review: review.company_id == self.env.company).sorted("id", reverse=True)
        counting = self.env["paper.credit.review"]
        for found in own.grouped("partner_id").values():
            counting |= found.filtered(lambda review: review._is_valid())[:1] or found[:1]
        return counting

    # Unified social credit code

    @api.depends("vat", "country_id", "is_company")
    @api.depends_context("lang")
    def _compute_paper_code_warning(self):
        for partner in self:
            partner.paper_is_chinese_company = partner.is_company and partner.country_id.code == "CN"
            fault = partner._credit_code_fault()
            partner.paper_code_warning = self._credit_code_sentence(partner.vat, fault) if fault else ""

    def _credit_code_fault(self):
        """Return what is wrong with a Chinese company's code; None if nothing is, or none is given ("/")."""
        self.ensure_one()
        if not self.is_company or self.country_id.code != "CN" or not self.vat or self.vat == "/":
            return None
        return credit_code_fault(self.vat)

    @api.model
    def _credit_code_sentence(self, code, fault):
        """Return in a sentence what is wrong with a unified social credit code, and what to do."""
        _ = self.env._
        texts = {
            "length": _("“%(code)s” is no unified social credit code: it must have 18 characters."),
            "format": _("“%(code)s” is no unified social credit code: it holds characters that no code has."),
            "check_digit": _(
                "“%(code)s” is no unified social credit code: its check digit (GB 32100) is wrong, so a character was mistyped."
            ),
        }
        return texts[fault] % {"code": code}

    @api.constrains("vat", "country_id", "is_company")
    def _check_credit_code(self):
        """Refuse a Chinese company's code that fails its check digit (R3.2.2, GB 32100)."""
        for partner in self:
            fault = partner._credit_code_fault()
            if fault:
                raise CreditCodeError(self._credit_code_sentence(partner.vat, fault))
