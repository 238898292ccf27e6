import base64
import hashlib

from odoo import api, fields, models

from ...exceptions import IntakeStateError, OrderBookRefusedError
from ...lib.arrival_text import storable
from ...lib.reading import Brought, read_document
from ...lib.reading.document import paper_keys
from ...lib.room import make_room
from ..message.paper_intake_message import QUIET, SALES, WAITING

# What is said of the file holds for the rows that were read from it.
DRAFT = {"draft": ()}


class PaperIntakeUpload(models.Model):
    """An order book as a customer sent it: the file is kept first, then each of its rows becomes an
    arrival. Sales uploads it. A large one is read on in the background: it shows how far it is, and its uploader is told once
    it is done. States: draft, then done, or failed where the file is no order book.
    """

    _name = "paper.intake.upload"
    _description = "Uploaded Order Book"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin"]
    _order = "id desc"
    _rec_name = "file_name"
    _check_company_auto = True

    _steps = {"draft": {"done": (), "failed": ()}, "done": {}, "failed": {}}
    _step_verbs = {"upload": "done"}
    _state_error = IntakeStateError
    _field_error = IntakeStateError
    _locked_error = IntakeStateError

    channel_id = fields.Many2one(
        "paper.intake.channel",
        required=True,
        ondelete="restrict",
        index=True,
        domain=[("kind", "=", "order_book")],
        default=lambda self: self._default_channel(),
        by_hand=DRAFT,
    )
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True, by_steps=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        required=True,
        check_company=True,
        compute="_compute_defaults",
        store=True,
        readonly=False,
        precompute=True,
        by_hand=DRAFT,
    )
    product_id = fields.Many2one(
        "product.product",
        domain=[("is_paper", "=", True)],
        check_company=True,
        compute="_compute_defaults",
        store=True,
        readonly=False,
        precompute=True,
        by_hand=DRAFT,
    )
    commitment_date = fields.Datetime(
        string="Delivery Date", by_hand=DRAFT, help="Of every order of the file, where it is agreed."
    )
    payment_term_id = fields.Many2one("account.payment.term", string="Payment Terms", check_company=True, by_hand=DRAFT)
    file = fields.Binary(
        required=True, attachment=True, by_hand=DRAFT, help="Order book as .dat, .csv or .xlsx."
    )
    file_name = fields.Char(by_hand=DRAFT)
    file_hash = fields.Char(string="SHA-256", by_steps=True)
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Read"), ("failed", "Failed")],
        default="draft",
        required=True,
        index=True,
        by_steps=True,
    )
    error = fields.Json(by_steps=True)
    reason = fields.Char(compute="_compute_reason")
    arrival_ids = fields.One2many("paper.intake.message", "upload_id", string="Arrivals", readonly=True)
    row_count = fields.Integer(string="Rows", by_steps=True)
    unread_columns = fields.Char(
        string="Columns Not Read", by_steps=True, help="Columns of the list that stand for no figure here."
    )
    duplicate_count = fields.Integer(string="Arrived Before", by_steps=True)
    told = fields.Json(by_steps=True)
    told_text = fields.Text(string="Not Read", compute="_compute_told_text")
    can_take_proposal = fields.Boolean(compute="_compute_can_take_proposal")
    can_upload = fields.Boolean(compute="_compute_can_steps")
    order_count = fields.Integer(string="Orders", compute="_compute_counts")
    ordered_count = fields.Integer(
        string="Rows Ordered", compute="_compute_counts", help="Rows of one number are items of one order."
    )
    waiting_count = fields.Integer(string="Waiting", compute="_compute_counts")
    question_count = fields.Integer(string="Questions", compute="_compute_counts")
    rejected_count = fields.Integer(string="Unreadable", compute="_compute_counts")
    weight = fields.Float(string="Weight (kg)", digits=(16, 3), compute="_compute_counts")
    in_background = fields.Boolean(by_steps=True)
    pending_count = fields.Integer(string="Still to Be Read", compute="_compute_progress")
    read_percent = fields.Integer(string="Read (%)", compute="_compute_progress")

    @api.model
    def _default_channel(self):
        return self.env["paper.intake.channel"].search(
            [("kind", "=", "order_book"), ("company_id", "=", self.env.company.id)], limit=1
        )

    @api.depends("channel_id")
    def _compute_defaults(self):
        for upload in self:
            upload.partner_id = upload.partner_id or upload.channel_id.partner_id
            upload.product_id = upload.product_id or upload.channel_id.product_id

    @api.depends("error")
    @api.depends_context("lang")
    def _compute_reason(self):
        for upload in self:
            upload.reason = self._file_sentence(*upload.error) if upload.error else ""

    @api.depends("told")
    @api.depends_context("lang")
    def _compute_told_text(self):
        for upload in self:
            upload.told_text = self.env["paper.intake.message"]._told_sentences(upload.told)

    @api.depends("arrival_ids.state", "arrival_ids.problems", "arrival_ids.pending")
    def _compute_can_take_proposal(self):
        for upload in self:
            upload.can_take_proposal = bool(upload.arrival_ids._proposed())

    @api.depends("arrival_ids.state", "arrival_ids.weight")
    def _compute_counts(self):
        groups = self.env["paper.intake.message"].with_context(active_test=False)._read_group(
            [("upload_id", "in", self.ids)], ["upload_id", "state"], ["__count", "weight:sum", "order_id:count_distinct"]
        )
        found = {}
        for upload, state, *figures in groups:
            found.setdefault(upload.id, {})[state] = figures
        for upload in self:
            counts = found.get(upload.id, {})
            number = {state: count for state, (count, _weight, _orders) in counts.items()}
            upload.order_count = sum(orders for _count, _weight, orders in counts.values())
            upload.ordered_count = number.get("order", 0)
            upload.question_count = number.get("question", 0)
            upload.rejected_count = number.get("rejected", 0)
            upload.waiting_count = sum(number.get(state, 0) for state in WAITING)
            upload.weight = sum(weight or 0 for _count, weight, _orders in counts.values())

    @api.depends("arrival_ids.pending", "row_count", "duplicate_count")
    def _compute_progress(self):
        groups = self.env["paper.intake.message"].with_context(active_test=False)._read_group(
            [("upload_id", "in", self.ids), ("pending", "=", True)], ["upload_id"], ["__count"]
        )
        pending = {upload.id: count for upload, count in groups}
        for upload in self:
            total = upload.row_count - upload.duplicate_count
            upload.pending_count = pending.get(upload.id, 0)
            upload.read_percent = 100 * (total - upload.pending_count) // total if total else 100

    @api.model_create_multi
    def create(self, vals_list):
        make_room(sum(len(vals.get("file") or b"") for vals in vals_list))
        uploads = super().create(vals_list)
        uploads._keep_hash()
        return uploads

    def write(self, vals):
        result = super().write(vals)
        if "file" in vals:
            self._keep_hash()
        return result

    def _keep_hash(self):
        for upload in self:
            # sudo: the hash is the program's word on the file, not the user's
            upload.sudo()._by_step().write({"file_hash": hashlib.sha256(upload._content()).hexdigest()})

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        if any(upload.state != "draft" for upload in self):
            raise IntakeStateError(self.env._("What arrived stays."))

    def _content(self):
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False, bin_size_file=False).file or b"")

    # Reading

    def action_upload(self):
        """Read the list, as any channel reads it: each row becomes an arrival, each good one an order (R3.1.1).

        The rows are stored and committed before any order is made of them; what a crash leaves is read by the job, and so
        is what would keep the user waiting too long.

        :return: action on the new arrivals, or on this upload if all its rows had arrived before or are still being read
        :raises OrderBookRefusedError: the file as a whole is no order book; it stays kept as failed
        """
        self.ensure_one()
        self.check_access("write")
        self._check_step("done")
        content = self._content()
        make_room(len(content))
        file = Brought(self.file_name or "", content)
        document = read_document([file], self.company_id._paper_today(), self.channel_id._headings())
        if not (document.books or document.is_read):
            fault = self._file_fault(document)
            self._keep_failure(fault)
            raise OrderBookRefusedError(self._file_sentence(*fault))
        arrivals = self._store(document)
        self._tell_handler(arrivals)
        arrivals._commit_step()
        if not arrivals._read_now():
            return self._open_progress()
        if self.told_text or self.can_take_proposal:
            return self._get_records_action(name=self.env._("Order Book"), target="main")
        return self._open_arrivals(arrivals)

    @api.model
    def _file_fault(self, document):
        """Return why nothing of a file is an order, as a code with its parameters."""
        if document.reading and document.reading.kind != "order" or not document.faults:
            return ["no_new_order", {}]
        _file, error = document.faults[0]
        return [error.code, {name: str(value) for name, value in error.params.items()}]

    def _keep_failure(self, fault):
        """Note in a transaction of its own why the file cannot be read: the error undoes everything else."""
        with self.env.registry.cursor() as cursor:
            # sudo: it is kept whatever the user may read of it then
            kept = self.with_env(self.env(cr=cursor)).sudo()
            if not kept.exists():
                copied = ("channel_id", "partner_id", "product_id", "file_name")
                vals = {name: self._fields[name].convert_to_write(self[name], self) for name in copied}
                kept = kept.create({**vals, "file": base64.b64encode(self._content())})
            kept._take_step("failed", error=fault)

    def _store(self, document):
        """Store each row that did not arrive before, as it came (R3.1.2).

        :return: the new arrivals, by line
        """
        # sudo: what arrived before counts, whoever may see it
        messages = self.env["paper.intake.message"].sudo().with_context(**QUIET, active_test=False)
        rows = self._rows_of_reading(document.reading) if document.is_read else self._rows_of_book(document.books[0][1])
        rows = {f"{self.partner_id.commercial_partner_id.id}:{key}": row for key, row in rows.items()}
        before = messages.search_fetch(
            [("channel_id", "=", self.channel_id.id), ("external_ref", "in", list(rows))], ["external_ref"]
        )
        known = set(before.mapped("external_ref"))
        common = self._prepare_common_values()
        arrivals = messages._by_step().create(
            [{**common, **row, "external_ref": ref} for ref, row in rows.items() if ref not in known]
        )
        columns = next((row["unread_columns"] for row in rows.values()), "")
        told = messages._told_of(document.reading) if document.is_read else False
        self._take_step("done", row_count=len(rows), duplicate_count=len(known), unread_columns=columns, told=told)
        arrivals.filtered(lambda arrival: not arrival.pending)._hand_over()
        return self.env["paper.intake.message"].browse(arrivals.ids)

    def _prepare_common_values(self):
        """Return what all rows of the file have in common."""
        self.ensure_one()
        return {
            "channel_id": self.channel_id.id,
            "upload_id": self.id,
            "partner_id": self.partner_id.id,
            "product_id": self.product_id.id,
            "commitment_date": self.commitment_date,
            "payment_term_id": self.payment_term_id.id,
            "handler_id": self.channel_id._next_handlers(1)[0].id,
        }

    @api.model
    def _rows_of_book(self, book):
        """Return {key: values} of the rows of an order book, each taken as it stands."""
        messages = self.env["paper.intake.message"]
        columns = {"unread_columns": messages._columns_text(book)}
        return {entry.key: {**messages._book_row_values(entry), **columns} for entry in book.entries()}

    def _rows_of_reading(self, reading):
        """Return {key: values} of the papers that were read of a list.

        A paper of a numbered order is the same in any file; without a number the same list again is another order, unless the
        very file came before.
        """
        self.ensure_one()
        common = {name: value for name, value in self._prepare_common_values().items() if name != "upload_id"}
        rows = self.env["paper.intake.message"].new(common)._reading_rows(reading)
        keys = paper_keys(reading, self.file_hash)
        return {key: {**row, "raw": row["raw"] or storable(self.file_name)} for key, row in zip(keys, rows, strict=True)}

    def _tell_handler(self, arrivals):
        """Hand the order book to its handler, and tell the user what had arrived before (R3.1.2)."""
        if self.duplicate_count:
            self.env.user._bus_send(
                "simple_notification",
                {
                    "type": "warning",
                    "message": self.env._(
                        "%(count)s of %(rows)s rows arrived before; nothing was added for them.",
                        count=self.duplicate_count,
                        rows=self.row_count,
                    ),
                },
            )
        handler = arrivals[:1].handler_id
        if handler and handler != self.env.user:
            self.company_id._paper_tell((handler, SALES), self, self._upload_words)

    @staticmethod
    def _upload_words(upload):
        return upload.env._("New order book: %(file)s", file=upload.file_name or "")

    def _open_arrivals(self, arrivals):
        if not arrivals:
            return self._get_records_action(name=self.env._("Order Book"))
        return {
            "type": "ir.actions.act_window",
            "name": self.file_name or self.env._("Arrivals"),
            "res_model": "paper.intake.message",
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("upload_id", "=", self.id)],
            "context": {"search_default_by_state": 1},
        }

    def action_open_arrivals(self):
        """Open the arrivals of this order book."""
        self.ensure_one()
        return self._open_arrivals(self.arrival_ids)

    def action_take_proposal(self):
        """Make the orders of what was proposed, as it stands: one click for all papers of a list (R3.1.1).

        :raises IntakeStateError: nothing waits to be taken
        """
        self.ensure_one()
        self.check_access("write")
        if not self.can_take_proposal:
            raise IntakeStateError(self.env._("%(file)s: nothing waits to be taken.", file=self.display_name))
        return self.arrival_ids._take_proposed()

    def action_open_orders(self):
        """Open the orders of this order book."""
        self.ensure_one()
        return self.arrival_ids.action_open_order()

    # Read on in the background

    def _open_progress(self):
        """Open the order book itself, which shows how far the job is with it."""
        self.ensure_one()
        # sudo: the progress is closed to everybody
        self.sudo()._by_step().write({"in_background": True})
        self.env["paper.intake.message"]._commit_step()
        # The job may have come to the end of it before it could know that somebody waits to be told.
        self.invalidate_recordset()
        self.sudo()._tell_if_read()
        return self._get_records_action(name=self.env._("Order Book"), target="main")

    def _tell_if_read(self):
        """Tell the uploaders of order books that were read in the background, and of which nothing is left."""
        for upload in self.filtered(lambda rec: rec.in_background and not rec.pending_count):
            upload._by_step().write({"in_background": False})
            user = upload.create_uid
            there = self.with_context(lang=user.lang).env
            user._bus_send(
                "simple_notification",
                {
                    "type": "warning" if upload.waiting_count else "success",
                    "sticky": True,
                    "title": upload.file_name or there._("Order Book"),
                    "message": there._(
                        "All %(rows)s rows are read: %(orders)s orders, %(waiting)s wait for somebody.",
                        rows=upload.row_count,
                        orders=upload.order_count,
                        waiting=upload.waiting_count,
                    ),
                },
            )

    @api.model
    def _file_sentence(self, code, params):
        """Return a fault of a whole file as a sentence in the user's language."""
        _ = self.env._
        texts = {
            "empty": _("The file is empty."),
            "no_new_order": _("By its own words the list is no new order: see what it is about, and enter it there."),
            "too_large": _("The file is larger than %(limit)s bytes."),
            "too_many_rows": _("The file has more than %(limit)s rows."),
            "not_text": _("The file is neither text nor an .xlsx workbook."),
            "old_excel": _("This is an old or encrypted Excel file. Save it as .xlsx without password."),
            "bad_workbook": _("The workbook is damaged."),
            "unsafe_workbook": _("The workbook unpacks to more than an order book can hold, or holds foreign parts."),
            "several_tables": _("The workbook has orders on several sheets (%(sheets)s). Send one file for each."),
            "bad_pdf": _("The PDF is damaged or encrypted."),
            "no_text": _("The PDF holds no text: it is a picture of an order."),
            "no_header": _("There is no header line that names the columns of the orders."),
            "missing_columns": _("The table lacks the columns %(names)s."),
            "duplicate_column": _("The column “%(name)s” is there twice."),
            "column_order": _("The columns are not in the order that a .dat order book has."),
            "unknown_unit": _("The unit “%(unit)s” of “%(name)s” is not known here."),
            "missing_figures": _("The header does not give %(names)s."),
            "bad_figure": _("Line %(line_no)s: “%(value)s” is not a usable figure for %(name)s."),
        }
        return texts.get(code, _("The file cannot be read as an order book (%(code)s).", code=code)) % params
