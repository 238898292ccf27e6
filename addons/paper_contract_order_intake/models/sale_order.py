from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

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
