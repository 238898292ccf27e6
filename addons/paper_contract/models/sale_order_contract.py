from datetime import timedelta

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

    def _check_lines_free(self):
        """Refuse to add or remove goods of orders whose contract is in force, before the database does."""
        for order in self.sudo():  # sudo: the rule is the same whatever the user may read
            contract = order._open_contract()
            if contract.state == "in_force" and not contract._is_applying():
                order._check_confirmed_change()
                contract._refuse_signed_change()

    def _last_change_date(self):
        """Return the last date for a change of the order, None where it is not known.

        The company's days before the first delivery; override where a production plan knows when the paper is trimmed.
        """
        self.ensure_one()
        days = self.company_id.paper_change_days
        dates = [*filter(None, (line._paper_delivery_day() for line in self._paper_delivery_lines()))]
        return min(dates) - timedelta(days=days) if days and dates else None

    def _check_supplement_blockers(self):
        """Refuse to send a supplement while something else than the contract stands against a change.

        :raises ChangeBlockedError: saying what does
        """
        self.ensure_one()
        # sudo: the rule is the same whatever the user may read
        found = self.sudo()._get_open_blockers("change")[self]
        found = [item for item in found if item["code"] != "contract_in_force"]
        if found:
            raise self._blocked_error("change", {self: found})

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
