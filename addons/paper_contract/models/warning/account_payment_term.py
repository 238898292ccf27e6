from odoo import models


class AccountPaymentTerm(models.Model):
    _inherit = "account.payment.term"

    def _contract_days(self):
        """Return the days until the last payment of these terms is due, counted from today."""
        self.ensure_one()
        today = self.env.company._paper_today()
        return max(((line._get_due_date(today) - today).days for line in self.line_ids), default=0)
