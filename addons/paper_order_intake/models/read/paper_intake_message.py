import logging
import time

from odoo import api, fields, models, modules
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL

from ...lib.arrival_text import as_text, storable
from ...lib.reading import NO_LIST_CODES, Brought, read_document
from ...lib.room import make_room
from ..message.paper_intake_message import BATCH, QUIET, WAITING

_logger = logging.getLogger(__name__)
# How often the job begins to read an arrival that never comes to an end, as when reading it kills the server.
MAX_ATTEMPTS = 5
# How long somebody waits for what he brings to be read; the job reads the rest (seconds).
PATIENCE = 15


class PaperIntakeMessage(models.Model):
    """What is stored is read in a transaction of its own, by whoever brought it or by the job, each form by its reader."""

    _inherit = "paper.intake.message"

    pending = fields.Boolean(string="To Be Read", by_steps=True, help="Stored, and not read yet.")
    read_attempts = fields.Integer(by_steps=True)

    _pending_idx = models.Index("(id) WHERE pending")

    @api.model
    def _known_refs(self, channel, refs):
        """Return ``{external_ref: id}`` of those that arrived by this channel before."""
        before = self.search_fetch([("channel_id", "=", channel.id), ("external_ref", "in", list(refs))], ["external_ref"])
        return {message.external_ref: message.id for message in before}

    def _keep_payload_rights(self):
        """Tie each file to its arrival, so that who may see the one may see the other."""
        for attachment, messages in self.grouped("payload_id").items():
            if attachment:
                attachment._by_step().res_id = messages[:1].id

    def _payload(self):
        """Return the bytes of the file as it came, and keep no second hold of them."""
        self.ensure_one()
        content = self.payload_id.raw or b""
        self.payload_id.invalidate_recordset(["raw"])
        make_room(len(content))
        return content

    # A transaction of its own for each step

    @api.model
    def _commits(self):
        """Return whether steps may be committed; tests undo everything at their end."""
        return not modules.module.current_test

    @api.model
    def _commit_step(self, done=0):
        """End a step: what was stored or read until here stays, whatever comes.

        :param done: how much of a job that is; one that shows no progress is skipped after three crashes
        """
        self.env.flush_all()
        if self._commits() and done:
            self.env["ir.cron"]._commit_progress(done)
        elif self._commits():
            self.env.cr.commit()  # pylint: disable=invalid-commit  # stored first, read later: that is the point

    @api.model
    def _take_pending(self, ids=None, limit=BATCH):
        """Return arrivals that are to be read, locked until the end of the transaction.

        What another worker has locked is left to it, so that nothing is read twice (R3.1.2).

        :param ids: only these, what came with them, and with that
        """
        self.env["paper.intake.message"].flush_model(["pending", "parent_id"])
        of_them = SQL() if ids is None else SQL(
            """AND (id = ANY(%(ids)s) OR parent_id = ANY(%(ids)s)
                 OR parent_id IN (SELECT id FROM paper_intake_message WHERE parent_id = ANY(%(ids)s)))""",
            ids=ids,
        )
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM paper_intake_message WHERE pending %s ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED",
                of_them,
                limit,
            )
        )
        # sudo: arrivals are read by whoever brings them or by the job, whatever they may see afterwards
        return self.sudo().browse([message_id for (message_id,) in rows])

    def _read_now(self):
        """Read these arrivals and what comes with them, batch by batch, each in a transaction of its own.

        As long as whoever brings them may be kept waiting; what is left then is read by the job, at once.

        :return: whether all of it is read
        """
        done = self._read_steps(lambda: self._take_pending(self.ids), PATIENCE)
        self.invalidate_recordset()
        if not done:
            self._read_soon()
            self._commit_step()
        return done

    def _read_soon(self):
        """Have these arrivals read as soon as the caller's transaction is committed, by the job."""
        if self:
            # sudo: whoever brings an arrival, the job that reads it is told
            self.env.ref("paper_order_intake.cron_intake_read").sudo()._trigger()

    @api.model
    def _cron_read(self):
        """Read what a crash, a restart or the mail gateway left stored and not read (R3.1.2)."""
        self._read_steps(self._take_counted)

    def _read_steps(self, take, patience=float("inf")):
        """Read what ``take()`` returns until that is nothing, each time in a transaction of its own.

        :param patience: seconds after which nothing more is begun
        :return: whether nothing was left
        """
        tries, end = 0, time.monotonic() + patience
        while True:
            try:
                taken = take()
                if not taken:
                    return True
                if time.monotonic() > end:
                    self._commit_step()  # lets go of what was taken
                    return False
                taken._read_batch()
                self._commit_step()
                # A batch's orders are of no use to the next one, and thousands of them would fill the memory.
                self.env.invalidate_all()
                tries = 0
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                # Another worker had its hands on it. What is stored is committed, so nothing is lost here.
                tries += 1
                if tries > MAX_ATTEMPTS or not self._commits():
                    raise
                self.env.cr.rollback()

    @api.model
    def _take_counted(self):
        """Return arrivals to be read, their attempts counted and committed before.

        What does not come to an end is read alone the next time, and given up after ``MAX_ATTEMPTS``: a file that
        kills the server as it is read must not do so for ever.
        """
        if self._commits():
            # sudo: the job reads what all companies have waiting
            waiting = self.env["paper.intake.message"].sudo().search_count([("pending", "=", True)])
            if not self.env["ir.cron"]._commit_progress(remaining=waiting):
                return self.browse()  # the job's time is over; it comes back for the rest
        counted = self._take_pending()
        counted = counted.filtered("read_attempts")[:1] or counted
        if not counted:
            return counted
        for message in counted:
            message._keep({"read_attempts": message.read_attempts + 1})
        ids = counted.ids
        self._commit_step(len(ids))
        taken = self._take_pending(ids).filtered(lambda message: message.id in ids)
        tired = taken.filtered(lambda message: message.read_attempts > MAX_ATTEMPTS)
        tired._note_not_read(self.env._("Reading it broke off %(count)s times.", count=MAX_ATTEMPTS))
        return taken

    def _read_batch(self):
        """Read arrivals that are locked; one that cannot be read is noted for a person and loses no other."""
        try:
            with self.env.cr.savepoint():
                self._read()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:
            if len(self) > 1:
                for message in self:
                    message._read_batch()
                return
            _logger.warning("Arrival %s cannot be read", self.ids, exc_info=True)
            self._note_not_read(str(error))

    def _note_not_read(self, text):
        """Leave arrivals that the program cannot read to a person, with the reason."""
        self._keep({"pending": False})
        self._enter_waiting(dict.fromkeys(self, [["not_read", {"text": text[:500]}]]))
        self._hand_over()
        self.upload_id._tell_if_read()

    def _read(self):
        """Read arrivals, each by its form, and hand over those that are no order yet (R3.1.1)."""
        # By company: prices, terms and rights are the company's that the channel belongs to.
        unread = self.filtered("pending")
        for (company, form), messages in unread.grouped(lambda message: (message.company_id, message.form)).items():
            lang = self.env.lang or company.partner_id.lang
            context = {**QUIET, "allowed_company_ids": company.ids, "lang": lang}
            reader = messages.with_company(company).with_context(**context)
            getattr(reader, f"_read_{form}")()
            reader._keep({"pending": False})
        unread.filtered(lambda message: message.state in WAITING)._hand_over()
        self.upload_id._tell_if_read()

    def _read_figures(self):
        """Read arrivals whose figures are known: make orders of them, or say what is wrong."""
        self._process(self._find_problems())

    def _read_file(self):
        """Read lists of orders: each row becomes an arrival of its own, read after this one (R3.1.1)."""
        for message in self:
            file = Brought(message.payload_id.name or "", message._payload())
            document = read_document([file], message._written_on(), message.channel_id._headings())
            message._take_document(document)

    def _written_on(self):
        """Return the day on which it was written, as far as nothing in it says so."""
        self.ensure_one()
        return self.company_id._paper_day(self.received_on)

    def _take_document(self, document):
        """Take what was read of an arrival's files and words, by whichever channel they came (R3.1.1).

        :param document: :class:`Document`
        """
        self.ensure_one()
        if document.is_read:
            self._split_reading(document.reading)
            return
        if document.reading:
            self._keep_reading(document.reading)
        rows = []
        for file, book in document.books:
            columns = {"unread_columns": self._columns_text(book)}
            place = f"{file.place}:" if file.place else ""
            rows += [{**self._prepare_row(entry, place), **columns} for entry in book.entries()]
        faults = [(file, self._file_fault(file, error)) for file, error in document.faults]
        if not rows:
            says_so = document.reading and document.reading.kind != "order"
            self._note_no_list([] if says_so and self.form == "file" else [fault for _file, fault in faults])
            return
        # A list that cannot be read, beside one that can, is an arrival that waits for a person.
        rows += [
            {
                "external_ref": f"{self.external_ref}#{file.place}",
                "raw": as_text(file.content) or storable(file.name, 200),
                "state": "rejected",
                "problems": [fault],
            }
            for file, fault in faults
            if fault[1]["code"] not in NO_LIST_CODES
        ]
        self._split(rows)

    @api.model
    def _file_fault(self, file, error):
        """Return what is wrong with a file as a problem of its arrival."""
        named = {"file": storable(file.name, 200)} if file.place else {}
        return ["bad_file", {"code": error.code, **named, **{name: str(value) for name, value in error.params.items()}}]

    def _note_no_list(self, faults):
        """Let an arrival in which no list could be read wait for a person.

        :param faults: what is wrong with its files, as problems
        """
        self._enter_waiting({self: faults or [["no_new_order", {}]]})

    def _prepare_row(self, entry, place=""):
        """Return the values of the arrival of one row of an order book; a row with a fault waits for a person.

        :param place: which file of the arrival the row is in
        """
        return {"external_ref": f"{self.external_ref}#{place}{entry.key}", **self._book_row_values(entry)}

    @api.model
    def _book_row_values(self, entry):
        """Return what one row of an order book says, by whichever channel it came."""
        item = entry.row or entry.problem
        return {
            "line_no": entry.line_no,
            "raw": item.raw,
            "number": item.number,
            **self._entry_values(entry),
            **self._problem_values(entry),
        }

    @api.model
    def _problem_values(self, entry):
        """Return where a row stands once it is stored: to be read, or waiting with what the reader found.

        A figure that no paper has is asked, and stands in no field.
        """
        if not entry.problem:
            doubts = self._doubts(entry.row)
            if not doubts:
                return {"pending": True}
            return {**self._emptied(doubts), "problems": doubts, "state": self._problem_state(doubts)}
        problems = [self._stored_problem(code, params) for code, params in entry.problem.reasons]
        return {"problems": problems, "state": self._problem_state(problems)}

    def _split(self, rows):
        """Store what came with an arrival as arrivals of their own, to be read; it is done itself.

        :param rows: list of values
        """
        self.ensure_one()
        given = ("partner_id", "product_id", "commitment_date", "payment_term_id", "handler_id")
        common = {name: self._fields[name].convert_to_write(self[name], self) for name in given}
        common |= {"channel_id": self.channel_id.id, "parent_id": self.id, "received_on": self.received_on}
        # sudo: the rows are stored whoever brought the file
        children = self.sudo().with_context(**QUIET)._by_step().create([{**common, **row} for row in rows])
        children.filtered(lambda child: not child.pending)._hand_over()
        self._take_step("split")
