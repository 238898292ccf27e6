from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _evaluation_open_with_customer(self):
        """Return what the customer has to answer: ``question``, ``offer``, or False; for his page of the order."""
        self.ensure_one()
        evaluation = self._current_evaluation()
        if evaluation.with_customer:
            return "question"
        return "offer" if evaluation and evaluation._is_offer_open() else False

    def message_post(self, **kwargs):
        message = super().message_post(**kwargs)
        # The context only says which letter was being written; that it may be sent, and went to the customer, is
        # asked of the records.
        letter = self.env.context.get("paper_letter_of")
        if letter and self.env.user._is_internal():
            evaluations = self.paper_evaluation_ids.filtered(lambda rec: rec.id == letter and rec.can_send_letter)
            for evaluation in evaluations.filtered(lambda rec: rec.partner_id in message.partner_ids):
                evaluation._letter_sent(message)
        return message
