from odoo import api, fields, models

from ...exceptions import QuestionError


class PaperEvaluation(models.Model):
    _inherit = "paper.evaluation"

    question_ids = fields.One2many(
        "paper.evaluation.question", "evaluation_id", string="Questions to the Customer", readonly=True
    )
    with_customer = fields.Boolean(compute="_compute_with_customer")
    can_ask_customer = fields.Boolean(compute="_compute_can_steps")

    @api.depends("question_ids.state", "state")
    def _compute_with_customer(self):
        for evaluation in self:
            asked = any(question.state == "asked" for question in evaluation.question_ids)
            evaluation.with_customer = evaluation.state == "open" and asked

    def _asking_objection(self):
        """Return why this person may not ask the customer: not of the panel, or the panel is decided; "" if he may."""
        opinions = self.env["paper.evaluation.opinion"]
        seats = opinions._my_dimensions() or opinions._my_taken_seats()
        if not seats and not self._is_chaired_by(self.env.user):
            return self.env._("The members of the panel ask the customer, through sales.")
        if self.state != "open":
            return self.env._("The panel is closed; nothing is asked any more.")
        return ""

    def action_ask_customer(self, question=None):
        """Ask the customer something the panel has to know; its clock stands still until he has answered.

        A member of the panel writes the question and sales asks it; a question of sales goes to the customer at once.

        :param question: the text; without it a form to write it is opened
        """
        self.ensure_one()
        self.check_access("read")
        objection = self._asking_objection()
        if objection:
            raise QuestionError(objection)
        if not question:
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("Ask the Customer"),
                "res_model": "paper.evaluation.question",
                "view_mode": "form",
                "views": [(False, "form")],
                "target": "new",
                "context": {"default_evaluation_id": self.id},
            }
        record = self.env["paper.evaluation.question"].create({"evaluation_id": self.id, "question": question})
        record.action_submit()
        return True

    def action_answer_customer(self, answer):
        """Record the customer's answer to what was asked last (sales)."""
        self.ensure_one()
        asked = self.question_ids.filtered(lambda question: question.state == "asked")
        if not asked:
            raise QuestionError(self.env._("Nothing is open with the customer."))
        asked[-1].action_answer(answer)

    def _close_questions(self):
        self.question_ids.filtered(lambda question: question.state in ("draft", "asked"))._take_step("closed")
