from odoo import api, fields, models

from ..exceptions import QuestionError

STEP_FIELDS = {"state", "asked_by_id", "asked_on", "answer", "answered_by", "answered_on", "evaluation_id", "opinion_id"}


class PaperEvaluationQuestion(models.Model):
    """What the panel has to know from the customer before it can answer. A member writes it, sales reads it over and
    asks; from then on the panel's clock stands still until the customer has answered (R3.3.1).
    """

    _name = "paper.evaluation.question"
    _description = "Question to the Customer"
    _order = "evaluation_id desc, id"
    _rec_name = "question"

    evaluation_id = fields.Many2one("paper.evaluation", required=True, readonly=True, ondelete="cascade", index=True)
    opinion_id = fields.Many2one("paper.evaluation.opinion", readonly=True, index="btree_not_null")
    order_id = fields.Many2one(related="evaluation_id.order_id")
    company_id = fields.Many2one(related="evaluation_id.company_id", store=True, index=True)
    question = fields.Text(required=True)
    state = fields.Selection(
        [("draft", "To Be Read Over by Sales"), ("asked", "With the Customer"), ("answered", "Answered"), ("closed", "Closed")],
        required=True,
        default="draft",
        readonly=True,
        index=True,
    )
    asked_by_id = fields.Many2one("res.users", string="Asked by", readonly=True)
    asked_on = fields.Datetime(readonly=True)
    answer = fields.Text(readonly=True)
    answered_by = fields.Char(readonly=True)
    answered_on = fields.Datetime(readonly=True)
    reply = fields.Text(string="The Customer's Answer", help="Typed in by sales, and kept as the answer when it is recorded.")

    # Guards

    @api.model_create_multi
    def create(self, vals_list):
        steps = (STEP_FIELDS | {"reply"}) - {"evaluation_id", "opinion_id"}
        if not self.env.su and any(steps & vals.keys() for vals in vals_list):
            raise QuestionError(self.env._("A question is asked and answered by its own steps only."))
        questions = super().create(vals_list)
        questions._check_may_ask()
        return questions

    def write(self, vals):
        if STEP_FIELDS & vals.keys() and not self.env.su:
            raise QuestionError(self.env._("A question is asked and answered by its own steps only."))
        if "reply" in vals and not self.env.su:
            self._check_sales()
        if "question" in vals:
            self._check_may_ask()
            if self.filtered(lambda rec: rec.state != "draft"):
                raise QuestionError(self.env._("A question that was asked stays as it was asked."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_draft(self):
        self._check_may_ask()
        if self.filtered(lambda rec: rec.state != "draft"):
            raise QuestionError(self.env._("A question that was asked stays as it was asked."))

    def _check_may_ask(self):
        """Refuse a question of somebody who is not of the panel, or to a panel that is decided."""
        if self.env.su:
            return
        opinions = self.env["paper.evaluation.opinion"]
        seats = bool(opinions._my_dimensions() or opinions._my_taken_seats())
        for question in self:
            if not seats and not question.evaluation_id._is_chaired_by(self.env.user):
                raise QuestionError(self.env._("The members of the panel ask the customer, through sales."))
            if question.evaluation_id.state != "open":
                raise QuestionError(self.env._("The panel is closed; nothing is asked any more."))

    def _check_sales(self):
        self.check_access("read")
        if not self.env.user.has_group("paper_base.group_sales"):
            raise QuestionError(self.env._("Sales speaks with the customer."))

    # Steps

    def action_submit(self):
        """Hand the question to sales; a question of sales goes to the customer at once."""
        self._check_may_ask()
        if self.env.user.has_group("paper_base.group_sales"):
            return self.action_ask()
        for question in self.sudo():  # sudo: the salesperson is called on an order that the member may not write
            question.evaluation_id._call_sales(self.env._("Ask the customer: %(question)s", question=question.question))
        return True

    def action_ask(self):
        """Ask the customer: the question goes to him, and the panel's clock stands still (sales).

        :raises QuestionError: for anybody but sales, for a question that was asked, or once the panel is closed
        """
        self._check_sales()
        for question in self:
            if question.state != "draft" or question.evaluation_id.state != "open":
                raise QuestionError(self.env._("This question is not waiting to be asked."))
        for question in self.sudo():  # sudo: when it was asked and by whom is written by this step alone
            question.write({"state": "asked", "asked_by_id": self.env.uid, "asked_on": fields.Datetime.now()})
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
        if self.state != "asked" or self.evaluation_id.state != "open":
            raise QuestionError(self.env._("This question is not open any more."))
        if not (answer or "").strip():
            raise QuestionError(self.env._("Write down what the customer answered."))
        self.write(
            {
                "state": "answered",
                "answer": answer.strip(),
                "answered_by": answered_by,
                "answered_on": fields.Datetime.now(),
            }
        )
        evaluation = self.evaluation_id
        evaluation.message_post(
            body=self.env._("The customer answered “%(question)s”: %(answer)s", question=self.question, answer=self.answer),
            author_id=(author or self.env.user.partner_id).id,
            partner_ids=evaluation._pending_opinions()._members().partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )
        if not any(question.state == "asked" for question in evaluation.question_ids):
            evaluation._clock_resume()


class PaperEvaluation(models.Model):
    _inherit = "paper.evaluation"

    question_ids = fields.One2many("paper.evaluation.question", "evaluation_id", string="Questions to the Customer")
    with_customer = fields.Boolean(compute="_compute_with_customer")

    @api.depends("question_ids.state", "state")
    def _compute_with_customer(self):
        for evaluation in self:
            asked = any(question.state == "asked" for question in evaluation.question_ids)
            evaluation.with_customer = evaluation.state == "open" and asked

    def action_ask_customer(self, question=None):
        """Ask the customer something the panel has to know; its clock stands still until he has answered.

        A member of the panel writes the question and sales asks it; a question of sales goes to the customer at once.

        :param question: the text; without it a form to write it is opened
        """
        self.ensure_one()
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

    def _action_closed(self):
        result = super()._action_closed()
        self._close_questions()
        return result

    def _cancel(self):
        result = super()._cancel()
        self.sudo()._close_questions()  # sudo: sales calls the panel off, whoever asked
        return result

    def _close_questions(self):
        self.question_ids.filtered(lambda question: question.state in ("draft", "asked")).write({"state": "closed"})
