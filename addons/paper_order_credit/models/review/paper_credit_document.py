from odoo import api, fields, models
from odoo.fields import Domain

from ...exceptions import CreditDecisionError
from .paper_credit_review import CREDIT_GROUP

# A document stays as it is once its review is decided; one that belongs to no review is as open.
OPEN = {"draft": ()}


class PaperCreditDocument(models.Model):
    """A piece of evidence on a customer's credit: business licence, financial statements, operating history, a
    guarantee; with the date until which it holds. Sales collects it, the credit department judges by it.
    Its people are reminded before it expires. A document of a decided review stays as it is.
    """

    _name = "paper.credit.document"
    _description = "Credit Document"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin"]
    _order = "kind, valid_until desc, id desc"
    _check_company_auto = True
    _locked_error = CreditDecisionError

    name = fields.Char(string="Description", by_hand=OPEN)
    kind = fields.Selection(
        [
            ("licence", "Business Licence"),
            ("statement", "Financial Statements"),
            ("history", "Operating History"),
            ("guarantee", "Guarantee"),
            ("other", "Other"),
        ],
        required=True,
        default="licence",
        by_hand=OPEN,
    )
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, check_company=True, by_hand=OPEN
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company, by_hand=OPEN
    )
    review_id = fields.Many2one(
        "paper.credit.review", index="btree_not_null", check_company=True, ondelete="restrict", by_hand=OPEN
    )
    file = fields.Binary(attachment=True, required=True, by_hand=OPEN)
    file_name = fields.Char(by_hand=OPEN)
    issued_on = fields.Date(by_hand=OPEN)
    valid_until = fields.Date(tracking=True, by_hand=OPEN, help="Empty: it does not expire.")
    reminded_on = fields.Date(by_steps=True)
    validity = fields.Selection(
        [("valid", "Valid"), ("expiring", "Expires Soon"), ("expired", "Expired")], compute="_compute_validity"
    )

    _expiry_idx = models.Index("(valid_until) WHERE valid_until IS NOT NULL")

    @api.depends("valid_until", "company_id")
    def _compute_validity(self):
        for document in self:
            company = document.company_id or self.env.company
            left = (document.valid_until - company._paper_today()).days if document.valid_until else None
            if left is None or left > company.paper_credit_reminder_days:
                document.validity = "valid"
            else:
                document.validity = "expiring" if left >= 0 else "expired"

    @api.depends("kind", "name", "file_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for document in self:
            document.display_name = " – ".join(filter(None, [kinds.get(document.kind), document.name or document.file_name]))

    def _is_valid(self):
        self.ensure_one()
        return not self.valid_until or self.valid_until >= self.company_id._paper_today()

    # Evidence of a decision stays

    def _own_state(self):
        # sudo: the rule is the same whoever may read the review
        return self.sudo().review_id.state or "draft"

    @api.model
    def _first_state(self):
        return "draft"

    def _refuse_hand(self, names):
        self._check_open_review()
        return super()._refuse_hand(names)

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create([self._completed_create(vals) for vals in vals_list])
        documents._check_open_review()
        return documents

    @api.model
    def _completed_create(self, vals):
        """A document belongs to the company that buys, and to the mill that its review is made for."""
        given = {**self.default_get([name for name in ("review_id", "partner_id") if name not in vals]), **vals}
        review = self.env["paper.credit.review"].browse(given.get("review_id") or [])
        partner = review.partner_id or self.env["res.partner"].browse(given.get("partner_id") or [])
        company = {"company_id": review.company_id.id} if review else {}
        return {**vals, **company, "partner_id": partner.commercial_partner_id.id}

    def write(self, vals):
        result = super().write(vals)
        if "review_id" in vals:
            self._check_open_review()
        if "valid_until" in vals:
            # The new date is reminded of again.
            self._by_step().write({"reminded_on": False})
        return result

    def _evidence(self):
        return self.filtered(lambda document: document.review_id and document.review_id.state != "draft")

    @api.ondelete(at_uninstall=False)
    def _unlink_of_open_review(self):
        self._check_open_review()

    def _check_open_review(self):
        """Refuse to touch the evidence of a decision."""
        # sudo: the rule is the same whoever may read the review
        if any(review.state != "draft" for review in self.sudo().review_id):
            raise CreditDecisionError(self.env._("This review is decided: its evidence stays. Ask for a new one."))

    # Reminder

    @api.model
    def _cron_remind(self):
        """Remind of the documents and approvals that expire soon, each once (R3.2.2)."""
        for company in self.env["res.company"].search([]):
            today = company._paper_today()
            limit = fields.Date.add(today, days=company.paper_credit_reminder_days)
            soon = Domain("company_id", "=", company.id) & Domain("valid_until", "<=", limit)
            soon &= Domain("reminded_on", "=", False)
            documents = self.search(soon & Domain("valid_until", ">=", today))
            approved = self.env["paper.credit.review"].search(soon & Domain("state", "=", "approved"))
            for record in [*documents, *approved]:
                record._remind_expiry()
            for records in (documents, approved):
                records.with_context(tracking_disable=True)._by_step().write({"reminded_on": today})

    def _remind_expiry(self):
        self.ensure_one()
        asked = self.partner_id.user_id or self.review_id.requested_by_id
        to = (asked, CREDIT_GROUP)
        kind = f"expiry {self.valid_until}"  # each date once
        self.company_id._paper_tell(to, self, self._expiry_words, kind=kind, deadline=self.valid_until)

    @staticmethod
    def _expiry_words(document):
        return document.env._(
            "%(document)s of %(customer)s expires: ask for a new one",
            document=document.display_name,
            customer=document.partner_id.name,
        )
