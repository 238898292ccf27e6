from datetime import datetime, timedelta

from odoo import fields
from odoo.addons.paper_production.exceptions import PlanLateError
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestPromiseIsPlanned(PaperProductionCommon):
    """An order that is wanted in six weeks, with hours of PM1 and the winder promised for next week."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        hours = cls.env["resource.calendar"].create({"name": "Always", "tz": "UTC", "attendance_ids": False})
        cls.env["resource.calendar.attendance"].create(
            [
                {"calendar_id": hours.id, "name": "Day", "dayofweek": str(day), "hour_from": 0, "hour_to": 24}
                for day in range(7)
            ]
        )
        (cls.machine | cls.winder).resource_calendar_id = hours
        cls.company = cls.env.company
        cls.start = fields.Datetime.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=7)
        cls.promised = cls.start + timedelta(days=35)

    def _order(self, promised=None, **values):
        order = self.create_order(confirm=False).sudo()
        order.commitment_date = promised or self.promised
        line = order.order_line
        slot = {"order_id": order.id, "line_id": line.id, "product_id": line.product_id.id, "company_id": order.company_id.id}
        begin, half = self.start, self.start + timedelta(hours=1)
        self.slots = self.env["paper.slot.reservation"]._reserve(
            [
                {**slot, "workcenter_id": self.machine.id, "date_from": begin, "date_to": half},
                {**slot, "workcenter_id": self.winder.id, "date_from": half, "date_to": half + timedelta(minutes=30)},
            ]
        )
        order.action_confirm()
        return order

    def _hours(self, production):
        return [(work.workcenter_id, work.date_start, work.date_finished) for work in production.workorder_ids]

    def test_the_slot_becomes_the_dates(self):
        """R3.3.2, R5.1.2: what is planned is what was promised: the hours of the slots, not the day of delivery."""
        order = self._order()
        production = self.productions(order)
        self.assertEqual(production.date_start, self.start)
        self.assertEqual(set(self.slots.mapped("state")), {"firm"})
        plan = self.approved_plan(production)
        expected = [(slot.workcenter_id, slot.date_from, slot.date_to) for slot in self.slots]
        minutes = [slot.date_to - slot.date_from for slot in self.slots]
        spans = self._hours(production)
        self.assertEqual([span[:2] for span in spans], [slot[:2] for slot in expected])
        for (_centre, begin, end), length in zip(spans, minutes, strict=True):
            self.assertLessEqual(end - begin, length)
        self.assertEqual(set(self.slots.mapped("state")), {"used"})
        self.assertFalse(plan.late_summary)

    def test_each_keeps_its_own(self):
        """R3.3.2, R5.1.2: of orders that are planned in one go each has the hours that were promised to it, the later one that
        is first in the plan as well."""
        second = self._order()
        later = self.productions(second)
        self.start -= timedelta(hours=1)
        first = self._order()
        productions = later | self.productions(first)
        self.assertEqual(productions.mapped("date_start"), [self.start + timedelta(hours=1), self.start])
        plan = self.create_plan(productions)
        plan.action_submit()
        self.assertFalse(plan.late_summary)
        plan.with_user(self.supervisor).action_approve()
        begins = [production.workorder_ids[0].date_start for production in productions]
        self.assertEqual(begins, [self.start + timedelta(hours=1), self.start])

    def test_late_orders_are_named(self):
        """R3.3.2, R5.1.2: a plan that ends after the promised day, less the way to the customer, names each late order when it
        is submitted, and is not approved until somebody says why."""
        order = self._order(promised=self.start + timedelta(days=2))
        early = self._order_without_slot()
        productions = self.productions(order) | self.productions(early)
        plan = self.create_plan(productions)
        plan.action_submit()
        self.assertFalse(plan.late_summary)
        plan.with_user(self.supervisor).action_return("So long on the way that no start is early enough")
        self.company.paper_transit_days = (self.start - datetime.now()).days + 5
        plan.action_submit()
        self.assertIn(order.name, plan.late_summary)
        self.assertNotIn(early.name, plan.late_summary)
        with self.assertRaises(PlanLateError) as caught, self.env.cr.savepoint():
            plan.with_user(self.supervisor).action_approve()
        self.assertIn(order.name, str(caught.exception))
        self.assertEqual((plan.state, productions.workorder_ids.leave_id.ids), ("submitted", []))
        plan.with_user(self.supervisor).write({"late_reason": "The customer agreed on the phone"})
        plan.with_user(self.supervisor).action_approve()
        self.assertEqual(plan.state, "approved")

    def _order_without_slot(self):
        order = self.create_order(confirm=False).sudo()
        order.commitment_date = self.promised
        order.action_confirm()
        self.productions(order).date_start = datetime.now().replace(microsecond=0)
        return order
