from odoo import models

from ...exceptions import CompletionAnswerError


class PaperIntakeMessage(models.Model):
    """A word of the customer about an order that lacks something: what it answers is proposed there (R3.2.1)."""

    _inherit = "paper.intake.message"

    def _action_later(self):
        result = super()._action_later()
        # sudo: the completion is moved by its steps alone, whoever brought the answer
        completion = self.sudo().about_order_id._open_completion()
        if completion.state == "asked":
            completion._answered_by_words()
        return result

    def _read_proposal(self):
        order = self.sudo().about_order_id  # sudo: whoever brought the words, they are compared with what is asked
        answers = order._answers_in_words(self._told_in_words()) if order._lacks_facts() else []
        answered = {answer["field"] for answer in answers}
        return answers + [item for item in super()._read_proposal() if item["field"] not in answered]

    def _write_proposal(self, proposal):
        answers = {item["name"]: item["value"] for item in proposal if item.get("name")}
        if answers:
            order = self.about_order_id
            # sudo: the completion is moved by its steps alone; that the user may write on the order was checked
            completion = self.env["paper.completion.request"].sudo()._open_for(order.sudo())
            errors, _next = completion._answer(answers, "mail", order.partner_id, user=self.env.user)
            if errors:
                raise CompletionAnswerError("\n".join(errors.values()))
        return super()._write_proposal([item for item in proposal if not item.get("name")])
