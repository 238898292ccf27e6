from odoo import api, fields, models

from ..exceptions import AskCustomerError


class PaperIntakeMessage(models.Model):
    """What contradicts itself is asked of the customer (R3.2.1): the open rows of one list in one letter."""

    _inherit = "paper.intake.message"

    question_letter = fields.Html(string="Question to the Customer", compute="_compute_question_letter")
    asked_with_id = fields.Many2one(
        "paper.intake.message",
        string="Asked With",
        by_steps=True,
        index="btree_not_null",
        ondelete="set null",
        help="The arrival whose letter asks about this one, too; the customer's answer arrives there.",
    )

    @api.depends("state", "problems", "partner_id", "number", "asked_on")
    def _compute_question_letter(self):
        asked = self.filtered(lambda message: message.state == "question" and message.ids)
        letters = {}
        for message in asked:
            rows = message if message.asked_on else message._asked_together()
            # sudo: the letter is the mill's, its reader may not edit templates
            template = message._question_template(rows).sudo().with_context(paper_rows=rows.ids)
            letters[message] = template._render_field("body_html", message.ids, compute_lang=True)[message.id]
        for message in self:
            message.question_letter = letters.get(message, False)

    def _question_template(self, rows):
        several = "paper_order_intake.mail_template_questions"
        return self.env.ref(several if len(rows) > 1 else "paper_order_intake.mail_template_question")

    def action_ask_customer(self):
        """Send each customer a letter that says what his order contradicts, one for all open rows of a list (R3.2.1)."""
        self.check_access("write")
        for message in self:
            message._check_can_ask()
        asked = self._asked_together()
        for rows in asked.grouped(lambda row: row._letter_key()).values():
            first = (rows & self)[:1] or rows[:1]
            first._send_question(rows)
        asked._take_by_acting()

    def _check_can_ask(self):
        self.ensure_one()
        if self.state != "question":
            raise AskCustomerError(self.env._("%(message)s holds no question.", message=self.display_name))
        if not self.partner_id.email:
            raise AskCustomerError(
                self.env._(
                    "%(customer)s has no e-mail address. Add it, or ask by phone and mend the figures here.",
                    customer=self.partner_id.display_name or self.env._("The customer"),
                )
            )

    def _letter_key(self):
        """Return what arrivals have in common that are asked about in one letter: list, company and customer."""
        self.ensure_one()
        return self._source() or ("id", self.id), self.company_id, self.partner_id

    def _asked_together(self):
        """Return these arrivals and the open questions of the same lists and customers that nobody has asked yet."""
        new = self.filtered(lambda message: not message.asked_on)
        keys = {message._letter_key() for message in new}
        others = new._siblings([("state", "=", "question"), ("asked_on", "=", False)])
        others = self.browse(others.ids).filtered(lambda other: other._letter_key() in keys)
        return (self | others).sorted("line_no")

    def _send_question(self, rows):
        """Send the letter about these rows, from this one: the answer to it arrives here."""
        self.with_context(paper_rows=rows.ids).message_post_with_source(
            self._question_template(rows), message_type="comment", subtype_xmlid="mail.mt_comment", force_send=False
        )
        rows._keep({"asked_on": fields.Datetime.now(), "asked_with_id": self.id if len(rows) > 1 else False})
        noted = self.env._("The customer was asked about this along with %(row)s.", row=self.display_name)
        others = rows - self
        if others:
            others._message_log_batch(bodies=dict.fromkeys(others.ids, noted))

    def _answered(self):
        """Let what the customer was asked wait for its handlers again: he has answered."""
        # sudo: what was asked in the same letter is answered as well, whoever may see it
        together = self.sudo().search([("asked_with_id", "in", self.ids), ("asked_on", "!=", False)])
        answered = (self.sudo() | together).filtered("asked_on")
        answered._keep({"asked_on": False, "asked_with_id": False})
        answered._hand_over()
