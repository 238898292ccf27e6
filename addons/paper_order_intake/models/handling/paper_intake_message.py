from odoo import api, fields, models
from odoo.fields import Domain

from ...exceptions import AskCustomerError, IntakeStateError
from ..message.paper_intake_message import HANDLE, REOPENABLE, WAITING


class PaperIntakeMessage(models.Model):
    """What a person does about an arrival that is no order yet: he goes through what waits, one after the other, mends
    it, asks the customer, takes orders from its words, or closes it; and reopens what was closed wrongly.
    """

    _inherit = "paper.intake.message"

    waiting_position = fields.Char(compute="_compute_waiting_position")
    asked_on = fields.Datetime(string="Customer Asked on", by_steps=True, tracking=True)
    asked_with_id = fields.Many2one(
        "paper.intake.message",
        string="Asked With",
        by_steps=True,
        index="btree_not_null",
        ondelete="set null",
        help="The arrival whose letter asks about this one, too; the customer's answer arrives there.",
    )
    question_letter = fields.Html(string="Question to the Customer", compute="_compute_question_letter")
    reopened_on = fields.Datetime(by_steps=True)
    reopened_by_id = fields.Many2one("res.users", string="Reopened by", by_steps=True)
    can_take_orders = fields.Boolean(compute="_compute_can_take_orders")
    can_read_again = fields.Boolean(compute="_compute_can_read_again")

    # One after the other

    @api.model
    def _mending_domain(self):
        """Return the arrivals that the user goes through: what waits, is read, and is not with the customer."""
        return Domain("state", "in", WAITING) & Domain("asked_on", "=", False) & Domain("pending", "=", False)

    def _mending_ids(self):
        """Return the ids of the arrivals to go through: the user's own where he has this one, else all of them."""
        self.ensure_one()
        domain = self._mending_domain() & Domain("company_id", "=", self.company_id.id)
        if self.handler_id == self.env.user:
            domain &= Domain("handler_id", "=", self.env.uid)
        return self.search(domain | Domain("id", "=", self.id)).ids

    @api.depends("state", "asked_on")
    def _compute_waiting_position(self):
        for message in self:
            ids = message._mending_ids() if message.id and len(self) == 1 else []
            message.waiting_position = f"{ids.index(message.id) + 1} / {len(ids)}" if message.id in ids else False

    def action_process_next(self):
        """Make the order, or say what still keeps it from one; once it is made, go to the next that waits (R3.1.2)."""
        self.ensure_one()
        ids = self._mending_ids()
        self.action_process()
        if self.state in WAITING:
            return False
        return self._open_neighbour(ids, 1)

    def action_next(self):
        """Go to the next arrival that waits."""
        self.ensure_one()
        return self._open_neighbour(self._mending_ids(), 1)

    def action_previous(self):
        """Go to the arrival before this one that waits."""
        self.ensure_one()
        return self._open_neighbour(self._mending_ids(), -1)

    def _open_neighbour(self, ids, step):
        place = ids.index(self.id)
        around = [*ids[place + 1 :], *ids[:place]] if step > 0 else [*ids[:place][::-1], *ids[place + 1 :][::-1]]
        if not around:
            action = self.env["ir.actions.act_window"]._for_xml_id("paper_order_intake.action_paper_intake_message")
            return {**action, "target": "main"}
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Arrivals"),
            "res_model": self._name,
            "res_id": around[0],
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "main",
        }

    # Asked: the open rows of one list in one letter

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

    def message_update(self, msg_dict, update_vals=None):
        """Note that the customer answered: the arrival waits for its handler again, not for the customer (R3.2.1)."""
        if not self._is_automatic_answer(msg_dict):
            self.filtered("asked_on")._answered()
        return super().message_update(msg_dict, update_vals=update_vals)

    @api.model
    def _is_automatic_answer(self, msg_dict):
        """Say whether a program wrote an answer. Override where the mail itself tells."""
        return False

    def _answered(self):
        """Let what the customer was asked wait for its handlers again: he has answered."""
        # sudo: what was asked in the same letter is answered as well, whoever may see it
        together = self.sudo().search([("asked_with_id", "in", self.ids), ("asked_on", "!=", False)])
        answered = (self.sudo() | together).filtered("asked_on")
        answered._keep({"asked_on": False, "asked_with_id": False})
        answered._hand_over()

    # Taken from its words

    @api.depends("state", "form", "parent_id", "upload_id", "pending")
    def _compute_can_take_orders(self):
        for message in self:
            whole = message.form in self._whole_forms() and not (message.parent_id or message.upload_id or message.pending)
            message.can_take_orders = whole and message.state in ("received", "question", "rejected", "split")

    def action_take_orders(self):
        """Open the quick entry beside the words of a mail, or a scan: each paper in it becomes an order (R3.1.1)."""
        self.ensure_one()
        self.check_access("write")
        self._check_can_take_orders()
        action = self.env["ir.actions.act_window"]._for_xml_id("paper_order_intake.action_paper_quick_order")
        given = ("partner_id", "product_id", "payment_term_id")
        known = {f"default_{name}": self[name].id for name in given if self[name]}
        context = {"default_message_id": self.id, "default_channel_id": self.channel_id.id, "dialog_size": "extra-large"}
        return {**action, "context": {**context, **known}}

    def _check_can_take_orders(self):
        if not self.can_take_orders:
            raise IntakeStateError(self.env._("%(message)s is closed already.", message=self.display_name))

    # Closed, and reopened

    def action_mark_duplicate(self):
        """Close arrivals that say what another one said already."""
        self.check_access("write")
        self._check_waiting()
        self._take_step("duplicate")

    def action_no_order(self):
        """Close arrivals that are no order at all, as an advertisement."""
        self.check_access("write")
        self._check_waiting()
        self._take_step("ignored")

    def action_reopen(self):
        """Have closed arrivals wait for their handlers again; none is lost to a wrong verdict (R3.1.2).

        What the program closed by its own verdict, before it read it, is read now. What was decided to be the same as another
        arrival is to be decided again.

        :raises IntakeStateError: an arrival waits already, or is an order
        """
        self.check_access("write")
        for message in self:
            message._check_reopen()
        self._take_step(
            "received",
            problems=False,
            handled_on=False,
            asked_on=False,
            duplicate_of_id=False,
            reopened_on=fields.Datetime.now(),
            reopened_by_id=self.env.uid,
        )
        # sudo: a decision is moved by the program alone; who decided what stands in its history
        decided = self.sudo().suspicion_ids.filtered(lambda suspicion: suspicion.state == "same")
        decided._follow_to("open", decided_by_id=False, decided_on=False)
        self._read_again()

    @api.depends("state", "form", "child_ids", "pending")
    def _compute_can_read_again(self):
        for message in self:
            unread = message.form in self._whole_forms() and not message.child_ids and not message.pending
            message.can_read_again = unread and message.state in WAITING

    def action_read_again(self):
        """Read arrivals again that wait as a whole: the channel knows more headings now, or the program reads more (R3.1.1).

        :raises IntakeStateError: orders came of one of them already
        """
        self.check_access("write")
        for message in self:
            if not message.can_read_again:
                raise IntakeStateError(
                    self.env._(
                        "%(message)s does not wait as a whole any more: mend the rows that came of it, one by one.",
                        message=message.display_name,
                    )
                )
        unread = self.sudo()  # sudo: arrivals are read whoever asks for it
        self.env["res.company"]._paper_told(unread, HANDLE)
        unread._keep({"pending": True, "problems": False})
        unread._read_now()

    def _check_reopen(self):
        self.ensure_one()
        if self.state not in REOPENABLE:
            raise IntakeStateError(
                self.env._("%(message)s is not closed, or it is an order: nothing to reopen.", message=self.display_name)
            )

    def _read_again(self):
        """Read what was never read for the verdict on it; say of the others what still keeps them from an order."""
        unread = self.filtered(lambda message: message._was_never_read())
        others = self - unread
        problems = {message: found for message, found in others._suspect(others._find_problems()).items() if found}
        others.browse().concat(*problems)._enter_waiting(problems)
        others._hand_over()
        # sudo: arrivals are read whoever reopens them
        unread = unread.sudo()
        unread._keep({"pending": True})
        unread._read_now()

    def _was_never_read(self):
        """Say whether an arrival was closed by the program before it was read. Override where it judges so."""
        self.ensure_one()
        return False
