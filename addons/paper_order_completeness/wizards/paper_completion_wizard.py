from odoo import api, fields, models

from ..exceptions import CompletionAnswerError


class PaperCompletionWizard(models.TransientModel):
    """The customer on the telephone: what his order lacks, to be filled in as he says it (R3.2.1)."""

    _name = "paper.completion.wizard"
    _description = "Complete an Order by Phone"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    questions = fields.Json(compute="_compute_questions")
    answers = fields.Json(default=dict)
    phone = fields.Char(related="order_id.partner_id.phone", string="Phone")

    @api.depends("order_id")
    def _compute_questions(self):
        for wizard in self:
            wizard.questions = wizard.order_id._completion_questions(by_sales=True) if wizard.order_id else []

    def action_save(self):
        """Write the answers into the order and on record; ask on if they raise a new question.

        :raises CompletionAnswerError: an answer cannot be taken; nothing is written then
        """
        self.ensure_one()
        order = self.order_id
        order.check_access("write")
        labels = {item["name"]: item["label"] for question in self.questions for item in question["inputs"]}
        # sudo: the completion is moved by its steps alone
        request = self.env["paper.completion.request"].sudo()._open_for(order.sudo())
        errors, follows = request._answer(self.answers or {}, "phone", user=self.env.user)
        if errors:
            lines = [f"{labels.get(name, '')}: {text}" for name, text in errors.items()]
            raise CompletionAnswerError("\n".join(dict.fromkeys(lines)))
        if follows == "next":
            return order._complete_by_phone_action()
        return {"type": "ir.actions.act_window_close"}
