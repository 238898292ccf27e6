from odoo import models
from odoo.addons.paper_order_credit.models.review.sale_order import CREDIT_CODE


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_blockers(self, step):
        blockers = super()._get_blockers(step)
        if step == "supplement":
            for order in self:
                supplement = order._open_supplement()
                if supplement and order._paper_asks_credit():
                    blockers[order] += order._supplement_credit_blockers(supplement)
        return blockers

    def _supplement_credit_blockers(self, supplement):
        """List why the customer's credit does not bear what a supplement adds to the order (R3.2.2)."""
        self.ensure_one()
        more = supplement._amount_after() - self.amount_total if supplement.change_ids.filtered("is_changed") else 0.0
        if self.currency_id.compare_amounts(more, 0.0) <= 0:
            return []
        customer, review = self.partner_id.commercial_partner_id, self._paper_credit_review()
        # sudo: see _paper_credit_review
        figures = self.env["paper.credit.ledger"].sudo()._figures(customer, self.company_id, payment=False)[customer.id]
        text = self._credit_obstacle(figures, self._amount_on_credit(review, more))
        # The code names the supplement: whoever lets one through has not let the next one through.
        code = f"{CREDIT_CODE}:{supplement.name}"
        return [self._credit_blocker(code, text, self.env["paper.way.out"]._open(review or self))] if text else []

    def _valid_credit_review(self):
        """Return the decision by which the customer orders on credit today; empty where there is none."""
        self.ensure_one()
        review = self._paper_credit_review()
        return review if review and review._is_valid() else review.browse()

    def _has_valid_guarantee(self):
        self.ensure_one()
        documents = self.partner_id.commercial_partner_id.paper_credit_document_ids.grouped("kind").get("guarantee", ())
        return any(document.company_id == self.company_id and document._is_valid() for document in documents)

    def _contract_credit_term(self):
        return self._valid_credit_review().payment_term_id or super()._contract_credit_term()
