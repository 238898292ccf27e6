from odoo import api, fields, models


class PaperIntakeUpload(models.Model):
    """A large order book is read on in the background: how far it is, and a word to its uploader once it is done."""

    _inherit = "paper.intake.upload"

    in_background = fields.Boolean(by_steps=True)
    pending_count = fields.Integer(string="Still to Be Read", compute="_compute_progress")
    read_percent = fields.Integer(string="Read (%)", compute="_compute_progress")

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


class PaperIntakeMessage(models.Model):
    _inherit = "paper.intake.message"

    def _read(self):
        result = super()._read()
        self.upload_id._tell_if_read()
        return result

    def _note_not_read(self, text):
        result = super()._note_not_read(text)
        self.upload_id._tell_if_read()
        return result
