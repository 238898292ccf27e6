from markupsafe import Markup
from odoo import models

CALL = "paper_order_evaluation.mail_activity_feedback"


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
        if user:
            self._call_sales(text, details)

    def _call_sales(self, summary, note=""):
        """Put something before the salesperson at once, as an activity of the order."""
        for evaluation in self:
            user = evaluation.user_id or evaluation.submitted_by_id
            evaluation.order_id.with_context(mail_activity_quick_update=True).activity_schedule(
                CALL,
                summary=summary,
                note=note,
                user_id=user.id,
                date_deadline=evaluation.company_id._paper_today(),
            )

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
