from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering

from ...exceptions import QuestionError
from ..panel.paper_evaluation import SALES


class PaperEvaluationQuestion(models.Model):
    """What the panel has to know from the customer before it can answer. A member writes it, sales reads it over and
    asks; from then on the panel's clock stands still until the customer has answered (R3.3.1).
    """

    _name = "paper.evaluation.question"
    _description = "Question to the Customer"
    _inherit = ["paper.step.mixin"]

    _order = "evaluation_id desc, id"
    _rec_name = "question"
    # The customer answers on a page of the portal, or sales for the customer.
    _steps = {"draft": {"asked": (SALES,), "closed": ()}, "asked": {"answered": (), "closed": ()}}
    _step_verbs = {"ask": "asked"}
    _entering = {
        "asked": Entering(check="_check_asked", then="_action_asked", by="asked_by_id", on="asked_on"),
        "answered": Entering(check="_check_answered", then="_action_answered", on="answered_on"),
        "closed": Entering(then="_action_closed"),
    }
    _state_error = QuestionError
    _right_error = QuestionError
    _field_error = QuestionError
    _locked_error = QuestionError
    _all_by_steps = True

    evaluation_id = fields.Many2one(
        "paper.evaluation", required=True, readonly=True, ondelete="cascade", index=True, by_hand={"new": ()}
    )
    opinion_id = fields.Many2one("paper.evaluation.opinion", readonly=True, index="btree_not_null", by_hand={"new": ()})
    order_id = fields.Many2one(related="evaluation_id.order_id")
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True, index=True)
    question = fields.Text(required=True, by_hand={"draft": ()})
    state = fields.Selection(
        [("draft", "To Be Read Over by Sales"), ("asked", "With the Customer"), ("answered", "Answered"), ("closed", "Closed")],
        required=True,
        default="draft",
        index=True,
    )
    asked_by_id = fields.Many2one("res.users", string="Asked by")
    asked_on = fields.Datetime()
    answer = fields.Text()
    answered_by = fields.Char()
    answered_on = fields.Datetime()
    reply = fields.Text(
        string="The Customer's Answer",
        by_hand={"asked": (SALES,)},
        help="Typed in by sales, and kept as the answer when it is recorded.",
    )
    can_submit = fields.Boolean(compute="_compute_can_submit")
    can_ask = fields.Boolean(compute="_compute_can_steps")
    can_answer = fields.Boolean(compute="_compute_can_submit")

    @api.depends("state", "evaluation_id.state")
    @api.depends_context("uid")
    def _compute_can_submit(self):
        sells = self.env.user.has_group(SALES)
        for question in self:
            question.can_submit = question.state == "draft" and not question._asking_objection()
            question.can_answer = question.state == "asked" and sells

    # Who may write it: the panel, until it is asked

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        if not self._is_step():
            questions._check_may_ask()
        return questions

    @api.constrains("question")
    def _check_asks(self):
        if not all(said(question.question) for question in self):
            raise QuestionError(self.env._("Write down what the customer is asked."))

    @api.ondelete(at_uninstall=False)
    def _unlink_draft(self):
        self._check_may_ask()
        for question in self.filtered(lambda rec: rec.state != "draft"):
            question._refuse_hand(["question"])

    @api.model
    def _is_hand_allowed(self, name, record):
        if name == "question" and record and record._asking_objection():
            return False
        return super()._is_hand_allowed(name, record)

    def _refused_hand_message(self, names):
        if "reply" in names and self.state == "asked":
            return self.env._("Sales speaks with the customer.")
        if names == ["question"]:
            objection = self.state == "draft" and self._asking_objection()
            return objection or self.env._("A question that was asked stays as it was asked.")
        return self.env._("A question is asked and answered by its own steps only.")

    def _asking_objection(self):
        """Return why this person may not ask: not of the panel, or the panel is decided; "" if nothing speaks against it."""
        self.ensure_one()
        return self.evaluation_id._asking_objection()

    def _check_may_ask(self):
        for question in self:
            objection = question._asking_objection()
            if objection:
                raise QuestionError(objection)

    def _step_objection(self, state):
        if state == "asked" and self.evaluation_id.state != "open":
            return self.env._("The panel is closed; nothing is asked any more.")
        return super()._step_objection(state)

    def _check_sales(self):
        self.check_access("read")
        if not self.env.user.has_group(SALES):
            raise QuestionError(self.env._("Sales speaks with the customer."))

    # Steps

    def action_submit(self):
        """Hand the question to sales; a question of sales goes to the customer at once."""
        self._check_may_ask()
        if self.env.user.has_group(SALES):
            return self.action_ask()
        for question in self.filtered(lambda rec: rec.state == "draft"):
            text = question.question
            question.evaluation_id._call_sales(
                question._call_cause(), lambda rec, text=text: rec.env._("Ask the customer: %(question)s", question=text)
            )
        return True

    def _call_cause(self):
        return f"question_{self.id}"

    def action_ask(self):
        """Ask the customer: the question goes to him, and the panel's clock stands still (sales).

        :raises QuestionError: for anybody but sales, for a question that was asked, or once the panel is closed
        """
        self._check_sales()
        return self._take_step("asked")

    def _check_asked(self):
        for question in self:
            if question.evaluation_id.state != "open":
                raise QuestionError(self.env._("This question is not waiting to be asked."))

    def _action_asked(self):
        """Put the questions to the customer. Override to do more."""
        for question in self.sudo():  # sudo: the customer is written to on an order that sales may not write
            question.evaluation_id._end_call(question._call_cause())
            question.order_id.message_post(
                body=question.question,
                author_id=self.env.user.partner_id.id,
                partner_ids=question.order_id.partner_id.ids,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
            )
            question.evaluation_id._clock_pause(question.question)

    def action_answer(self, answer=None):
        """Record the customer's answer; when nothing is open with him any more, the clock goes on (sales).

        :param answer: his words; those typed into the form if not given
        :raises QuestionError: for anybody but sales, without an answer, or for a question that is not with him
        """
        self._check_sales()
        for question in self:
            # sudo: the answer is written by this step alone
            question.sudo()._answer(answer or question.reply, self.env._("recorded by %(user)s", user=self.env.user.name))

    def action_record_answer(self):
        """Open the question, to type in what the customer said."""
        self.ensure_one()
        return {
            **self._get_records_action(name=self.env._("The Customer's Answer")),
            "target": "new",
        }

    def _answer(self, answer, answered_by, author=None):
        """Keep an answer, tell who asked, and let the clock go on. ``self`` is sudo.

        :param answered_by: who answered, by which way, in words
        """
        self.ensure_one()
        self._check_answered()
        if not said(answer):
            raise QuestionError(self.env._("Write down what the customer answered."))
        self._take_step("answered", answer=said(answer), answered_by=answered_by)
        evaluation = self.evaluation_id
        evaluation.message_post(
            body=self.env._("The customer answered “%(question)s”: %(answer)s", question=self.question, answer=self.answer),
            author_id=(author or self.env.user.partner_id).id,
            partner_ids=evaluation._pending_opinions()._members().partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )

    def _check_answered(self):
        for question in self:
            if question.state != "asked" or question.evaluation_id.state != "open":
                raise QuestionError(self.env._("This question is not open any more."))

    def _action_answered(self):
        """Let the clocks go on of which nothing is open with the customer. Override to do more."""
        for evaluation in self.evaluation_id:
            if not any(question.state == "asked" for question in evaluation.question_ids):
                evaluation._clock_resume()

    def _action_closed(self):
        """Nobody has to ask them any more. Override to do more."""
        for question in self:
            question.evaluation_id._end_call(question._call_cause())
