from email.utils import parseaddr

from odoo import api, fields, models
from odoo.addons.paper_order_intake.lib.reading import NO_LIST_CODES, read_document
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..lib.letter_of import letter_of
from ..lib.order_mail import read_head, read_mail

NO_LIST = "mail_no_order"
NEWS = "mail_news"


class PaperIntakeMessage(models.Model):
    """An arrival that is a mail: stored with its source, then read; what a program wrote in answer is no order."""

    _inherit = "paper.intake.message"

    form = fields.Selection(selection_add=[("mail", "E-mail")], ondelete={"mail": "set default"})
    subject = fields.Char(by_steps=True)
    sender = fields.Char(by_steps=True)
    mail_hash = fields.Char(by_steps=True, index="btree_not_null")

    @api.depends("subject")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for message in self.filtered(lambda message: message.subject and not message.number):
            message.display_name = message.subject
        return result

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Store a mail to a channel's address as it came; the job reads it after the gateway's commit (R3.1.1)."""
        # sudo: the gateway acts for whoever owns the address
        channel = self.env["paper.intake.channel"].sudo().browse((custom_values or {}).get("channel_id")).exists()
        if not channel:
            raise ValidationError(self.env._("This address belongs to no order channel."))
        source = self.env.context.get("paper_mail_source") or b""
        return channel._store_mail(source, sender=msg_dict.get("email_from"))

    @api.model
    def _is_automatic_answer(self, msg_dict):
        source = self.env.context.get("paper_mail_source") or b""
        return bool(read_head(source).auto) or super()._is_automatic_answer(msg_dict)

    @api.model
    def _whole_forms(self):
        return super()._whole_forms() | {"mail"}

    def _was_never_read(self):
        return super()._was_never_read() or self.form == "mail" and not self.child_ids

    @api.model
    def _own_codes(self):
        return super()._own_codes() | {NO_LIST, "other_number"}

    @api.model
    def _problem_sentence(self, code, params):
        _ = self.env._
        params = {"others": "", "number": "", **(params or {})}
        texts = {
            "auto_reply": _("A program wrote this in answer to a mail: it is no order."),
            "bounce": _("A mail that came back: it is no order."),
            NEWS: _("A newsletter: it is no order."),
            "other_number": _(
                "The mail calls the order %(others)s, the list %(number)s: which is its number?",
                others=params["others"],
                number=params["number"],
            ),
            "own_mail": _("The mill's own address sent this mail: it is no order."),
            NO_LIST: _("No order could be read from this mail: take it from its words."),
        }
        return texts.get(code) or super()._problem_sentence(code, params)

    def _read_mail(self):
        """Read mails: the rows of the order lists in them become arrivals of their own (R3.1.1).

        A mail without one waits for a person, with its words; what a program wrote in answer never is an order.
        """
        senders = {message: parseaddr(message.sender or "")[1].lower() for message in self}
        customers = self._mail_customers(senders.values())
        colleagues, own = self._colleagues(list(senders.values())), self.channel_id._own_addresses(senders.values())
        for message, sender in senders.items():  # one mail in memory at a time, it may be a large one
            source = message._payload()
            mail = read_mail(source)
            verdict = mail.auto or ("own_mail" if sender in own else None)
            if verdict and not message.reopened_on:
                message._take_step("ignored", problems=[[verdict, {}]])
                continue
            writers = message._mail_sender(mail, sender, colleagues)
            known = customers if writers == [sender] else message._mail_customers(writers)
            keys = [(company, writer) for writer in writers for company in (message.company_id.id, False)]
            if customer := next((known[key] for key in keys if key in known), None):
                message.partner_id = customer
            conversation = message._find_conversation(mail)
            message._read_mail_files(mail, source, passed_on=sender in colleagues)
            message._ask_which_number()
            message._go_on_with(*conversation)

    def _read_mail_files(self, mail, source, passed_on=False):
        """Read a mail: its words, and the files in it that may be lists (R3.1.1).

        :param passed_on: a colleague sent it: the letter is the one inside
        """
        letter = letter_of(source)
        document = read_document(
            mail.files,
            letter.day or self._written_on(),
            self.channel_id._headings(),
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            forwarded=passed_on and not letter.cover,
            answers=letter.answers,
            is_news=letter.is_news,
            cover=letter.cover,
        )
        self._keep_further_files([*mail.others, *self._no_lists(mail, document)])
        reading = document.reading
        is_news = reading and reading.kind == "none" and any(code == "news" for code, _text in reading.told)
        if is_news and not document.books:
            self._keep_reading(reading)
            self._take_step("ignored", problems=[[NEWS, {}]])
            return
        self._take_document(document)

    @api.model
    def _no_lists(self, mail, document):
        """Return the files that go along with the orders as they are, as a drawing, which is often a PDF."""
        if document.is_read:
            return [file for file in mail.files if file.name.lower().endswith(".pdf") and file.content]
        has_rows = any(book.entries() for _file, book in document.books)
        unread = [(file, error.code) for file, error in document.faults if file.content]
        return [file for file, code in unread if not has_rows or code in NO_LIST_CODES]

    def _note_no_list(self, faults):
        if self.form != "mail":
            super()._note_no_list(faults)
            return
        self._keep({"problems": [[NO_LIST, {}], *faults]})

    def _mail_customers(self, senders):
        """Return ``{(company id or False, address): customer}`` of the senders that are known, and one customer's."""
        addresses = [sender for sender in senders if sender]
        own = Domain("company_id", "in", [False, *self.company_id.ids])
        # sudo: whoever brings the mail, the mill's customers are searched
        partners = (
            self.env["res.partner"]
            .sudo()
            .search_fetch(
                Domain("email_normalized", "in", addresses) & own,
                ["email_normalized", "company_id", "commercial_partner_id"],
            )
        )
        found = partners.grouped(lambda partner: (partner.company_id.id, partner.email_normalized))
        return {key: group.commercial_partner_id.id for key, group in found.items() if len(group.commercial_partner_id) == 1}
