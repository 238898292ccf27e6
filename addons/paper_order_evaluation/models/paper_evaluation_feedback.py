from markupsafe import Markup
from odoo import models

from .paper_evaluation import SALES

CALL = "paper_order_evaluation.mail_activity_feedback"
# What sales is called for until the order goes on: the result, the customer's answer to the offer, a new submission,
# and price or cost.
CAUSES = ("result", "answer", "submit", "price")


class PaperEvaluation(models.Model):
    """The result goes to sales at once: in the order's chatter, by mail and as an activity (R3.4)."""

    _inherit = "paper.evaluation"

    def _feed_back(self):
        self.ensure_one()
        order, user = self.order_id, self.user_id or self.submitted_by_id
        told = self.with_context(lang=user.lang or self.env.lang)
        text, details = told._result_sentence(), told._result_details()
        order.message_post(
            body=Markup("<p>{}</p>{}").format(text, details),
            author_id=self.env.user.partner_id.id,
            partner_ids=user.partner_id.ids,
        )

    def _call_sales(self, cause, summary, note=None):
        """Put something before the salespeople at once, as a to-do of each order.

        :param cause: one of ``CAUSES``, or one that whoever calls ends by :meth:`_end_call`
        :param summary, note: functions of the evaluation in the reader's language
        """
        for company, evaluations in self.grouped("company_id").items():
            of_order = {evaluation.order_id.id: evaluation for evaluation in evaluations}

            def told(order, words, of_order=of_order):
                return words(of_order[order.id].with_context(lang=order.env.lang))

            def seller(order, of_order=of_order):
                return of_order[order.id].user_id or of_order[order.id].submitted_by_id, SALES

            company._paper_tell(
                seller,
                evaluations.order_id,
                lambda order, told=told: told(order, summary),
                kind=f"evaluation_{cause}",
                note=note and (lambda order, told=told: told(order, note)),
                activity_type=CALL,
                quietly=True,
            )

    def _end_call(self, cause):
        """End what sales was called for, because it is done, or something else has to be done now."""
        self.env["res.company"]._paper_told(self.order_id, f"evaluation_{cause}")

    def _result_sentence(self):
        _ = self.env._
        texts = {
            "passed": _("Evaluation passed: sign the contract with the customer."),
            "conditional": _("Evaluation passed with conditions: sign the contract, and keep the conditions."),
            "failed": _("Evaluation not passed: tell the customer why, and look for a way with him."),
        }
        return texts[self.state]

    def _result_details(self):
        """Return the opinions that are more than a plain yes, as a list for internal readers."""
        items = [opinion._reason() for opinion in self.opinion_ids if opinion.verdict in ("conditional", "no")]
        if self.conclusion:
            items.append(self.conclusion)
        return Markup("<ul>{}</ul>").format(self._html_items(items)) if items else ""

    def _html_items(self, texts):
        return Markup("").join(Markup("<li>{}</li>").format(text) for text in texts)
