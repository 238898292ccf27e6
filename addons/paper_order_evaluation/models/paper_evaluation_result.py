from odoo import fields, models
from odoo.addons.paper_base.models.steps.locking import lock_or_tell

from ..exceptions import AlreadyDecidedError, EvaluationBusyError, EvaluationRefusedError, PanelIncompleteError
from .paper_evaluation import DECIDED


class PaperEvaluation(models.Model):
    """Submitting an order to its panel, and closing it: by the chair, once, with the figures as they were."""

    _inherit = "paper.evaluation"

    # Submission

    def _action_submitted(self):
        """Tell each department at once what it owes. Override to tell more."""
        self._pending_opinions()._call_departments()
        self.filtered("can_close")._call_chair()

    def _call_chair(self):
        """Tell the chair that the opinions are in, until the panel is closed."""
        for (company, deadline), evaluations in self.grouped(lambda rec: (rec.company_id, rec.deadline_date)).items():
            company._paper_tell(
                lambda evaluation: evaluation._chair_users(),
                evaluations,
                lambda evaluation: evaluation.env._("All opinions are in: close the panel"),
                deadline=deadline,
                quietly=True,
            )

    # Closing

    def action_close(self):
        """Close the panel: derive the result from the opinions and tell sales at once (R3.3.1, R3.4).

        :raises EvaluationRefusedError: for anybody but the chair
        :raises AlreadyDecidedError: if somebody else closed it before
        :raises EvaluationBusyError: if somebody else works on it at this moment
        :raises PanelIncompleteError: while opinions are owed, or given on an order that changed since
        """
        self.check_access("read")
        self._check_chair()
        lock_or_tell(self, EvaluationBusyError)
        self._check_close()
        # sudo: the chair tells sales, whose order it is
        for result, evaluations in self.sudo().grouped(lambda evaluation: evaluation._panel_result()).items():
            evaluations._take_step(result)

    def action_cancel(self):
        """Call off an evaluation that is not decided yet."""
        self.check_access("read")
        open_ones = self.filtered(lambda evaluation: evaluation.state == "open")
        if not open_ones:
            raise EvaluationRefusedError(self.env._("Only an evaluation that is not decided can be cancelled."))
        open_ones.sudo()._take_step("cancelled")  # sudo: sales calls the panel off, whoever talks or asks in it

    def action_open_order(self):
        """Open the order that is evaluated."""
        self.ensure_one()
        return self.order_id._get_records_action(name=self.env._("Order"))

    def _check_chair(self):
        """Refuse who may not decide before anything else is said of the panel."""
        for evaluation in self:
            objection = evaluation._step_objection("passed")
            if objection:
                raise EvaluationRefusedError(objection)

    def _check_close(self):
        for evaluation in self:
            if evaluation.state in DECIDED:
                raise AlreadyDecidedError(
                    self.env._(
                        "%(name)s is decided already, by %(user)s.",
                        name=evaluation.display_name,
                        user=evaluation.closed_by_id.name,
                    )
                )
            if evaluation.state != "open":
                raise EvaluationRefusedError(self.env._("%(name)s was called off.", name=evaluation.display_name))
            if evaluation._is_outdated():
                raise PanelIncompleteError(self._outdated_message(evaluation))
            if not evaluation.can_close:
                raise PanelIncompleteError(
                    self.env._(
                        "%(name)s: opinions are still owed by %(owed)s.",
                        name=evaluation.display_name,
                        owed=evaluation.owed,
                    )
                )

    def _outdated_message(self, evaluation):
        return self.env._(
            "Order %(order)s was changed after it was submitted for evaluation. Sales submits it again.",
            order=evaluation.order_id.name,
        )

    def _prepare_close_values(self):
        self.ensure_one()
        values = {"state": self._panel_result(), "closed_by_id": self.env.uid, "closed_on": fields.Datetime.now()}
        return {**values, **self._prepare_snapshot(values)}

    def _action_closed(self):
        """Stop the clock and give the result to the salesperson. Override to do more with it."""
        self._clock_stop()
        self._end_pending()
        self.filtered(lambda evaluation: evaluation.state == "failed")._draft_letter()
        for evaluation in self:
            evaluation._feed_back()
        self._call_sales("result", lambda rec: rec._result_sentence(), lambda rec: rec._result_details())

    def _action_cancelled(self):
        """Stop the clock; nobody owes anything any more. Override to do more."""
        self._clock_stop()
        self._end_pending()

    def _end_pending(self):
        """End what the departments were told of the opinions that are not given any more."""
        pending = self._pending_opinions()
        if pending:
            self.env["res.company"]._paper_told(pending, "pending")

    def _is_passed(self):
        """Say whether the order may go on to its contract: passed, with conditions or without."""
        self.ensure_one()
        return self.state in DECIDED and self.state != "failed"

    def _is_conditional(self):
        """Say whether conditions stand on the order."""
        return bool(self) and self.state == "conditional"
