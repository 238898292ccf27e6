import base64
import io

import xlsxwriter
from odoo import api, fields, models
from odoo.tools.pdf import merge_pdf

from ...exceptions import ArchiveExportError

CHUNK = 20  # cases printed at once: progress is shown after each
MOST = 2000


class PaperAftersalesExport(models.Model):
    """One PDF and one workbook of a customer's after-sales archive over a period, made in the background with the rights of who
    asked for it (R7.3.1)."""

    _name = "paper.aftersales.export"
    _description = "Export of the After-sales Archive"
    _inherit = ["paper.step.mixin"]
    _order = "id desc"
    _evidence_states = ()
    _acts = {"request": (("draft", "failed"), ())}
    _state_error = ArchiveExportError
    _field_error = ArchiveExportError

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True, by_hand={"new": ()}
    )
    user_id = fields.Many2one(
        "res.users", string="Asked for by", required=True, default=lambda self: self.env.user, index=True, by_steps=True
    )
    partner_id = fields.Many2one("res.partner", string="Customer", by_hand={"new": (), "draft": ()}, help="Empty: all customers.")
    date_from = fields.Date(
        required=True,
        by_hand={"new": (), "draft": ()},
        default=lambda self: self.env.company._paper_today().replace(month=1, day=1),
    )
    date_to = fields.Date(required=True, by_hand={"new": (), "draft": ()}, default=lambda self: self.env.company._paper_today())
    state = fields.Selection(
        [("draft", "Draft"), ("waiting", "Waiting"), ("making", "Being Made"), ("done", "Done"), ("failed", "Failed")],
        default="draft", required=True, index=True, by_steps=True,
    )  # fmt: skip
    case_count = fields.Integer(string="Cases", by_steps=True)
    done_count = fields.Integer(string="Printed", by_steps=True)
    progress = fields.Integer(string="Progress (%)", compute="_compute_progress")
    error = fields.Text(by_steps=True)
    can_request = fields.Boolean(compute="_compute_can_steps")
    pdf = fields.Binary(string="PDF", attachment=True, by_steps=True)
    pdf_name = fields.Char(by_steps=True)
    workbook = fields.Binary(attachment=True, by_steps=True)
    workbook_name = fields.Char(by_steps=True)

    _period = models.Constraint("CHECK(date_from <= date_to)", "A period begins before it ends.")

    @api.depends("partner_id", "date_from", "date_to")
    def _compute_name(self):
        for export in self:
            customer = export.partner_id.display_name or self.env._("All Customers")
            export.name = f"{customer} {export.date_from} – {export.date_to}"

    @api.depends("case_count", "done_count", "state")
    def _compute_progress(self):
        for export in self:
            whole = export.case_count
            export.progress = 100 if export.state == "done" else 100 * export.done_count // whole if whole else 0

    def action_request(self):
        """Ask for the files; they are made in the background, a message tells when they are there."""
        self._check_act("request")
        for export in self:
            count = export._documents().search_count(export._domain(), limit=MOST + 1)
            if count > MOST:
                raise ArchiveExportError(
                    self.env._("More than %(most)s cases: choose a shorter period or one customer.", most=MOST)
                )
        # sudo: whoever may read cases may ask for them in the background
        self.sudo()._by_step().write({"state": "waiting", "error": False, "done_count": 0})
        # sudo: the run starts now
        self.env.ref("paper_aftersales.cron_aftersales_export").sudo()._trigger()
        return True

    def _documents(self):
        """Return the archive in the environment of who asked: nobody gets what they do not read."""
        user = self.user_id
        return (
            self.env["paper.aftersales.archive"]
            .with_user(user)
            .with_context(lang=user.lang, tz=user.tz, allowed_company_ids=self.company_id.ids)
        )

    def _domain(self):
        self.ensure_one()
        domain = [
            ("company_id", "=", self.company_id.id),
            ("day", ">=", self.company_id._paper_day_begins(self.date_from)),
            ("day", "<", self.company_id._paper_day_begins(fields.Date.add(self.date_to, days=1))),
        ]
        return [*domain, ("partner_id", "=", self.partner_id.commercial_partner_id.id)] if self.partner_id else domain

    def _cases(self):
        """Return the lines of the archive that are exported, the oldest first."""
        self.ensure_one()
        return self._documents().search(self._domain(), order="day, id")

    @api.model
    def _cron_make(self):
        """Make the exports that wait, one after the other."""
        waiting = self.search([("state", "in", ("waiting", "making"))], order="id")
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(waiting))
        for export in waiting:
            export._make()
            if not cron._commit_progress(1):
                break

    def _make(self):
        self.ensure_one()
        cases = self._cases()
        self.sudo()._by_step().write({"state": "making", "case_count": len(cases), "done_count": 0})  # sudo: the run writes it
        self._show_progress()
        try:
            with self.env.cr.savepoint():
                book = self._workbook(cases)
            printed = self._print(cases)
        except Exception as error:  # noqa: BLE001 - whatever it is, the user reads it on the screen
            self.sudo()._by_step().write({"state": "failed", "error": str(error)})  # sudo: as above
            return
        name = self.name.replace("/", "-")
        values = {
            "state": "done",
            "done_count": len(cases),
            "pdf": base64.b64encode(printed),
            "pdf_name": f"{name}.pdf",
            "workbook": base64.b64encode(book),
            "workbook_name": f"{name}.xlsx",
        }
        self.sudo()._by_step().write(values)  # sudo: as above
        there = self.with_context(lang=self.user_id.lang)
        notice = there.env._("The archive of %(what)s is ready.", what=self.name)
        self.user_id._bus_send("simple_notification", {"type": "success", "message": notice})

    def _show_progress(self):
        if self.env.context.get("cron_id"):  # else somebody waits in the same transaction
            self.env["ir.cron"]._commit_progress()

    def _print(self, cases):
        """Return the PDF: an index, then the cases with photos and minutes, in chunks."""
        user = self.user_id
        # sudo: rendering only, of what the user may read
        report = self.env["ir.actions.report"].with_user(user).sudo().with_context(lang=user.lang, tz=user.tz)
        parts = []
        for start in range(0, max(len(cases), 1), CHUNK):
            data = {"case_ids": cases[start : start + CHUNK].ids, "index_ids": cases.ids if not start else []}
            parts.append(report._render_qweb_pdf("paper_aftersales.action_report_archive", self.ids, data=data)[0])
            self.sudo()._by_step().write({"done_count": min(start + CHUNK, len(cases))})  # sudo: the run writes it
            self._show_progress()
        return merge_pdf(parts) if len(parts) > 1 else parts[0]

    def _workbook(self, cases):
        names = [
            "kind", "number", "day", "closed_on", "partner_id", "order_id", "lots", "defect_id", "severity", "name", "result",
            "user_id",
        ]  # fmt: skip
        target = io.BytesIO()
        book = xlsxwriter.Workbook(target, {"constant_memory": True, "in_memory": True})
        sheet = book.add_worksheet()
        moment = book.add_format({"num_format": "yyyy-mm-dd"})
        words = {
            name: dict(cases._fields[name]._description_selection(cases.env))
            for name in names
            if cases._fields[name].type == "selection"
        }
        for column, name in enumerate([*names, "claimed", "accepted", "cost"]):
            title = cases._fields[name]._description_string(cases.env) if name in cases._fields else self._money_title(name)
            sheet.write_string(0, column, title)
        for number, case in enumerate(cases, start=1):
            for column, name in enumerate(names):
                value = case[name]
                if isinstance(value, models.BaseModel):
                    value = value.sudo().display_name  # sudo: the name alone of what the case speaks of
                elif name in words:
                    value = words[name].get(value, "")
                if name in ("day", "closed_on"):
                    if value:
                        sheet.write_datetime(
                            number, column, fields.Datetime.context_timestamp(cases, value).replace(tzinfo=None), moment
                        )
                else:
                    # A text is never a formula, whatever it begins with.
                    sheet.write_string(number, column, (value or "")[:32000])
            ticket = case.ticket_id
            for column, value in enumerate((ticket.claimed_kg, ticket.accepted_kg, ticket.cost), start=len(names)):
                sheet.write_number(number, column, value or 0.0)
        book.close()
        return target.getvalue()

    def _money_title(self, name):
        env = self.with_context(lang=self.user_id.lang).env
        return {"claimed": env._("Claimed (kg)"), "accepted": env._("Accepted (kg)"), "cost": env._("Cost of the Complaint")}[
            name
        ]
