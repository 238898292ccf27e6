from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # What other addons know and a contract compares itself with

    def _contract_credit_term(self):
        """Return the ``account.payment.term`` that credit allows the customer, empty if nothing is known.

        Those of the credit review if there is one, or else the customer's own.
        """
        self.ensure_one()
        if "paper.credit.review" in self.env:
            review = self._paper_credit_review()
            if review and review._is_valid() and review.payment_term_id:
                return review.payment_term_id
        return self.partner_id.commercial_partner_id.with_company(self.company_id).property_payment_term_id

    def _contract_promise_date(self):
        """Return the first date that the mill can promise, None if nobody has worked it out.

        Override where an evaluation knows it.
        """
        self.ensure_one()
        return None
