import hashlib
import logging
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, ValidationError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import config
from psycopg2.errors import UniqueViolation

from ...lib.arrival_text import as_text, normal_ref, storable
from ...lib.drop_folder import (
    DONE,
    FAILED,
    MAX_BYTES,
    FolderError,
    folder_name_fault,
    open_folder,
    put_away,
    read_file,
    waiting_files,
)
from ..message.paper_intake_message import QUIET

_logger = logging.getLogger(__name__)
DEFAULT_MIMETYPE = "application/octet-stream"


class PaperIntakeChannel(models.Model):
    """The one door by which all arrivals come in, stored and committed before they are read; and the folder that others
    drop files into, which are taken in by it."""

    _inherit = "paper.intake.channel"

    drop_folder = fields.Char(
        copy=False,
        groups="base.group_system",
        help="Folder below the server's drop root whose .csv, .xlsx, .dat and .json files are taken in by themselves; they"
        " move to “done” or “failed” afterwards. Empty: none.",
    )
    drop_path = fields.Char(string="Folder on the Server", compute="_compute_drop_path", groups="base.group_system")
    _drop_folder_uniq = models.UniqueIndex(
        "(drop_folder) WHERE drop_folder IS NOT NULL", "Two channels cannot share a drop folder."
    )

    # Stored, then read

    def _receive(self, arrivals):
        """Take arrivals in by the one door that all channels share (R3.1.1, R3.1.2).

        They are stored as they came and **committed**, together with whatever the caller's transaction holds
        so far; only then they are read, in another transaction. Call it at the beginning of a request or a job,
        never inside a savepoint. A crash at any point leaves them waiting for :meth:`_cron_read`; the same
        reference again stores nothing and returns the arrival that is there.

        :param arrivals: list of dicts with

            - ``external_ref`` (str, required): identifies the arrival within the channel
            - ``payload`` (bytes), ``file_name``, ``mimetype``: the file as it came
            - ``raw`` (str): the words as they came; of a text payload it is its text if it is left out
            - ``form``: ``figures`` (``values`` say all, the default without payload), ``file`` (an order book, the
              default with a payload), or a form that another part reads
            - ``values``: dict of further fields of the arrival, as its figures
        :return: the arrivals (``paper.intake.message``), in the order of ``arrivals``
        :raises ConcurrencyError: somebody stores the same at this moment; the request is to be run again
        """
        self.ensure_one()
        messages = self._store_arrivals(arrivals)
        messages._commit_step()
        messages._read_now()
        return messages

    def _store_arrivals(self, arrivals):
        """Store arrivals as they came, in the caller's transaction, to be read later; see :meth:`_receive`.

        For those whose transaction is not ours to commit, as the mail gateway's; ``_read_soon()`` of the arrivals
        then tells the job that reads them.
        """
        self.ensure_one()
        wanted = {}
        for arrival in arrivals:
            ref = normal_ref(arrival["external_ref"])
            if not ref:
                raise ValidationError(self.env._("An arrival needs a reference."))
            wanted.setdefault(ref, arrival)
        # sudo: what arrives comes from outside, no user may have the right to the channel's arrivals
        messages = self.env["paper.intake.message"].sudo().with_context(**QUIET, active_test=False)
        known = messages._known_refs(self, wanted)
        fresh = {ref: arrival for ref, arrival in wanted.items() if ref not in known}
        try:
            with self.env.cr.savepoint():
                created = messages._by_step().create(self._prepare_arrivals(fresh))
                created._keep_payload_rights()
        except UniqueViolation as error:
            raise ConcurrencyError(self.env._("The same arrival is being stored at this moment.")) from error
        known.update({message.external_ref: message.id for message in created})
        ids = [known[normal_ref(arrival["external_ref"])] for arrival in arrivals]
        return self.env["paper.intake.message"].browse(list(dict.fromkeys(ids)))

    def _prepare_arrivals(self, arrivals):
        """Return the values of new arrivals; equal payloads of one call are kept once.

        :param arrivals: ``{external_ref: arrival}``
        """
        payloads = self._keep_payloads([arrival for arrival in arrivals.values() if arrival.get("payload")])
        handlers = self._next_handlers(len(arrivals))
        return [
            {**self._prepare_arrival(arrival, payloads), "external_ref": ref, "handler_id": handler.id}
            | {name: value for name, value in (arrival.get("values") or {}).items() if name == "handler_id" and value}
            for (ref, arrival), handler in zip(arrivals.items(), handlers, strict=True)
        ]

    def _prepare_arrival(self, arrival, payloads):
        payload, raw = arrival.get("payload") or b"", arrival.get("raw")
        evidence = raw.encode("utf-8", "surrogatepass") if raw is not None else payload
        return {
            "pending": True,
            **(arrival.get("values") or {}),
            "channel_id": self.id,
            "raw": storable(raw) if raw is not None else as_text(payload),
            "payload_id": payloads.get(payload),
            "payload_hash": hashlib.sha256(evidence).hexdigest(),
            "form": arrival.get("form") or ("file" if payload else "figures"),
        }

    def _keep_payloads(self, arrivals):
        """Keep the files as they came.

        :return: ``{payload: id of its attachment}``
        """
        files = {arrival["payload"]: arrival for arrival in arrivals}
        # sudo: the files belong to the arrivals, whoever brings them
        attachments = self.env["ir.attachment"].sudo().create(
            [
                {
                    "name": storable(arrival.get("file_name") or self.env._("arrival"), 200),
                    "raw": payload,
                    "mimetype": self._safe_mimetype(arrival.get("mimetype")),
                    "res_model": "paper.intake.message",
                    "description": f"SHA-256 {hashlib.sha256(payload).hexdigest()}",
                }
                for payload, arrival in files.items()
            ]
        )
        return dict(zip(files, attachments.ids, strict=True))

    def _safe_mimetype(self, mimetype):
        """Return the type that a file from outside is kept as: never one that a browser would run."""
        mimetype = (mimetype or DEFAULT_MIMETYPE).split(";")[0].strip().lower()
        return "text/plain" if any(part in mimetype for part in ("ht", "xml", "svg", "script")) else mimetype[:100]

    # The drop folder

    @api.depends("drop_folder")
    def _compute_drop_path(self):
        for channel in self:
            channel.drop_path = str(self._drop_root() / channel.drop_folder) if channel.drop_folder else False

    @api.model
    def _drop_root(self):
        """Return the folder below which all drop folders lie: ``paper_drop_root`` of odoo.conf, else in the data folder."""
        root = config.get("paper_drop_root") or Path(config["data_dir"]) / "paper_drop"
        return Path(root) / self.env.cr.dbname

    @api.constrains("drop_folder")
    def _check_drop_folder(self):
        for channel in self.sudo():  # sudo: the rule holds whoever writes, the folder is the administrator's to see
            if channel.drop_folder and folder_name_fault(channel.drop_folder):
                raise ValidationError(
                    self.env._(
                        "“%(name)s” cannot be a drop folder: name one below the drop root, as “market/in”, without “..”.",
                        name=channel.drop_folder,
                    )
                )

    @api.model
    def _cron_drop(self):
        """Take in what lies in the drop folders (R3.1.1)."""
        # sudo: the job sees the folders of all companies
        for channel in self.sudo().search([("drop_folder", "!=", False)]):
            self.env["paper.intake.message"]._commit_step(1)  # a folder looked into is progress of the job
            company = channel.company_id
            channel.with_company(company).with_context(allowed_company_ids=company.ids)._take_dropped()

    def _take_dropped(self):
        """Take in the files of the drop folder, each stored and committed before it is read or put away.

        A crash leaves a file where it lies; it is known by its content when the job comes back, and only put away.
        """
        self.ensure_one()
        try:
            folder = open_folder(self._drop_root(), self.drop_folder)
            names = waiting_files(folder)
        except (FolderError, OSError):
            _logger.exception("The drop folder of channel %s cannot be read", self.id)
            return
        for name in names:
            dropped = read_file(folder, name)
            if dropped is None:
                continue
            try:
                message = self._receive([self._prepare_dropped(dropped)])
            except (ConcurrencyError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
                if not self.env["paper.intake.message"]._commits():
                    raise
                self.env.cr.rollback()  # another server is at it; the file lies there until the next time
                continue
            put_away(folder, name, FAILED if message.state == "rejected" else DONE)
            message._commit_step(1)

    def _prepare_dropped(self, dropped):
        """Return the arrival of a dropped file; the same content again is the same arrival."""
        name = storable(dropped.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace"), 200)
        if not dropped.content:
            text = self.env._("The file is empty.")
            if dropped.content is None:
                text = self.env._("The file is larger than %(limit)s bytes.", limit=MAX_BYTES)
            values = {"pending": False, "state": "rejected", "problems": [["not_read", {"text": text}]]}
            return {"external_ref": f"file:{name}:{dropped.size}", "raw": name, "values": values}
        form = "feed_file" if name.lower().endswith(".json") else "file"
        return {"external_ref": f"file:{dropped.digest}", "payload": dropped.content, "file_name": name, "form": form}
