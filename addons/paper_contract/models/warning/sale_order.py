from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # What other addons know and a contract compares itself with

    def _contract_credit_term(self):
        """Return the ``account.payment.term`` that credit allows the customer, empty if nothing is known.

        The customer's own; override where a review of his credit says which.
        """
        self.ensure_one()
        return self.partner_id.commercial_partner_id.with_company(self.company_id).property_payment_term_id

    def _contract_promises(self):
        """Return the first day that the mill can promise for each line, ``{line: date or None}``: that of the order where all
        is delivered on one day, or where none was made by line, else the line's own."""
        self.ensure_one()
        promise, lines = self._contract_promise_date(), self._paper_delivery_lines()
        own = {line: self.company_id._paper_day(line.paper_promised_date) for line in lines if line.paper_promised_date}
        return own if promise and own and not self._is_one_delivery_date() else dict.fromkeys(lines, promise)

    def _contract_promise_date(self):
        """Return the first date that the mill can promise, None if nobody has worked it out.

        Override where an evaluation knows it.
        """
        self.ensure_one()
        return None
