from datetime import timedelta

from odoo import api, models


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

    @api.model
    def _settled_by_supplement(self):
        """Return the codes of the blockers that stand against the order as it is, and not against its supplement.

        Override where what is asked of the order is asked of the supplement's own terms.
        """
        return {"contract_in_force"}

    def _check_supplement_blockers(self, step):
        """Refuse to go on with supplements while something that they do not settle stands in the way of ``step``.

        :raises OrderBlockedError: the subclass named for the step, saying what does
        """
        settled = self._settled_by_supplement()
        # sudo: the rule is the same whatever the user may read
        found = {
            order: [item for item in items if item["code"] not in settled]
            for order, items in self.sudo()._get_open_blockers(step).items()
        }
        blocked = {order: items for order, items in found.items() if items}
        if blocked:
            raise self._blocked_error(step, blocked)

    def _open_supplement(self):
        """Return the supplement that is being made to the order's contract; the database holds at most one."""
        self.ensure_one()
        # sudo: who follows the order's status need not read its contracts
        supplements = self.sudo().contract_ids.filtered("parent_id")
        return supplements.filtered(lambda rec: rec.state not in ("in_force", "cancelled"))[:1]

    def _paper_open_steps(self):
        steps = super()._paper_open_steps()
        return [*steps, "supplement"] if self._open_supplement() else steps

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
