from odoo import api, fields, models


class PaperCalendarDay(models.Model):
    """A day on which work differs from the weekly rhythm: a public holiday, or a make-up day (调休)
    that is worked although it falls on a weekend. Imported once a year from the State Council's
    notice; a company may add its own, which also puts a common day right for itself: a make-up day
    on a holiday means that this company works.
    """

    _name = "paper.calendar.day"
    _description = "Holiday or Make-up Day"
    _inherit = ["paper.cached.mixin"]
    _order = "date desc, company_id"

    date = fields.Date(required=True, index=True)
    kind = fields.Selection([("holiday", "Holiday"), ("makeup", "Make-up Day")], required=True, default="holiday")
    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one("res.company", help="Empty: for every company.", index=True)
    country_id = fields.Many2one(
        "res.country",
        help="The day counts for companies of this country, and for those whose country is not entered. Empty: for all.",
    )

    _date_company_uniq = models.UniqueIndex(
        "(date, COALESCE(company_id, 0), COALESCE(country_id, 0))", "This day is in the calendar already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        days = super().create(vals_list)
        self._calendar_changed()
        return days

    def write(self, vals):
        result = super().write(vals)
        self._calendar_changed()
        return result

    def unlink(self):
        result = super().unlink()
        self._calendar_changed()
        return result

    @api.model
    def _calendar_changed(self):
        """Forget the cached calendars and move the running deadlines with them."""
        self.env.registry.clear_cache()
        self.env["paper.deadline.mixin"]._recompute_running_clocks()

    @api.model
    def _load_rows(self, rows, company, country=None):
        """Add or correct days from :func:`parse_calendar_csv`.

        :param rows: iterable of mappings or objects with date, kind, name
        :param company: res.company record, empty for every company
        :param country: res.country whose public holidays they are; none: days of every country
        :return: (number added, number corrected)
        """
        country = country or self.env["res.country"]
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        wanted = {row.date: row for row in rows}
        if not wanted:
            return 0, 0
        known = self.search([("company_id", "=", company.id), ("country_id", "=", country.id), ("date", "in", list(wanted))])
        corrected = 0
        for day in known:
            row = wanted.pop(day.date)
            if (day.kind, day.name) != (row.kind, row.name or day.name):
                day.write({"kind": row.kind, "name": row.name or day.name})
                corrected += 1
        self.create(
            [
                {
                    "date": row.date,
                    "kind": row.kind,
                    "name": row.name or kinds[row.kind],
                    "company_id": company.id,
                    "country_id": country.id,
                }
                for row in wanted.values()
            ]
        )
        return len(wanted), corrected
