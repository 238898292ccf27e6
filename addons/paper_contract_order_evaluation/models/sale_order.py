from datetime import timedelta

from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _valid_evaluation(self):
        """Return the evaluation that passed the order as it stands; empty where there is none."""
        self.ensure_one()
        # sudo: the result is the same whoever drafts, signs or reads the contract
        evaluation = self.sudo()._current_evaluation()
        valid = evaluation and evaluation._is_passed() and not evaluation._is_outdated()
        return evaluation if valid else evaluation.browse()

    def _contract_promise_date(self):
        return self._valid_evaluation().promise_date or super()._contract_promise_date()

    def _get_promise_history(self):
        history = super()._get_promise_history()
        # sudo: the customer follows the dates, not the records behind them
        for evaluation in self.sudo().paper_evaluation_ids:
            if evaluation._is_passed() and evaluation.promise_date:
                # Noon, so that it is the same day wherever the customer reads it.
                promised = fields.Datetime.to_datetime(evaluation.promise_date) + timedelta(hours=12)
                source = self.env._("promised by the mill")
                history.append({"date": evaluation.closed_on, "promised": promised, "source": source})
        return sorted(history, key=lambda item: item["date"])
