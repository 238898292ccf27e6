from datetime import date, datetime
from unittest.mock import patch

from odoo.tests import freeze_time, tagged

from ...exceptions import ClockError
from ..clock_model import add_clock_model
from ..common import PaperCommon


@tagged("post_install", "-at_install")
@freeze_time("2031-03-03 04:00:00")  # a Monday far from every real holiday
class TestDeadline(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_clock_model(cls)
        cls.env.company.resource_calendar_id.tz = "Asia/Shanghai"

    def _create_clock(self, days=None, **values):
        clock = self.env["paper.test.clock"].create({"name": "Review", "user_id": self.salesman.id, **values})
        if days is not None:
            clock._clock_start(days)
        return clock.with_user(self.salesman)

    def _find(self, *states, operator="in"):
        return self.env["paper.test.clock"].search([("deadline_state", operator, list(states))])

    def test_start(self):
        """R3.3.1: the clock starts once and names the day on which the working days run out."""
        clock = self._create_clock()
        self.assertEqual(clock.deadline_state, "none")
        clock._clock_start(3)
        self.assertEqual((clock.deadline_date, clock.deadline_state), (date(2031, 3, 6), "running"))
        over_weekend = self._create_clock(5)
        self.assertEqual(over_weekend.deadline_date, date(2031, 3, 10))
        yesterday = self._create_clock()
        yesterday._clock_start(1, start=date(2031, 2, 27))
        self.assertEqual(yesterday.deadline_date, date(2031, 2, 28))

    def test_no_days_no_deadline(self):
        """R3.3.1: a step without a set number of days runs without a deadline and is never late."""
        clock = self._create_clock(0)
        self.assertFalse(clock.deadline_date)
        with freeze_time("2032-03-03 04:00:00"):
            clock.invalidate_recordset()
            self.assertEqual(clock.deadline_state, "running")
            self.assertEqual(self._find("running"), clock)

    def test_today_is_where_the_company_works(self):
        """R3.3.1: at 20:00 UTC on Monday it is Tuesday in the mill, and the clock starts there."""
        with freeze_time("2031-03-03 20:00:00"):
            self.assertEqual(self._create_clock(1).deadline_date, date(2031, 3, 5))

    def test_late(self):
        """R3.3.1: the clock is in time on its last day and late on the next."""
        clock = self._create_clock(2)
        with freeze_time("2031-03-05 04:00:00"):
            clock.invalidate_recordset()
            self.assertEqual(clock.deadline_state, "running")
        with freeze_time("2031-03-06 04:00:00"):
            clock.invalidate_recordset()
            self.assertEqual(clock.deadline_state, "late")
            self.assertEqual(self._find("late"), clock)

    def test_pause_and_resume(self):
        """R3.3.2: while the customer has the ball the clock stands; the deadline moves by the days of the pause."""
        clock = self._create_clock(3)
        with freeze_time("2031-03-04 04:00:00"):
            clock._clock_pause("Asked the customer")
            clock._clock_pause("Asked again")
        self.assertEqual((clock.deadline_date, clock.deadline_state), (False, "paused"))
        self.assertEqual(len(clock.deadline_pauses), 1)
        self.assertEqual(clock.deadline_pauses[0]["reason"], "Asked the customer")
        with freeze_time("2031-03-06 04:00:00"):
            clock._clock_resume()
            clock._clock_resume()
            self.assertEqual((clock.deadline_date, clock.deadline_state), (date(2031, 3, 10), "running"))

    def test_stop(self):
        """R3.3.1: done is done, also from a pause; the deadline stays as it was."""
        clock, paused = self._create_clock(3), self._create_clock(3)
        paused._clock_pause("Asked")
        (clock | paused)._clock_stop()
        for record in (clock, paused):
            self.assertEqual((record.deadline_state, record.deadline_stopped), ("done", date(2031, 3, 3)))
            self.assertEqual(record.deadline_date, date(2031, 3, 6))
        clock._clock_pause("x")
        clock._clock_resume()
        self.assertEqual(clock.deadline_state, "done")

    def test_search_finds_what_the_form_shows(self):
        """R3.3.1: the filters agree with the status on each record, in every state."""
        clocks = {
            "none": self._create_clock(),
            "running": self._create_clock(3) | self._create_clock(0),
            "paused": self._create_clock(3) | self._create_clock(0),
            "late": self._create_clock(),
            "done": self._create_clock(1),
        }
        clocks["paused"]._clock_pause("Asked")
        clocks["late"]._clock_start(1, start=date(2031, 2, 20))
        clocks["done"]._clock_stop()
        everything = self.env["paper.test.clock"]
        for state, records in clocks.items():
            with self.subTest(state=state):
                self.assertEqual(set(records.mapped("deadline_state")), {state})
                self.assertEqual(self._find(state).ids, records.ids)
                self.assertEqual(everything.search([("deadline_state", "=", state)]).ids, records.ids)
                others = everything.search([("deadline_state", "!=", state)])
                self.assertFalse(others & records)
                self.assertEqual(len(others), 7 - len(records))
        self.assertEqual(len(self._find("late", "paused")), 3)

    def test_nobody_moves_a_deadline_by_hand(self):
        """R3.3.1: a deadline is moved by its clock only, not by the responsible, the administrator or an import."""
        clock = self._create_clock(3)
        for user in (self.salesman, self.env.ref("base.user_admin")):
            record = clock.with_user(user)
            for values in (
                {"deadline_date": "2031-12-31"},
                {"deadline_days": 99},
                {"deadline_stopped": "2031-03-03"},
                {"deadline_pauses": [{"from": "2031-03-03", "to": None, "reason": "x", "user": 1}]},
                {"deadline_start": "2031-12-31"},
                {"deadline_escalated": "2031-03-03"},
            ):
                with self.subTest(user=user.login, values=values):
                    with self.assertRaises(ClockError):
                        record.write(values)
                    with self.assertRaises(ClockError):
                        record.create({"name": "Forged", **values})
        self.assertFalse(clock.load(["name", "deadline_date"], [["Imported", "2031-12-31"]])["ids"])
        clock.name = "Renamed"
        self.assertEqual(clock.deadline_date, date(2031, 3, 6))

    def test_a_copy_has_no_clock(self):
        """R3.3.1: a copied document starts without a clock."""
        self.assertEqual(self._create_clock(3).copy().deadline_state, "none")

    def test_a_holiday_moves_running_deadlines(self):
        """R3.3.1: a holiday that becomes known moves the deadlines that run, and those only."""
        running, done = self._create_clock(3), self._create_clock(3)
        done._clock_stop()
        day = self.env["paper.calendar.day"].create({"date": "2031-03-05", "name": "Test day"})
        self.assertEqual((running.deadline_date, done.deadline_date), (date(2031, 3, 7), date(2031, 3, 6)))
        day.unlink()
        self.assertEqual(running.deadline_date, date(2031, 3, 6))
        calendar = self.env.company.resource_calendar_id
        self.env["resource.calendar.leaves"].create(
            {"name": "Overhaul", "calendar_id": calendar.id, "date_from": "2031-03-03 16:00:00", "date_to": "2031-03-04 15:59:59"}
        )
        self.assertEqual(running.deadline_date, date(2031, 3, 7))

    def test_reminder_and_escalation_once(self):
        """R3.3.1, R8.1: the responsible is reminded a working day before, the management told once it is late; once each."""
        clock = self._create_clock(3)
        cron = self.env["paper.deadline.mixin"]
        clock = clock.with_env(self.env)
        cron._cron_clocks()
        self.assertFalse(clock.activity_ids)
        for now in ("2031-03-05 04:00:00", "2031-03-05 06:00:00", "2031-03-06 04:00:00"):
            with freeze_time(now):
                cron._cron_clocks()
        self.assertEqual(clock.activity_ids.user_id, self.salesman)
        self.assertEqual(len(clock.activity_ids), 1)
        for now in ("2031-03-07 04:00:00", "2031-03-10 04:00:00"):
            with freeze_time(now):
                cron._cron_clocks()
        escalated = clock.activity_ids.filtered(lambda activity: activity.user_id == self.manager)
        self.assertEqual(len(escalated), 1)
        self.assertIn("Deadline missed", escalated.summary)
        self.assertEqual(len(clock.activity_ids.filtered(lambda activity: activity.user_id == self.salesman)), 1)

    def test_a_record_that_fails_holds_nobody_up(self):
        """R3.3.1: where one reminder fails the others are sent, and who keeps the system has it before him, once."""
        broken, sound = self._create_clock(1, name="Broken"), self._create_clock(1, name="Sound")
        model = type(broken)
        upstream = model._clock_remind

        def _clock_remind(records):
            upstream(records)
            if "Broken" in records.mapped("name"):
                raise ZeroDivisionError("figures")

        keeper = self._create_user("t_keeper", "base.group_system", "paper_base.group_management")
        with patch.object(model, "_clock_remind", _clock_remind), freeze_time("2031-03-03 06:00:00"):
            for _hour in range(2):
                with self.assertLogs("odoo.addons.paper_base.models.clock", "WARNING"):
                    self.env["paper.deadline.mixin"]._cron_clocks()
        broken, sound = broken.with_env(self.env), sound.with_env(self.env)
        self.assertEqual(sound.activity_ids.user_id, self.salesman)
        self.assertTrue(sound.deadline_reminded)
        self.assertFalse(broken.deadline_reminded, "what failed is undone for it")
        self.assertIn(keeper, broken.activity_ids.user_id)
        self.assertEqual(len(broken.activity_ids.filtered(lambda activity: activity.user_id == keeper)), 1)
        self.assertIn("figures", broken.activity_ids[0].note)

    def test_reminder_in_the_readers_language(self):
        """R3.3.1: everybody is reminded in his own language, whichever language the server runs in."""
        self.salesman.lang = self.manager.lang = "zh_CN"
        clock = self._create_clock(1).with_env(self.env)
        with freeze_time("2031-03-10 04:00:00"):
            self.env["paper.deadline.mixin"].with_context(lang="en_US")._cron_clocks()
        self.assertIn("到期", " ".join(clock.activity_ids.mapped("summary")))
        self.assertFalse([text for text in clock.activity_ids.mapped("summary") if "Due" in text or "missed" in text])

    def test_no_reminder_while_paused_or_done(self):
        """R3.3.2: nobody is reminded of what waits for the customer or is done."""
        paused, done = self._create_clock(1), self._create_clock(1)
        paused._clock_pause("Asked")
        done._clock_stop()
        with freeze_time("2031-03-20 04:00:00"):
            self.env["paper.deadline.mixin"]._cron_clocks()
        self.assertFalse((paused | done).with_env(self.env).activity_ids)

    def test_starting_again(self):
        """R3.3.1: a clock that is started again counts anew and reminds anew."""
        clock = self._create_clock(1).with_env(self.env)
        with freeze_time("2031-03-05 04:00:00"):
            self.env["paper.deadline.mixin"]._cron_clocks()
            clock._clock_start(2)
            self.assertEqual(clock.deadline_date, date(2031, 3, 7))
            self.assertFalse(clock.deadline_reminded or clock.deadline_escalated)

    def test_two_companies(self):
        """R3.3.1: each company's clocks run on its own calendar, in one batch."""
        other = self.env["res.company"].create({"name": "Second mill"})
        self.env["paper.calendar.day"].create({"date": "2031-03-04", "name": "Own day", "company_id": other.id})
        clocks = self._create_clock().with_env(self.env) | self._create_clock(company_id=other.id).with_env(self.env)
        clocks._clock_start(1)
        self.assertEqual(clocks.mapped("deadline_date"), [date(2031, 3, 4), date(2031, 3, 5)])


@tagged("post_install", "-at_install")
class TestMillsDay(PaperCommon):
    """The day and the clock of the mill, in the language of the document (R2.1)."""

    def test_the_day_is_the_mills_whoever_looks(self):
        """R3.3.1: the day is the mills whoever looks."""
        company = self.env.company
        company.resource_calendar_id.tz = "Asia/Shanghai"
        moment = datetime(2026, 12, 21, 22, 0)  # 22 December, 6 h in Shanghai
        self.salesman.tz = "Europe/Berlin"
        for user in (self.salesman, self.manager):
            there = company.with_user(user)
            self.assertEqual(there._paper_day(moment), date(2026, 12, 22))
            self.assertEqual(there._paper_date(moment, "en_US", "yyyy-MM-dd"), "2026-12-22")
            self.assertEqual(there._paper_moment(moment, "en_US"), "2026-12-22 06:00")

    def test_the_language_is_the_documents(self):
        """R3.3.1: the language is the documents."""
        company = self.env.company.with_context(lang="zh_CN")
        day = date(2027, 2, 20)
        self.assertEqual(company._paper_date(day, "en_US", "d MMMM yyyy"), "20 February 2027")
        # German is not installed, and still the month is German.
        self.assertEqual(company._paper_date(day, "de_DE", "d. MMMM yyyy"), "20. Februar 2027")
        self.assertIn("2027", company._paper_date(day, "de_DE"))
        self.assertEqual(company._paper_date(day, "zh_CN", "yyyy年M月d日"), "2027年2月20日")
        self.assertEqual(company._paper_date(False), "")
