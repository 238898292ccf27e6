from odoo import fields, models
from odoo.exceptions import LockError

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
        """Tell the chair that the opinions are in."""
        for evaluation in self:
            waiting = evaluation.activity_ids.user_id
            for user in evaluation._chair_users() - waiting:
                evaluation.with_context(mail_activity_quick_update=True).activity_schedule(
                    "mail.mail_activity_data_todo",
                    summary=self.with_context(lang=user.lang or self.env.lang).env._("All opinions are in: close the panel"),
                    user_id=user.id,
                    date_deadline=evaluation.deadline_date or evaluation.company_id._paper_today(),
                )

    # Closing

    def action_close(self):
        """Close the panel: derive the result from the opinions and tell sales at once (R3.3.1, R3.4).

        :raises EvaluationRefusedError: for anybody but the chair
        :raises AlreadyDecidedError: if somebody else closed it before
        :raises EvaluationBusyError: if somebody else works on it at this moment
        :raises PanelIncompleteError: while opinions are owed, or given on an order that changed since
        """
        self._check_chair()
        self._lock_or_tell()
        self._check_close()
        for evaluation in self.sudo():  # sudo: the result is written by this step alone
            evaluation.write(evaluation._prepare_close_values())
        self.sudo()._action_closed()  # sudo: the chair tells sales, whose order it is

    def action_cancel(self):
        """Call off an evaluation that is not decided yet."""
        if not self.env.user.has_group("paper_base.group_sales"):
            self._check_chair()
        self.check_access("read")
        open_ones = self.filtered(lambda evaluation: evaluation.state == "open")
        if not open_ones:
            raise EvaluationRefusedError(self.env._("Only an evaluation that is not decided can be cancelled."))
        open_ones._cancel()

    def action_open_order(self):
        """Open the order that is evaluated."""
        self.ensure_one()
        return self.order_id._get_records_action(name=self.env._("Order"))

    def _lock_or_tell(self):
        """Keep these panels for this transaction.

        :raises EvaluationBusyError: if another transaction has one of them
        """
        try:
            self.sudo().lock_for_update()  # sudo: the lock is the system's, who may act was checked
        except LockError as error:
            raise EvaluationBusyError(
                self.env._(
                    "Somebody else is working on %(names)s at this moment. Look at the result before you go on.",
                    names=", ".join(self.mapped("display_name")),
                )
            ) from error

    def _check_chair(self):
        self.check_access("read")
        for evaluation in self:
            if not evaluation._is_chaired_by(self.env.user):
                raise EvaluationRefusedError(
                    self.env._(
                        "The chair closes the panel: %(chair)s.", chair=evaluation.company_id._evaluation_chair_name()
                    )
                )

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
        self.activity_ids.unlink()
        self._pending_opinions().activity_ids.unlink()
        self.filtered(lambda evaluation: evaluation.state == "failed")._draft_letter()
        for evaluation in self:
            evaluation._feed_back()

    def _cancel(self):
        for evaluation in self.sudo():  # sudo: sales may not write evaluations, but may call one off
            evaluation.write({"state": "cancelled", "closed_by_id": self.env.uid, "closed_on": fields.Datetime.now()})
            evaluation._clock_stop()
            evaluation.activity_ids.unlink()
            evaluation.opinion_ids.activity_ids.unlink()

    def _is_passed(self):
        """Say whether the order may go on to its contract: passed, with conditions or without."""
        self.ensure_one()
        return self.state in DECIDED and self.state != "failed"

    def _is_conditional(self):
        """Say whether conditions stand on the order."""
        return bool(self) and self.state == "conditional"
