from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.exceptions import UserError

from ..draft.paper_contract import LEGAL, MANAGEMENT, SALES

MAX_LENGTH = 2000
MAX_OPEN = 20


class PaperContractQuestion(models.Model):
    """What a customer asks about a contract that he was sent: put in the portal, answered by sales or legal, and shown to
    him with its answer. Neither question nor answer is altered afterwards (R4.1.3).
    """

    _name = "paper.contract.question"
    _description = "Customer's Question about a Contract"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.contract.part"]
    _order = "state, id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    _all_by_steps = True
    _kept = True
    _steps = {"open": {"answered": (SALES, LEGAL, MANAGEMENT)}, "answered": {}}
    _step_verbs = {"answer": "answered"}
    _entering = {"answered": Entering(by="answered_by_id", on="answered_on", then="_send_answer")}

    contract_id = fields.Many2one("paper.contract", required=True, ondelete="restrict", index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    partner_id = fields.Many2one("res.partner", string="Asked by", required=True)
    customer_id = fields.Many2one(related="contract_id.partner_id", string="Customer")
    question = fields.Text(required=True)
    asked_on = fields.Datetime(required=True, default=fields.Datetime.now)
    state = fields.Selection(
        [("open", "Open"), ("answered", "Answered")], string="Status", required=True, default="open", index=True
    )
    can_answer = fields.Boolean(compute="_compute_can_steps")
    answer = fields.Text(by_hand={"open": ()}, help="The customer reads it in the portal and gets it by mail.")
    answered_by_id = fields.Many2one("res.users", string="Answered by")
    answered_on = fields.Datetime()

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
        text = said(text)
        if not text or len(text) > MAX_LENGTH:
            raise UserError(self.env._("Please write your question, in at most %(count)s characters.", count=MAX_LENGTH))
        # sudo: a customer asks about a contract without a right to the records behind it
        questions = self.sudo()
        if questions.search_count([("contract_id", "=", contract.id), ("state", "=", "open")]) >= MAX_OPEN:
            raise UserError(self.env._("Your earlier questions are being answered. Please wait for the answers."))
        question = questions.with_context(mail_create_nosubscribe=True)._by_step().create(
            {"contract_id": contract.id, "partner_id": author.id, "question": text}
        )
        question._tell_answerers()
        return question

    def _tell_answerers(self):
        self.ensure_one()
        # Whoever comes first answers; then it is done for both.
        for to in ((self.contract_id.order_id.user_id, SALES), LEGAL):
            self.company_id._paper_tell(
                to,
                self,
                lambda rec: rec.env._(
                    "Answer the customer's question about %(contract)s", contract=rec.contract_id.name
                ),
                quietly=True,
            )

    # Answering

    def action_answer(self, text=None):
        """Send the answer to the customer; by sales or legal (R4.1.3).

        :param text: the answer; what stands in the form if not given
        """
        self.check_access("write")
        for question in self:
            question._check_step("answered")
            answer = said(text or question.answer)
            if not answer:
                raise UserError(self.env._("Write an answer to an open question first."))
            question._take_step("answered", answer=answer)
        return True

    def _send_answer(self):
        # sudo: the letter goes to the customer, whoever answers
        template = self.env.ref("paper_contract.mail_template_contract_answer").sudo()
        for question in self:
            template.send_mail(question.id, email_layout_xmlid="mail.mail_notification_light")
