import base64

from odoo import fields, models
from odoo.exceptions import UserError

from ..lib import cn_holidays


class PaperCalendarImport(models.TransientModel):
    """Takes a year's public holidays and make-up days from a file: date, kind, name."""

    _name = "paper.calendar.import"
    _description = "Import Holidays and Make-up Days"

    file = fields.Binary(string="CSV File", required=True)
    file_name = fields.Char()
    company_id = fields.Many2one("res.company", help="Empty: for every company.")
    country_id = fields.Many2one(
        "res.country",
        default=lambda self: self.env.company.country_id,
        help="The days count for companies of this country, and for those whose country is not entered. Empty: for all.",
    )
    result = fields.Text(readonly=True)

    def action_import(self):
        """Add the file's days to the calendar; lines that cannot be read are listed, the others stay."""
        self.ensure_one()
        self.check_access("write")
        rows, errors = cn_holidays.parse_calendar_csv(base64.b64decode(self.file))
        if not rows:
            raise UserError(self.env._("The file holds no day that can be read.\n%(errors)s", errors=self._listed(errors)))
        added, corrected = self.env["paper.calendar.day"]._load_rows(rows, self.company_id, self.country_id)
        self.result = self.env._(
            "%(added)s days added, %(corrected)s corrected.\n%(errors)s",
            added=added,
            corrected=corrected,
            errors=self._listed(errors),
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _listed(self, errors):
        """Return the problems of the first lines that could not be used, each with its line number."""
        _ = self.env._
        reasons = {
            "empty": _("the file is empty"),
            "not_text": _("the file is no text file"),
            "too_few_columns": _("a date and a kind are needed"),
            "bad_date": _("“%(value)s” is no date"),
            "unknown_kind": _("“%(value)s” is neither holiday nor make-up day"),
            "duplicate": _("%(date)s is in line %(first_line)s already"),
            "contradiction": _("%(date)s is both a holiday and a make-up day, see lines %(lines)s"),
        }
        return "\n".join(
            _("Line %(line)s: %(reason)s.", line=error.line_no, reason=reasons[error.code] % error.params)
            for error in errors[:50]
        )
