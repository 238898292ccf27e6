import logging

from odoo import api, fields, models
from odoo.fields import Domain

from ...exceptions import ClockError

_logger = logging.getLogger(__name__)

KEEPERS = "base.group_system"  # who keeps the system

class PaperDeadlineMixin(models.AbstractModel):
    """A clock in working days on a record: started once, paused while the ball is elsewhere, stopped
    when the work is done; reminds before the deadline and escalates after it.

    A model that inherits it needs ``company_id`` and the activity mixin. It calls
    ``_clock_start(days)``, ``_clock_pause(reason)``, ``_clock_resume()`` and ``_clock_stop()``;
    nobody else moves the clock, by whatever path.
    """

    _name = "paper.deadline.mixin"
    _description = "Deadline in Working Days"
    _inherit = ["paper.step.mixin"]

    deadline_start = fields.Date(string="Clock Started", by_steps=True)
    deadline_days = fields.Integer(string="Working Days Allowed", by_steps=True)
    deadline_pauses = fields.Json(string="Pauses", by_steps=True)
    deadline_stopped = fields.Date(string="Clock Stopped", by_steps=True)
    deadline_date = fields.Date(string="Deadline", by_steps=True, index=True)
    deadline_reminded = fields.Date(string="Reminded", by_steps=True)
    deadline_escalated = fields.Date(string="Escalated", by_steps=True)
    deadline_state = fields.Selection(
        "_deadline_states",
        string="Deadline Status",
        compute="_compute_deadline_state",
        search="_search_deadline_state",
    )

    @api.depends("deadline_start", "deadline_date", "deadline_stopped", "deadline_pauses")
    def _compute_deadline_state(self):
        for record in self:
            record.deadline_state = record._clock_state()

    def _clock_state(self):
        self.ensure_one()
        if not self.deadline_start:
            return "none"
        if self.deadline_stopped:
            return "done"
        if self._is_clock_paused() and not self.deadline_date:
            return "paused"
        today = self._clock_company()._paper_today()
        return "late" if self.deadline_date and self.deadline_date < today else "running"

    def _search_deadline_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._paper_today()
        started = Domain("deadline_start", "!=", False)
        running = started & Domain("deadline_stopped", "=", False)
        undated = self.search(running & Domain("deadline_date", "=", False))
        paused = undated.filtered(lambda record: record._is_clock_paused())
        domains = {
            "none": ~started,
            "done": started & Domain("deadline_stopped", "!=", False),
            "paused": Domain("id", "in", paused.ids),
            "late": running & Domain("deadline_date", "<", today),
            "running": running & Domain("deadline_date", ">=", today) | Domain("id", "in", (undated - paused).ids),
        }
        return Domain.OR(domains[state] for state in value if state in domains)

    @api.model
    def _deadline_states(self):
        # A method, so that the words are translated once for every model that inherits the clock.
        _ = self.env._
        labels = {
            "none": _("No Deadline"),
            "running": _("In Time"),
            "paused": _("Paused"),
            "late": _("Late"),
            "done": _("Done"),
        }
        return list(labels.items())

    # The clock

    def _clock_start(self, days, start=None):
        """Start the clock of each record.

        :param days: working days allowed, a company setting of the clause that asks for it; 0 sets no deadline
        :param start: date that does not count itself; today where the company works if not given
        """
        for company, records in self.grouped(lambda record: record._clock_company()).items():
            records._clock_write(
                {
                    "deadline_start": start or company._paper_today(),
                    "deadline_days": days,
                    "deadline_pauses": False,
                    "deadline_stopped": False,
                    "deadline_reminded": False,
                    "deadline_escalated": False,
                }
            )
        self._clock_recompute()

    def _clock_pause(self, reason):
        """Pause the running clocks, because somebody outside has the ball; ``reason`` says who."""
        for record in self.filtered(lambda rec: rec._is_clock_running() and not rec._is_clock_paused()):
            today = fields.Date.to_string(record._clock_company()._paper_today())
            pause = {"from": today, "to": None, "reason": str(reason), "user": self.env.uid}
            record._clock_write({"deadline_pauses": [*(record.deadline_pauses or []), pause]})
            record._clock_recompute()

    def _clock_resume(self):
        """Let the paused clocks go on; the deadline moves by the working days of the pause."""
        for record in self.filtered(lambda rec: rec._is_clock_running() and rec._is_clock_paused()):
            today = fields.Date.to_string(record._clock_company()._paper_today())
            *closed, last = record.deadline_pauses
            record._clock_write({"deadline_pauses": [*closed, {**last, "to": today}], "deadline_reminded": False})
            record._clock_recompute()

    def _clock_stop(self):
        """Stop the clocks: the work is done, in time or not."""
        self._clock_resume()
        running = self.filtered(lambda rec: rec._is_clock_running())
        for company, records in running.grouped(lambda record: record._clock_company()).items():
            records._clock_write({"deadline_stopped": company._paper_today()})
            company._paper_told(records, ("due", "missed"))

    def _clock_recompute(self):
        """Compute the deadlines again from what the records themselves say."""
        for record in self.filtered(lambda rec: rec._is_clock_running()):
            record._clock_write({"deadline_date": record._clock_deadline()})

    def _clock_deadline(self):
        """Return the deadline as a date, False while paused or where no days are set."""
        self.ensure_one()
        if not self.deadline_days:
            return False
        calendar = self._clock_company()._paper_work_calendar()
        to_date = fields.Date.to_date
        pauses = [(to_date(pause["from"]), to_date(pause["to"])) for pause in self.deadline_pauses or []]
        return calendar.deadline(self.deadline_start, self.deadline_days, pauses) or False

    def _is_clock_running(self):
        return bool(self.deadline_start and not self.deadline_stopped)

    def _is_clock_paused(self):
        return bool(self.deadline_pauses) and not self.deadline_pauses[-1]["to"]

    def _clock_company(self):
        """Return the company whose calendar counts. Override where ``company_id`` is named otherwise."""
        return self.company_id or self.env.company

    def _clock_write(self, vals):
        # sudo: whoever moves the record on moves its clock, which nobody may write by hand
        return self.sudo()._by_step().write(vals)

    def _refuse_hand(self, names):
        if all(name.startswith("deadline_") for name in names):
            raise ClockError(self.env._("A deadline is moved by its clock only: start, pause, resume or stop it."))
        return super()._refuse_hand(names)

    # Reminder and escalation

    def _clock_users(self):
        """Return the users who have to act before the deadline. Override to name them."""
        return self.env["res.users"]

    def _clock_escalation_users(self):
        """Return the users who are told of a missed deadline; the management unless overridden."""
        return self._clock_company()._paper_department_users("paper_base.group_management")

    def _clock_summary(self):
        """Return what is due, in a few words. Override to say it in the clause's words."""
        return self.env._("Due: %(name)s", name=self.display_name)

    def _clock_remind(self):
        """Remind the responsible people, once for each deadline."""
        for record in self:
            record._clock_tell(record._clock_users(), record._clock_words)
            record._clock_write({"deadline_reminded": record._clock_company()._paper_today()})

    def _clock_escalate(self):
        """Tell the management that the deadline was missed, once for each deadline."""
        for record in self:
            record._clock_tell(record._clock_escalation_users(), record._clock_missed_words, "missed")
            record._clock_write({"deadline_escalated": record._clock_company()._paper_today()})

    @staticmethod
    def _clock_words(record):
        return record._clock_summary()

    @staticmethod
    def _clock_missed_words(record):
        return record.env._("Deadline missed. %(summary)s", summary=record._clock_summary())

    def _clock_tell(self, to, summary, kind="due"):
        """Put what is due before people until the clock stops, see ``res.company._paper_tell``."""
        self.ensure_one()
        return self._clock_company()._paper_tell(to, self, summary, kind=kind, deadline=self.deadline_date)

    @api.model
    def _clock_models(self):
        names = self.env.registry.descendants(["paper.deadline.mixin"], "_inherit")
        return [name for name in sorted(names) if name in self.env and not self.env[name]._abstract]

    @api.model
    def _recompute_running_clocks(self):
        for name in self._clock_models():
            # sudo: a holiday moves every running deadline, of whatever company
            running = [("deadline_start", "!=", False), ("deadline_stopped", "=", False)]
            self.env[name].sudo().search(running)._clock_recompute()

    @api.model
    def _cron_clocks(self):
        """Remind of what is due soon and escalate what is late, in every model with a clock.

        A record that fails holds nobody else's reminder back: those who keep the system are told of it, once.
        """
        cron = self.env["ir.cron"]
        for name in self._clock_models():
            for company in self.env["res.company"].search([]):
                self.env[name]._run_clocks(company)
                if self.env.context.get("cron_id"):  # what was told stays told when the server is stopped
                    cron._commit_progress()

    @api.model
    def _run_clocks(self, company):
        today = company._paper_today()
        soon = company._paper_add_working_days(today, company.paper_reminder_days)
        due = self.search(
            [
                ("company_id", "=", company.id),
                ("deadline_stopped", "=", False),
                ("deadline_date", "!=", False),
                ("deadline_date", "<=", soon),
            ]
        )
        due.filtered(lambda rec: not rec.deadline_reminded)._clock_each("_clock_remind")
        due.filtered(lambda rec: rec.deadline_date < today and not rec.deadline_escalated)._clock_each("_clock_escalate")

    def _clock_each(self, method):
        """Call a method of each record on its own; what one of them does not bear is undone for it alone."""
        for record in self:
            try:
                with self.env.cr.savepoint():
                    getattr(record, method)()
            except Exception as error:
                _logger.warning("%s of %s failed, the others go on", method, record, exc_info=True)
                record._clock_failed(error)

    def _clock_failed(self, error):
        """Tell those who keep the system that nobody is reminded of this record."""
        self.ensure_one()

        def summary(record):
            return record.env._("Nobody is reminded of this: its deadline cannot be worked on")

        try:
            with self.env.cr.savepoint():
                self._clock_company()._paper_tell(KEEPERS, self, summary, kind="clock_failed", note=str(error))
        except Exception:  # the record bears no to-do either: the log has it
            _logger.warning("nobody could be told that the clock of %s fails", self, exc_info=True)
