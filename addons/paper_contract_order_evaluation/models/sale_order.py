from datetime import timedelta

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.depends("paper_evaluation_ids.supplement_id.applied_on")
    def _compute_paper_evaluation_state(self):
        return super()._compute_paper_evaluation_state()

    def _evaluation_before(self, supplement=None, **about):
        own = supplement and supplement._evaluation()
        return own or super()._evaluation_before(**about)

    def _prepare_evaluation_values(self, earlier, supplement=None, **about):
        values = super()._prepare_evaluation_values(earlier, **about)
        if not supplement:
            return values
        values |= {"supplement_id": supplement.id, "agreed_facts": supplement._order_ahead()._paper_agreed_facts()}
        if not earlier:
            # Nobody judged the order itself: who is not touched by its change has nothing to say now either.
            values["opinion_ids"] = self.env["paper.evaluation"]._prepare_panel(supplement._touched_dimensions())
        return values

    @api.model
    def _settled_by_supplement(self):
        return super()._settled_by_supplement() | {"evaluation"}

    def _get_blockers(self, step):
        blockers = super()._get_blockers(step)
        if step == "supplement":
            for order in self:
                supplement = order._open_supplement()
                text = supplement and supplement._touched_dimensions() and supplement._evaluation_obstacle()
                if text:
                    action = supplement._open_action()
                    blockers[order].append(self._paper_blocker("supplement_evaluation", text, action, role=None))
        return blockers

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
            if evaluation._is_passed() and evaluation.promise_date and not evaluation._is_ahead():
                # Noon, so that it is the same day wherever the customer reads it.
                promised = fields.Datetime.to_datetime(evaluation.promise_date) + timedelta(hours=12)
                source = self.env._("promised by the mill")
                history.append({"date": evaluation.closed_on, "promised": promised, "source": source})
        return sorted(history, key=lambda item: item["date"])
