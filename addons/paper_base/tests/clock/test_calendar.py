import base64
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..common import PaperCommon

# The week of 2031-03-03 (a Monday) is far from every real holiday.
MONDAY, TUESDAY, WEDNESDAY = date(2031, 3, 3), date(2031, 3, 4), date(2031, 3, 5)
FRIDAY, SATURDAY, NEXT_MONDAY = date(2031, 3, 7), date(2031, 3, 8), date(2031, 3, 10)


@tagged("post_install", "-at_install")
class TestCalendar(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.other = cls.env["res.company"].create({"name": "Second mill"})
        cls.manager.company_ids |= cls.other

    def _add(self, day, kind="holiday", company=None):
        values = {"date": day, "kind": kind, "name": "Test day", "company_id": company and company.id}
        return self.env["paper.calendar.day"].create(values)

    def _import(self, text, **values):
        content = text if isinstance(text, bytes) else text.encode()
        wizard = self.env["paper.calendar.import"].with_user(self.manager)
        return wizard.create({"file": base64.b64encode(content), **values})

    def test_the_plain_week(self):
        """R3.3.1: working days are the days of the company's own schedule."""
        self.assertEqual(self.company._paper_weekdays(), frozenset(range(5)))
        self.assertEqual(self.company._paper_add_working_days(FRIDAY, 1), NEXT_MONDAY)
        self.assertEqual(self.company._paper_add_working_days(NEXT_MONDAY, -1), FRIDAY)

    def test_the_holidays_of_china_are_known(self):
        """R3.3.1: from the start, deadlines skip the National Day holidays and use its make-up days."""
        self.company.country_id = self.env.ref("base.cn")
        days = self.company._paper_work_calendar()
        self.assertFalse(days.is_working(date(2025, 10, 1)))
        self.assertTrue(days.is_working(date(2025, 10, 11)), "a Saturday that is worked")

    def test_the_holidays_of_china_bind_companies_of_china(self):
        """R3.3.1: a company elsewhere works on China's holidays; one whose country is not entered yet has them."""
        self.other.country_id = self.env.ref("base.de")
        self.assertTrue(self.other._paper_work_calendar().is_working(date(2025, 10, 1)))
        self.other.country_id = False
        self.assertFalse(self.other._paper_work_calendar().is_working(date(2025, 10, 1)))
        self._add(TUESDAY)
        self.other.country_id = self.env.ref("base.de")
        self.assertEqual(self.other._paper_add_working_days(MONDAY, 1), WEDNESDAY, "a day of no country is everybody's")

    def test_a_holiday_and_a_makeup_day_count_at_once(self):
        """R3.3.1: a holiday added, moved or removed changes the next deadline; nothing is remembered wrongly."""
        self.assertEqual(self.company._paper_add_working_days(MONDAY, 1), TUESDAY)
        holiday = self._add(TUESDAY)
        self.assertEqual(self.company._paper_add_working_days(MONDAY, 1), WEDNESDAY)
        holiday.date = WEDNESDAY
        self.assertEqual(self.company._paper_add_working_days(MONDAY, 1), TUESDAY)
        holiday.unlink()
        self.assertEqual(self.company._paper_add_working_days(TUESDAY, 1), WEDNESDAY)
        self._add(SATURDAY, "makeup")
        self.assertEqual(self.company._paper_add_working_days(FRIDAY, 1), SATURDAY)

    def test_a_company_has_days_of_its_own(self):
        """R3.3.1: a mill's own day off is its own, and it may work on a common holiday."""
        self._add(TUESDAY, company=self.other)
        self.assertEqual(self.company._paper_add_working_days(MONDAY, 1), TUESDAY)
        self.assertEqual(self.other._paper_add_working_days(MONDAY, 1), WEDNESDAY)
        self._add(WEDNESDAY)
        self._add(WEDNESDAY, "makeup", self.other)
        self.assertEqual(self.other._paper_add_working_days(TUESDAY, 1), WEDNESDAY)
        self.assertEqual(self.company._paper_add_working_days(TUESDAY, 1), date(2031, 3, 6))

    def test_a_mill_that_works_on_saturdays(self):
        """R3.3.1: another working schedule makes another deadline; common make-up days do not disturb it."""
        attendances = self.company.resource_calendar_id.attendance_ids
        self.assertEqual(self.company._paper_add_working_days(FRIDAY, 1), NEXT_MONDAY)
        attendances[0].copy({"dayofweek": "5"})
        self.assertEqual(self.company._paper_add_working_days(FRIDAY, 1), SATURDAY)
        self._add(SATURDAY, "makeup")
        self.assertEqual(self.company._paper_add_working_days(SATURDAY, 1), NEXT_MONDAY)
        self.company.resource_calendar_id = self.other.resource_calendar_id.copy()
        self.env["paper.calendar.day"].search([("date", "=", SATURDAY)]).unlink()
        self.assertEqual(self.company._paper_add_working_days(FRIDAY, 1), NEXT_MONDAY)

    def test_days_off_of_the_working_schedule(self):
        """R3.3.1: a company-wide leave closes the whole days it covers; one machine's leave closes none."""
        leaves = self.env["resource.calendar.leaves"]
        tz = self.company.resource_calendar_id.tz
        self.assertTrue(tz)
        leave = leaves.create(
            {
                "name": "Overhaul",
                "calendar_id": self.company.resource_calendar_id.id,
                "date_from": "2031-03-04 00:00:00",
                "date_to": "2031-03-05 23:00:00",
            }
        )
        self.assertEqual(self.company._paper_add_working_days(MONDAY, 1), date(2031, 3, 6))
        leave.resource_id = self.env["resource.resource"].create({"name": "PM 1", "resource_type": "material"})
        self.assertEqual(self.company._paper_add_working_days(MONDAY, 1), TUESDAY)
        leave.resource_id = False
        leave.unlink()
        self.assertEqual(self.company._paper_add_working_days(MONDAY, 1), TUESDAY)

    def test_import_of_a_year(self):
        """R3.3.1: the year's notice is imported; what cannot be read is listed by line, the rest counts."""
        wizard = self._import(
            "日期,类型,名称\n2031-03-04,休,测试节\n2031/3/32,休,?\n2031-03-08,班,测试节\n2031-03-05,maybe,?\n2031-03-06,休,\n"
        )
        wizard.action_import()
        self.assertIn("3 days added, 0 corrected", wizard.result)
        self.assertIn("Line 3: “2031/3/32” is no date.", wizard.result)
        self.assertIn("Line 5", wizard.result)
        self.assertNotIn("CalendarProblem", wizard.result)
        days = self.company._paper_work_calendar()
        self.assertEqual([days.is_working(day) for day in (TUESDAY, WEDNESDAY, SATURDAY)], [False, True, True])

    def test_import_twice_corrects(self):
        """R3.3.1: the same file again adds nothing; a corrected one corrects."""
        self._import("2031-03-04,休,测试节\n2031-03-08,班,测试节\n").action_import()
        again = self._import("2031-03-04,休,测试节\n2031-03-08,班,测试节\n")
        again.action_import()
        self.assertIn("0 days added, 0 corrected", again.result)
        corrected = self._import("2031-03-04,休,春节\n2031-03-08,休,测试节\n")
        corrected.action_import()
        self.assertIn("0 days added, 2 corrected", corrected.result)
        self.assertFalse(self.company._paper_work_calendar().is_working(SATURDAY))

    def test_import_for_one_company(self):
        """R3.3.1: a company's own calendar leaves the others alone."""
        self._import("2031-03-04,休,测试节\n", company_id=self.other.id).action_import()
        self.assertEqual(self.company._paper_add_working_days(MONDAY, 1), TUESDAY)
        self.assertEqual(self.other._paper_add_working_days(MONDAY, 1), WEDNESDAY)

    def test_nothing_to_import(self):
        """R3.3.1: a file without a single day is refused with its reasons."""
        for content in ("date,kind,name\n", "x,y,z\n", b"\xff\xfe\x00\xd8\x00", ""):
            with self.subTest(content=content), self.assertRaises(UserError):
                self._import(content or " ").action_import()

    def test_who_may_change_the_calendar(self):
        """R3.3.1: the management keeps the calendar; sales reads it."""
        with self.assertRaises(AccessError):
            self.env["paper.calendar.day"].with_user(self.salesman).create({"date": TUESDAY, "name": "x"})
        with self.assertRaises(AccessError):
            self.env["paper.calendar.import"].with_user(self.salesman).create({"file": b"eA=="})
        self.env["paper.calendar.day"].with_user(self.manager).create({"date": TUESDAY, "name": "x"})

    def test_the_settings_tell_the_known_years(self):
        """R3.3.1: the settings say for which years the holidays are known."""
        self.assertNotIn("2031", self.env["res.config.settings"].create({}).paper_calendar_covers)
        self._add(TUESDAY)
        self.assertIn("2031", self.env["res.config.settings"].create({}).paper_calendar_covers)
