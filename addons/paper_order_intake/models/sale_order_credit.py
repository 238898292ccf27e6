from odoo import api, fields, models
from odoo.tools.misc import formatLang

from .paper_credit_review import CREDIT_GROUP


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_credit_valid = fields.Boolean(
        string="Credit Approved", compute="_compute_paper_credit_valid", groups="base.group_user"
    )

    @api.depends("partner_id.commercial_partner_id", "company_id")
    def _compute_paper_credit_valid(self):
        for order in self:
            review = order._paper_credit_review()
            order.paper_credit_valid = bool(review) and review._is_valid()

    def _paper_credit_review(self):
        """Return the review that counts for this order's customer: the valid one, else the latest.

        Reads relational fields only, so that a batch of orders costs as many queries as one.
        """
        self.ensure_one()
        # sudo: the credit rule holds for every order, whoever may read the reviews
        reviews = self.sudo().partner_id.commercial_partner_id.paper_credit_review_ids
        own = reviews.filtered(lambda review: review.company_id == self.company_id).sorted("id", reverse=True)
        return own.filtered(lambda review: review._is_valid())[:1] or own[:1]

    def _get_blockers(self, step):
        blockers = super()._get_blockers(step)
        if step == "evaluate":
            papers = self.filtered("is_paper_order")
            for company, orders in papers.grouped("company_id").items():
                partners = orders.partner_id.commercial_partner_id
                # sudo: see _paper_credit_review
                figures = self.env["paper.credit.ledger"].sudo()._figures(partners, company, payment=False)
                for order in orders:
                    text = order._credit_obstacle(figures[order.partner_id.commercial_partner_id.id])
                    if text:
                        blockers[order].append(self._paper_blocker("credit", text, role=CREDIT_GROUP))
        return blockers

    def _credit_obstacle(self, figures):
        """Return why this order may not go on by the customer's credit; "" if it may."""
        self.ensure_one()
        _ = self.env._
        review = self._paper_credit_review()
        customer = self.partner_id.commercial_partner_id.display_name
        if not review:
            return _("%(customer)s has no credit review. Send one to the credit department.", customer=customer)
        if review.state == "draft":
            return _("The credit review of %(customer)s is not decided yet.", customer=customer)
        if review.state == "refused":
            return _("The credit department refused credit to %(customer)s.", customer=customer)
        if not review._is_valid():
            return _("The credit review of %(customer)s has expired. Ask for a new one.", customer=customer)
        amount = self.amount_total / (self.currency_rate or 1)
        total = figures["exposure"] + (0 if self.state == "sale" else amount)
        currency = self.company_id.currency_id
        if currency.compare_amounts(total, review.limit) > 0:
            return _(
                "With this order %(customer)s would owe %(total)s, above the limit of %(limit)s.",
                customer=customer,
                total=formatLang(self.env, total, currency_obj=currency),
                limit=formatLang(self.env, review.limit, currency_obj=currency),
            )
        return ""

    def _get_milestones(self):
        milestones = super()._get_milestones()
        names = {"draft": "current", "refused": "failed", "approved": "todo", "expired": "todo"}
        for order in self.filtered("is_paper_order"):
            review = order._paper_credit_review()
            valid = bool(review) and review._is_valid()
            milestones[order].append(
                self._paper_milestone(
                    "credit",
                    self.env._("Credit approved"),
                    "done" if valid else names.get(review.state, "todo"),
                    date=review.decided_on if valid else None,
                    owner=self.env._("Credit Department"),
                    clause="R3.2.2",
                    internal=True,
                )
            )
        return milestones

    def action_request_credit(self):
        """Send the customer's credit review to the credit department (R3.2.2).

        :return: action on the open review, a new one if none is open
        """
        self.ensure_one()
        self.check_access("write")
        partner = self.partner_id.commercial_partner_id
        Review = self.env["paper.credit.review"]
        review = Review.search(
            [("partner_id", "=", partner.id), ("company_id", "=", self.company_id.id), ("state", "=", "draft")], limit=1
        )
        if not review:
            review = Review.create({"partner_id": partner.id, "company_id": self.company_id.id, "order_id": self.id})
            review._ask_department()
        return review._get_records_action(name=self.env._("Credit Review"))

    def action_open_credit_reviews(self):
        """Open the credit reviews of the order's customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("paper_order_intake.action_paper_credit_review")
        partner = self.partner_id.commercial_partner_id
        return {**action, "domain": [("partner_id", "=", partner.id)], "context": {"default_partner_id": partner.id}}
