from datetime import datetime, time, timedelta

from babel import Locale, dates
from odoo import api, fields, models, tools
from odoo.fields import Domain
from odoo.tools.misc import posix_to_ldml

from ...lib.workdays import WorkCalendar
from ...lib.workhours import WorkHours, moment_of


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_reminder_days = fields.Integer(
        string="Reminder before a Deadline (working days)",
        default=1,
        help="How many working days before its deadline the responsible people are reminded.",
    )

    _paper_reminder_days_positive = models.Constraint(
        "CHECK(paper_reminder_days >= 0)", "The reminder cannot come after the deadline."
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.keys() & {"resource_calendar_id", "country_id"}:
            self.env["paper.calendar.day"]._calendar_changed()
        return result

    def _paper_weekdays(self):
        """Return the weekdays that the company's working schedule has hours on, Monday is 0."""
        self.ensure_one()
        attendances = self.sudo().resource_calendar_id.attendance_ids  # sudo: every user's deadlines need the schedule
        days = {int(line.dayofweek) for line in attendances if not line.display_type and line.day_period != "lunch"}
        return frozenset(days or range(5))

    def _paper_work_calendar(self):
        """Return the company's :class:`WorkCalendar`: schedule, public holidays and make-up days."""
        self.ensure_one()
        return WorkCalendar(*self._paper_calendar_figures(self.id))

    @api.model
    @tools.ormcache("company_id")
    def _paper_calendar_figures(self, company_id):
        # sudo: deadlines are computed for whoever works on the order, whatever he may read
        company = self.sudo().browse(company_id)
        domain = Domain("company_id", "in", (False, company_id))
        if company.country_id:
            domain &= Domain("country_id", "in", (False, company.country_id.id))
        days = self.env["paper.calendar.day"].sudo().search(domain)
        kinds = {day.date: day.kind for day in days.sorted(lambda day: (bool(day.company_id), bool(day.country_id)))}
        holidays = {date for date, kind in kinds.items() if kind == "holiday"}
        makeup = {date for date, kind in kinds.items() if kind == "makeup"}
        return company._paper_weekdays(), frozenset(holidays | company._paper_closed_days() - makeup), frozenset(makeup)

    def _paper_closed_days(self):
        """Return the whole days off that the working schedule itself holds."""
        self.ensure_one()
        tz = self.resource_calendar_id.tz or "UTC"
        closed = set()
        for leave in self._paper_leaves():
            start = fields.Datetime.context_timestamp(leave.with_context(tz=tz), leave.date_from)
            stop = fields.Datetime.context_timestamp(leave.with_context(tz=tz), leave.date_to)
            # A day counts as closed when the leave covers its working hours, taken as 9 to 17 h.
            day = start.date() if start.hour <= 9 else start.date() + timedelta(days=1)
            last = stop.date() if stop.hour >= 17 else stop.date() - timedelta(days=1)
            closed.update(day + timedelta(days=offset) for offset in range((last - day).days + 1))
        return closed

    def _paper_leaves(self):
        """Return the days and hours off of the whole company that its working schedule holds."""
        # sudo: see _paper_calendar_figures
        return self.env["resource.calendar.leaves"].sudo().search(
            [
                ("resource_id", "=", False),
                ("company_id", "in", (False, self.id)),
                ("calendar_id", "in", (False, self.resource_calendar_id.id)),
                ("time_type", "=", "leave"),
            ]
        )

    def _paper_add_working_minutes(self, moment, minutes):
        """Return the moment (UTC) at which ``minutes`` of the company's working time have run out since ``moment`` (UTC).

        Nights, days off, public holidays and hours in which the whole company is closed do not count; a make-up day (调休)
        counts like the first working day of the week.

        :raises NoWorkingDayError: the schedule has not that much working time
        """
        self.ensure_one()
        return WorkHours(self._paper_work_calendar(), *self._paper_hours_figures(self.id)).add_minutes(moment, minutes)

    @api.model
    @tools.ormcache("company_id")
    def _paper_hours_figures(self, company_id):
        """Return the hours, the time zone and the closures of a company's schedule, as :class:`WorkHours` takes them."""
        # sudo: see _paper_calendar_figures
        company = self.sudo().browse(company_id)
        hours = {}
        for line in company.resource_calendar_id.attendance_ids:
            if not line.display_type and line.day_period != "lunch" and line.hour_from < line.hour_to:
                spans = hours.setdefault(int(line.dayofweek), [])
                spans.append((round(line.hour_from * 60), round(line.hour_to * 60)))
        closed = tuple((leave.date_from, leave.date_to) for leave in company._paper_leaves())
        return tuple((day, tuple(spans)) for day, spans in hours.items()), company._paper_zone(), closed

    # The mill's day: nobody else takes a date off a moment, guarded by tests/guards/test_code_rules.py

    def _paper_zone(self):
        """Return the name of the time zone in which the mill stands."""
        return self._paper_own_zone(self.id) or self.env.user.tz or "UTC"

    @api.model
    @tools.ormcache("company_id")
    def _paper_own_zone(self, company_id):
        """Return the time zone of a company's working schedule; kept until the schedule or its company changes."""
        return self.sudo().browse(company_id).resource_calendar_id.tz  # sudo: only the time zone is read

    def _paper_today(self):
        """Return today's date where the company works."""
        self.ensure_one()
        return fields.Date.context_today(self.with_context(tz=self._paper_zone()))

    def _paper_day(self, moment):
        """Return the date of a moment (UTC) where the mill stands, whoever asks from wherever; a date as it is."""
        self.ensure_one()
        if not isinstance(moment, datetime):
            return moment
        return fields.Datetime.context_timestamp(self.with_context(tz=self._paper_zone()), moment).date()

    def _paper_day_begins(self, day):
        """Return the moment (UTC) at which a day begins where the mill stands."""
        self.ensure_one()
        return moment_of(day, time(), self._paper_zone())

    def _paper_noon(self, day):
        """Return the moment (UTC) of noon of a day where the mill stands: of a day without an hour."""
        self.ensure_one()
        return moment_of(day, time(12), self._paper_zone())

    def _paper_within(self, name, first, over):
        """Return the domain of a moment that lies within days of the mill.

        :param name: of the field, a stored moment
        :param first: the first of the days; :param over: the day after the last one
        """
        return Domain(name, ">=", self._paper_day_begins(first)) & Domain(name, "<", self._paper_day_begins(over))

    def _paper_date(self, value, lang=None, pattern=None):
        """Write a date, or the day of a moment (UTC) where the mill stands, in a document's language.

        :param value: date or datetime, or one of them as ISO text; nothing gives ""
        :param lang: language of the document, the reader's unless given; it need not be installed
        :param pattern: as Babel writes them, such as ``yyyy-MM-dd``; the language's own unless given
        """
        self.ensure_one()
        if not value:
            return ""
        locale, own = self._paper_locale(lang)
        if not pattern:
            pattern = posix_to_ldml(own.date_format, locale=locale) if own.date_format else "medium"
        if isinstance(value, str):
            value = fields.Date.to_date(value) if len(value) == 10 else fields.Datetime.to_datetime(value)
        return dates.format_date(self._paper_day(value), pattern, locale=locale)

    def _paper_moment(self, value, lang=None, pattern="yyyy-MM-dd HH:mm"):
        """Write a moment (UTC) as the clocks of the mill show it, in a document's language; see :meth:`_paper_date`."""
        self.ensure_one()
        if not value:
            return ""
        there = fields.Datetime.context_timestamp(self.with_context(tz=self._paper_zone()), value)
        return dates.format_datetime(there, pattern, locale=self._paper_locale(lang)[0])

    @api.model
    def _paper_locale(self, lang):
        """Return Babel's locale of a language and, where it is installed, the language itself."""
        code = lang or self.env.context.get("lang") or self.env.user.lang or "en_US"
        return Locale.parse(code.split("@")[0]), self.env["res.lang"]._get_data(code=code)

    def _paper_add_working_days(self, date, days):
        """Return the date that lies ``days`` working days after ``date`` (before it if negative)."""
        return self._paper_work_calendar().add_working_days(date, days)
