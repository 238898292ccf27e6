from datetime import datetime, timedelta

from odoo import Command, fields
from odoo.addons.paper_capacity.lib.moments import to_datetime, to_seconds
from odoo.addons.paper_capacity.tests.common import CapacityCommon
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import file_open

from ..hooks import uninstall_hook


@tagged("post_install", "-at_install")
class TestMaintenance(CapacityCommon):
    """PM1 works Monday to Friday 8 to 16 h UTC; 1 t takes an hour; today is Monday 2 March 2026, 1 h."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.press = cls.env["maintenance.equipment"].create({"name": "Press 1", "paper_workcenter_id": cls.machine.id})

    @classmethod
    def _schedule(cls, start, stop, **values):
        request = cls.env["maintenance.request"].create(
            {"name": "Felt change", "equipment_id": cls.press.id, "maintenance_type": "preventive", **values}
        )
        request.write({"schedule_date": start, "schedule_end": stop})
        return request

    def _finish(self, tonnes):
        """Return when a run of so many tonnes is done by the plan of PM1."""
        now = fields.Datetime.now()
        machine = self.machine._paper_machines(now, now + timedelta(days=60))[self.machine.id]
        _begin, end = machine.find(to_seconds(now), tonnes * 3600)
        return str(to_datetime(end))

    def test_machine_is_closed(self):
        """R3.3.2: the case of readme/DESCRIPTION.md: 12 t are done at 16 h on Tuesday, since felts are changed until noon."""
        self.assertEqual(self._finish(tonnes=12), "2026-03-03 12:00:00")
        request = self._schedule("2026-03-03 08:00:00", "2026-03-03 12:00:00")
        self.assertEqual(self._finish(tonnes=12), "2026-03-03 16:00:00")
        request.paper_stops_machine = False
        self.assertEqual(self._finish(tonnes=12), "2026-03-03 12:00:00")

    def test_done_and_cancelled_close_nothing(self):
        """R3.3.2: a maintenance that is done, cancelled, without a date or of another machine's equipment closes nothing."""
        done = self._schedule("2026-03-03 08:00:00", "2026-03-03 12:00:00")
        done.stage_id = self.env["maintenance.stage"].search([("done", "=", True)], limit=1)
        self._schedule("2026-03-03 08:00:00", "2026-03-03 12:00:00").archive_equipment_request()
        self._schedule(False, False)
        other = self.machine.copy({"name": "PM2"})
        elsewhere = self.env["maintenance.equipment"].create({"name": "Press 2", "paper_workcenter_id": other.id})
        self._schedule("2026-03-03 08:00:00", "2026-03-03 12:00:00", equipment_id=elsewhere.id)
        self.assertEqual(self._finish(tonnes=12), "2026-03-03 12:00:00")

    def test_recurring_comes_round(self):
        """R3.3.2: a recurring maintenance closes the machine each time that it comes round, until its end date."""
        request = self._schedule("2026-03-03 08:00:00", "2026-03-03 12:00:00")
        request.write({"recurring_maintenance": True, "repeat_interval": 1, "repeat_unit": "week"})
        # 40 h a week less 4: 44 t are done after 8 h in the second week, at noon on Tuesday without the second felt change.
        self.assertEqual(self._finish(tonnes=46), "2026-03-10 14:00:00")
        request.write({"repeat_type": "until", "repeat_until": "2026-03-09"})
        self.assertEqual(self._finish(tonnes=46), "2026-03-10 10:00:00")

    def test_odoos_planner_keeps_clear(self):
        """R3.3.2: Odoo's own planner runs a work order around the maintenance, as the promise date has it."""
        self._schedule("2026-03-03 08:00:00", "2026-03-03 12:00:00")
        found = self.machine._get_first_available_slot(datetime(2026, 3, 2, 1), 12 * 60)
        self.assertEqual(found, (datetime(2026, 3, 2, 8), datetime(2026, 3, 3, 16)))

    def test_days_off_follow_the_request(self):
        """R3.3.2: moved, handed to another machine, done or deleted, the closure follows; by a technician's own rights."""
        technician = new_test_user(self.env, "maintenance_technician", groups="maintenance.group_equipment_manager")
        request = self._schedule("2026-03-03 08:00:00", "2026-03-03 12:00:00").with_user(technician)
        request.schedule_end = "2026-03-03 10:00:00"
        self.assertEqual(self._finish(tonnes=12), "2026-03-03 14:00:00")
        leave = request.sudo().paper_leave_id
        self.press.paper_workcenter_id = self.machine.copy({"name": "PM2"})
        self.assertEqual(leave.resource_id, self.press.paper_workcenter_id.resource_id)
        self.press.paper_workcenter_id = False
        self.assertFalse(leave.exists())
        self.press.paper_workcenter_id = self.machine
        leave = request.sudo().paper_leave_id
        self.assertTrue(leave)
        request.unlink()
        self.assertFalse(leave.exists())

    def _plan(self, **values):
        kind = self.env["maintenance.kind"].create({"name": f"Wire change {len(self.press.maintenance_plan_ids)}"})
        plan = self.env["maintenance.plan"].create(
            {
                "equipment_id": self.press.id,
                "maintenance_kind_id": kind.id,
                "company_id": self.company.id,
                "start_maintenance_date": "2026-03-03",
                "interval": 1,
                "interval_step": "month",
                "maintenance_plan_horizon": 3,
                "planning_step": "month",
                "duration": 10,
                "paper_start_hour": 6.5,
                **values,
            }
        )
        plan.button_manual_request_generation()
        return plan

    def _spans(self, plan):
        requests = plan.maintenance_ids.sorted("schedule_date")
        for request in requests:
            leave = request.paper_leave_id
            self.assertEqual((leave.date_from, leave.date_to), (request.schedule_date, request.schedule_end))
        return [(str(request.schedule_date), str(request.schedule_end)) for request in requests]

    def test_a_plan_closes_all_its_hours(self):
        """R3.3.2: a wire change of ten hours from 6:30 closes the machine from 6:30 to 16:30 where it stands, each month."""
        self.machine.resource_calendar_id.tz = "Asia/Shanghai"
        spans = self._spans(self._plan())
        self.assertEqual(
            spans[:2],
            [("2026-03-02 22:30:00", "2026-03-03 08:30:00"), ("2026-04-02 22:30:00", "2026-04-03 08:30:00")],
        )

    def test_summer_time(self):
        """R3.3.2: the hour of the day is that of the machine's place in summer and in winter."""
        self.machine.resource_calendar_id.tz = "Europe/Berlin"
        spans = self._spans(self._plan())
        self.assertEqual([begin[11:] for begin, _end in spans[:2]], ["05:30:00", "04:30:00"])

    def test_promise_keeps_clear_of_the_plan(self):
        """R3.3.2: the promise date loses the hours of the plan, not one hour at midnight."""
        self._plan(paper_start_hour=8, duration=4)
        self.assertEqual(self._finish(tonnes=12), "2026-03-03 16:00:00")

    def test_requests_follow_their_plan(self):
        """R3.3.2: what a plan put somewhere follows it; what somebody moved, or is done, stays."""
        plan = self._plan()
        first, second, third = plan.maintenance_ids.sorted("schedule_date")[:3]
        first.stage_id = self.env["maintenance.stage"].search([("done", "=", True)], limit=1)
        second.write({"schedule_date": "2026-04-05 08:00:00", "schedule_end": "2026-04-05 20:00:00"})
        before = (first.schedule_date, second.schedule_date)
        plan.write({"duration": 4, "paper_start_hour": 8})
        self.assertEqual((first.schedule_date, second.schedule_date), before)
        self.assertEqual(
            (str(third.schedule_date), str(third.schedule_end)), ("2026-05-03 08:00:00", "2026-05-03 12:00:00")
        )
        self.assertEqual(third.paper_leave_id.date_to, third.schedule_end)

    def test_upgrade(self):
        """R3.3.2: open requests that stand for an hour at midnight, as plans made them before, get their hours."""
        plan = self._plan()
        first, second = plan.maintenance_ids.sorted("schedule_date")[:2]
        first.write({"schedule_date": "2026-03-03 00:00:00", "schedule_end": "2026-03-03 01:00:00"})
        second.write({"schedule_date": "2026-04-03 00:00:00", "schedule_end": "2026-04-03 09:00:00"})
        with file_open("paper_capacity_maintenance/migrations/19.0.1.0.1/post-hours-of-plans.py") as source:
            script = {}
            exec(compile(source.read(), source.name, "exec"), script)
        script["migrate"](self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual(
            (str(first.schedule_date), str(first.schedule_end)), ("2026-03-03 06:30:00", "2026-03-03 16:30:00")
        )
        self.assertEqual(str(second.schedule_end), "2026-04-03 09:00:00")

    def test_nothing_stays_behind(self):
        """R3.3.2: uninstalled, the addon takes the days off with it that followed maintenance, and no others."""
        leave = self._schedule("2026-03-03 08:00:00", "2026-03-03 12:00:00").paper_leave_id
        own = leave.copy({"name": "Closed by hand"})
        uninstall_hook(self.env)
        self.assertEqual((bool(leave.exists()), bool(own.exists())), (False, True))

    def test_companies(self):
        """R3.3.2: an equipment belongs to a machine of its own company."""
        company = self.env["res.company"].create({"name": "Other mill"})
        with self.assertRaises(UserError):
            self.press.company_id = company
            self.press.flush_recordset()

    def test_queries(self):
        """R3.3.2: the maintenance of all machines is read at once."""
        machines = self.machine
        for number in range(5):
            machine = self.machine.copy({"name": f"PM{number}"})
            self.env["maintenance.equipment"].create(
                {"name": machine.name, "paper_workcenter_id": machine.id, "maintenance_ids": [
                    Command.create({"name": "Oil", "schedule_date": "2026-03-03 08:00:00"})
                ]}
            )
            machines |= machine
        start, stop = self.bom.create_date, self.bom.create_date.replace(year=2027)

        def queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            some.mapped("name")
            before = self.env.cr.sql_log_count
            some._paper_closures(start, stop)
            return self.env.cr.sql_log_count - before

        self.assertLessEqual(queries(machines), queries(machines[:2]))
