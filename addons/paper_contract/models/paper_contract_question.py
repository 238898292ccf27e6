from odoo import api, fields, models
from odoo.exceptions import UserError

from ..exceptions import ContractImmutableError, ContractRoleError

MAX_LENGTH = 2000
MAX_OPEN = 20


class PaperContractQuestion(models.Model):
    """What a customer asks about a contract that he was sent: put in the portal, answered by sales or legal, and shown to
    him with its answer. Neither question nor answer is altered afterwards (R4.1.3).
    """

    _name = "paper.contract.question"
    _description = "Customer's Question about a Contract"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state, id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    contract_id = fields.Many2one("paper.contract", required=True, readonly=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    partner_id = fields.Many2one("res.partner", string="Asked by", required=True, readonly=True)
    customer_id = fields.Many2one(related="contract_id.partner_id", string="Customer")
    question = fields.Text(required=True, readonly=True)
    asked_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    state = fields.Selection(
        [("open", "Open"), ("answered", "Answered")], string="Status", required=True, readonly=True, default="open", index=True
    )
    answer = fields.Text(help="The customer reads it in the portal and gets it by mail.")
    answered_by_id = fields.Many2one("res.users", string="Answered by", readonly=True)
    answered_on = fields.Datetime(readonly=True)

    @api.depends("contract_id")
    def _compute_display_name(self):
        for question in self:
            question.display_name = self.env._("Question about %(contract)s", contract=question.contract_id.name)

    # Asking

    @api.model
    def _ask(self, contract, author, text):
        """Put a customer's question about a contract before sales and legal.

        :param contract: ``paper.contract``, in sudo, that the author may read
        :param author: ``res.partner`` who asks
        :raises UserError: without a question, with one too long, or while too many are unanswered
        """
        text = (text or "").strip()
        if not text or len(text) > MAX_LENGTH:
            raise UserError(self.env._("Please write your question, in at most %(count)s characters.", count=MAX_LENGTH))
        # sudo: a customer asks about a contract without a right to the records behind it
        questions = self.sudo()
        if questions.search_count([("contract_id", "=", contract.id), ("state", "=", "open")]) >= MAX_OPEN:
            raise UserError(self.env._("Your earlier questions are being answered. Please wait for the answers."))
        question = questions.with_context(mail_create_nosubscribe=True).create(
            {"contract_id": contract.id, "partner_id": author.id, "question": text}
        )
        question._tell_answerers()
        return question

    def _tell_answerers(self):
        self.ensure_one()
        company = self.company_id
        users = self.contract_id.order_id.user_id | company._paper_department_users("paper_base.group_legal")
        for user in users.filtered("active"):
            summary = self.with_context(lang=user.lang).env._(
                "Answer the customer's question about %(contract)s", contract=self.contract_id.name
            )
            self.with_context(mail_activity_quick_update=True).activity_schedule(
                "mail.mail_activity_data_todo", summary=summary, user_id=user.id, date_deadline=company._paper_today()
            )

    # Answering

    def action_answer(self, text=None):
        """Send the answer to the customer; by sales or legal (R4.1.3).

        :param text: the answer; what stands in the form if not given
        """
        self.check_access("write")
        user = self.env.user
        if not any(user.has_group(f"paper_base.group_{name}") for name in ("sales", "legal", "management")):
            raise ContractRoleError(self.env._("Questions of customers are answered by sales or legal."))
        for question in self:
            answer = (text or question.answer or "").strip()
            if question.state == "answered" or not answer:
                raise UserError(self.env._("Write an answer to an open question first."))
            # sudo: the answer is fixed by this step only
            question.sudo().write(
                {
                    "answer": answer,
                    "state": "answered",
                    "answered_by_id": self.env.uid,
                    "answered_on": fields.Datetime.now(),
                }
            )
            question.sudo().activity_ids.unlink()  # sudo: the colleagues' to-do is done with it
            question._send_answer()
        return True

    def _send_answer(self):
        self.ensure_one()
        # sudo: the letter goes to the customer, whoever answers
        template = self.env.ref("paper_contract.mail_template_contract_answer").sudo()
        template.send_mail(self.id, email_layout_xmlid="mail.mail_notification_light")

    def write(self, vals):
        fixed = {"contract_id", "partner_id", "question", "asked_on", "state", "answered_by_id", "answered_on"}
        if (fixed & vals.keys() and not self.env.su) or ("answer" in vals and any(rec.state == "answered" for rec in self)):
            raise ContractImmutableError(self.env._("A question stays as it was asked, and an answer as it was given."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise ContractImmutableError(self.env._("Questions of customers are kept with their contract."))


class PaperContract(models.Model):
    _inherit = "paper.contract"

    question_ids = fields.One2many(
        "paper.contract.question",
        "contract_id",
        string="Questions",
        readonly=True,
        groups="paper_contract.group_contract_reader",
    )
    open_question_count = fields.Integer(
        compute="_compute_open_question_count", groups="paper_contract.group_contract_reader"
    )

    @api.depends("question_ids.state")
    def _compute_open_question_count(self):
        for contract in self:
            contract.open_question_count = len(contract.question_ids.filtered(lambda rec: rec.state == "open"))
