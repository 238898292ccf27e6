import base64
import io

import xlsxwriter
from odoo import api, fields, models

from ...exceptions import StatsExportError

BATCH = 5000
MOST = 1_048_575  # rows of a worksheet, less the headings


class PaperStatsExport(models.Model):
    """Figures as a worksheet, made in the background and with the rights of who asked for it: nobody waits before the screen,
    and nobody gets columns that they do not read."""

    _name = "paper.stats.export"
    _description = "Export of Figures"
    _inherit = ["paper.step.mixin"]
    _order = "id desc"
    _all_by_steps = True
    _rec_name = "model_name"

    user_id = fields.Many2one("res.users", string="Asked for by", required=True, index=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company, index=True)
    company_ids = fields.Json(string="Companies")
    res_model = fields.Char(required=True)
    model_name = fields.Char(string="Statistics", compute="_compute_model_name")
    domain = fields.Json()
    state = fields.Selection(
        [("waiting", "Waiting"), ("done", "Done"), ("failed", "Failed")], default="waiting", required=True, index=True
    )
    row_count = fields.Integer(string="Rows")
    error = fields.Text()
    file = fields.Binary(attachment=True)
    file_name = fields.Char()

    @api.depends("res_model")
    @api.depends_context("lang")
    def _compute_model_name(self):
        for export in self:
            # sudo: only what a table is called is read
            export.model_name = self.env["ir.model"].sudo()._get(export.res_model).name

    @api.model
    def request(self, model, domain):
        """Ask for figures as a worksheet; return what tells the user that it comes.

        :param model: name of a model of figures
        :param domain: what of it
        :raises StatsExportError: if it is no table of figures, or none that the user reads
        """
        figures = self.env.get(model)
        known = figures is not None and (
            model == "paper.order.report" or isinstance(figures, self.env.registry["paper.figure.table"])
        )
        if not known or not figures.has_access("read"):
            raise StatsExportError(self.env._("There are no figures of this kind that you read."))
        figures.search_count(domain, limit=1)
        values = {
            "user_id": self.env.uid,
            "company_ids": self.env.companies.ids,
            "res_model": model,
            "domain": list(domain),
        }
        # sudo: whoever reads figures may ask for them in the background
        self.sudo()._by_step().create(values)
        # sudo: the run starts now
        self.env.ref("paper_order_stats.cron_paper_stats_export").sudo()._trigger()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "title": self.env._("The Export is Being Made"),
                "message": self.env._("You find it under Statistics, Exports as soon as it is done; a message tells you."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    @api.model
    def _cron_make(self):
        """Make the exports that wait, one a transaction."""
        waiting = self.search([("state", "=", "waiting")], order="id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(waiting))
        for export in waiting:
            export._make()
            if not cron._commit_progress(1):
                break

    def _make(self):
        self.ensure_one()
        user = self.user_id
        figures = (
            self.env[self.res_model]
            .with_user(user)
            .with_context(lang=user.lang, tz=user.tz, allowed_company_ids=self.company_ids or user.company_ids.ids)
        )
        try:
            with self.env.cr.savepoint():
                rows, content = self._worksheet(figures)
        except Exception as error:  # noqa: BLE001 - whatever it is, the user reads it on the screen
            # sudo: the run writes what it made
            self.sudo()._by_step().write({"state": "failed", "error": str(error)})
            return
        name = f"{self.with_context(lang=user.lang).model_name}.xlsx"
        values = {"state": "done", "row_count": rows, "file": base64.b64encode(content), "file_name": name}
        # sudo: the run writes what it made
        self.sudo()._by_step().write(values)
        notice = self.with_context(lang=user.lang).env._("%(rows)s rows are ready under Statistics, Exports.", rows=rows)
        user._bus_send("simple_notification", {"type": "success", "message": notice})

    @api.model
    def _worksheet(self, figures):
        """Return the number of rows and the worksheet: every column that the user reads."""
        names = [
            name
            for name, field in figures.fields_get(attributes=["type", "string", "store"]).items()
            if field["store"] and name not in ("id", "key", "document_id")
        ]
        target = io.BytesIO()
        book = xlsxwriter.Workbook(target, {"constant_memory": True, "in_memory": True})
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for column, name in enumerate(names):
            sheet.write_string(0, column, figures._fields[name]._description_string(figures.env))
        domain = self.domain or []
        words = {
            name: dict(figures._fields[name]._description_selection(figures.env))
            for name in names
            if figures._fields[name].type == "selection"
        }
        count, last = 0, 0
        while count < MOST:
            rows = figures.search_fetch([*domain, ("id", ">", last)], names, limit=BATCH, order="id")
            if not rows:
                break
            called = self._names(rows, names)
            for row in rows:
                count += 1
                for column, name in enumerate(names):
                    value = row[name]
                    if name in called:
                        value = called[name].get(value.id, "")
                    elif name in words:
                        value = words[name].get(value, "")
                    self._write_cell(sheet, count, column, row._fields[name], value, day)
            last = rows[-1].id
            figures.env.invalidate_all()
        book.close()
        return count, target.getvalue()

    @api.model
    def _names(self, rows, names):
        """Return what the records are called that the rows speak of, ``{column: {id: name}}``; those that are gone left out."""
        called = {}
        for name in names:
            if rows._fields[name].relational:
                records = rows[name].sudo().exists()  # sudo: the name alone of what the row speaks of
                called[name] = {record.id: record.display_name for record in records}
        return called

    @api.model
    def _write_cell(self, sheet, number, column, field, value, day):
        if field.type in ("date", "datetime"):
            if value:
                sheet.write_datetime(number, column, fields.Datetime.to_datetime(value), day)
        elif field.type in ("integer", "float", "monetary"):
            sheet.write_number(number, column, value)
        elif field.type == "boolean":
            sheet.write_boolean(number, column, value)
        else:
            # A text is never a formula, whatever it begins with.
            sheet.write_string(number, column, value or "")
