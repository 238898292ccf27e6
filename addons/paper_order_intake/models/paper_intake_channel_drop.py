import logging
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, ValidationError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import config

from ..lib.arrival_text import storable
from ..lib.drop_folder import (
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

_logger = logging.getLogger(__name__)


class PaperIntakeChannel(models.Model):
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
