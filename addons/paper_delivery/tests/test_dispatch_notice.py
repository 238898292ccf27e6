from odoo import fields
from odoo.addons.paper_delivery.exceptions import (
    NothingToDispatchError,
    NoticeIncompleteError,
    NoticeLateError,
    NoticeStateError,
    PlanIncompleteError,
)
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestDispatchNotice(DeliveryCommon):
    def test_drafted_from_open_deliveries(self):
        """R6.2.1: the notice says product, specification, quantity, place and time, taken from the open deliveries."""
        order = self._order()
        notice = self._draft(order)
        self.assertRecordValues(
            notice.line_ids,
            [{"product_id": self.paper.id, "paper_spec_id": order.order_line.paper_spec_id.id, "quantity_kg": 1000}],
        )
        self.assertIn("Dock Road", notice.delivery_place)
        self.assertEqual(notice.delivery_date, order.commitment_date.date())
        self.assertEqual(notice.picking_ids, order.picking_ids)
        self._draft(order)
        self.assertEqual(order.paper_notice_ids, notice)

    def test_customers_unit(self):
        """R6.2.1: the notice counts in the customer's own unit beside the weight."""
        order = self._order()
        order.order_line._write({"paper_unit": "ream"})
        order.invalidate_recordset()
        order.order_line.invalidate_recordset()
        line = self._draft(order).line_ids
        self.assertEqual(line.paper_unit, "ream")
        self.assertAlmostEqual(line.quantity, 1000 / line.paper_spec_id.ream_weight, 2)

    def test_deadline_ahead_of_delivery(self):
        """R6.2.1: a draft is due [X] working days ahead of the delivery, and moves with its date."""
        order = self._order()
        notice = self._draft(order)
        company = order.company_id
        self.assertEqual(notice.deadline_date, company._paper_add_working_days(notice.delivery_date, -3))
        notice.with_user(self.sales).delivery_date = fields.Date.add(notice.delivery_date, days=14)
        self.assertEqual(notice.deadline_date, company._paper_add_working_days(notice.delivery_date, -3))
        notice.with_user(self.sales).action_issue()
        self.assertEqual(notice.deadline_date, notice.delivery_date)

    @freeze_time("2026-03-04 02:00:00")
    def test_late_needs_a_reason(self):
        """R6.2.1: later than [X] days ahead the notice asks for a reason, and keeps it."""
        notice = self._draft(self._order())
        notice.with_user(self.sales).delivery_date = "2026-03-06"
        self.assertTrue(notice.is_late)
        with self.assertRaises(NoticeLateError):
            notice.with_user(self.sales).action_issue()
        notice.with_user(self.sales).action_issue(late_reason="The customer asked today")
        self.assertRecordValues(notice, [{"state": "issued", "late_reason": "The customer asked today"}])

    def test_incomplete(self):
        """R6.2.1: a notice without place, date or goods is not issued."""
        for vals in ({"delivery_place": " "}, {"delivery_date": False}, {"line_ids": [(5,)]}):
            notice = self._draft(self._order()).with_user(self.sales)
            notice.write(vals)
            with self.assertRaises(NoticeIncompleteError):
                notice.action_issue(late_reason="x")

    def test_logistics_are_told(self):
        """R6.2.1: the issued notice reaches logistics, who plan vehicle, driver and date in time."""
        notice = self._draft(self._order())
        notice.with_user(self.sales).action_issue()
        self.assertIn(self.logistics, notice.activity_ids.user_id)
        plan = notice.with_user(self.logistics)
        with self.assertRaises(PlanIncompleteError):
            plan.action_plan(driver_name="Li", planned_date=fields.Date.today())
        with self.assertRaises(PlanIncompleteError):
            plan.action_plan(licence_plate="A1", planned_date=fields.Date.today())
        with self.assertRaises(PlanIncompleteError):
            plan.action_plan(
                licence_plate="A1", driver_name="Li", planned_date=fields.Date.add(notice.delivery_date, days=1)
            )
        plan.action_plan(licence_plate="A1", driver_name="Li", planned_date=fields.Date.today())
        self.assertRecordValues(notice, [{"state": "planned", "planned_by_id": self.logistics.id}])
        self.assertFalse(notice.activity_ids)
        self.assertEqual(set(notice.picking_ids.paper_check_ids.mapped("kind")), {"damp", "shock", "theft"})

    def test_own_vehicle(self):
        """R6.2.1: the plate of a vehicle of the mill's own is taken from the fleet."""
        brand = self.env["fleet.vehicle.model.brand"].create({"name": "Jie Fang"})
        model = self.env["fleet.vehicle.model"].create({"name": "J6", "brand_id": brand.id})
        vehicle = self.env["fleet.vehicle"].create({"model_id": model.id, "license_plate": "沪B·1"})
        notice = self._draft(self._order())
        notice.with_user(self.sales).action_issue()
        notice.with_user(self.logistics).action_plan(
            vehicle_id=vehicle.id, driver_name="Li", planned_date=fields.Date.today()
        )
        self.assertEqual(notice.licence_plate, "沪B·1")

    def test_departments(self):
        """R6.2.1: sales announce, logistics plan; nobody does the other's step or writes a state."""
        order = self._order()
        for user in (self.logistics, self.stock, self.workshop):
            with self.assertRaises(AccessError):
                order.with_user(user).action_dispatch_notice()
        notice = self._draft(order)
        with self.assertRaises(AccessError):
            notice.with_user(self.logistics).action_issue()
        with self.assertRaises(NoticeStateError):
            notice.with_user(self.sales).state = "planned"
        notice.with_user(self.sales).action_issue()
        with self.assertRaises(AccessError):
            notice.with_user(self.sales).action_plan(licence_plate="A1")
        with self.assertRaises(AccessError):
            notice.with_user(self.sales).licence_plate = "A1"
        with self.assertRaises(AccessError):
            notice.with_user(self.stock).write({"driver_name": "x"})
        self.assertEqual(notice.with_user(self.workshop).state, "issued")

    def test_what_was_announced_stays(self):
        """R6.2.1: an issued notice keeps its goods, place and date; it is cancelled, not rewritten or deleted."""
        notice = self._draft(self._order()).with_user(self.sales)
        notice.line_ids.quantity_kg = 900
        notice.action_issue()
        for vals in ({"delivery_place": "x"}, {"delivery_date": "2030-01-01"}, {"line_ids": [(5,)]}):
            with self.assertRaises(NoticeStateError):
                notice.write(vals)
        with self.assertRaises(NoticeStateError):
            notice.line_ids.quantity_kg = 1
        with self.assertRaises(NoticeStateError):
            notice.unlink()
        with self.assertRaises(NoticeStateError):
            self.env["paper.dispatch.notice"].with_user(self.sales).create(
                {"order_id": notice.order_id.id, "partner_id": self.customer.id, "state": "issued"}
            )
        pickings = notice.picking_ids
        notice.action_cancel()
        self.assertFalse(pickings.paper_notice_id)
        self.assertTrue(self._draft(notice.order_id))

    def test_nothing_to_dispatch(self):
        """R6.2.1: an order without an open delivery has nothing to announce."""
        order = self._order()
        order.picking_ids.action_cancel()
        with self.assertRaises(NothingToDispatchError):
            order.with_user(self.sales).action_dispatch_notice()

    def test_milestones(self):
        """R4.2.2: notice, dispatch and delivery stand in the timeline with owner and deadline."""
        order = self._order()
        self.assertEqual(self._milestone(order, "notified")["state"], "todo")
        self.assertTrue(self._milestone(order, "notified")["deadline"])
        self._plan(order)
        self.assertEqual(self._milestone(order, "notified")["state"], "done")
        self.assertEqual(self._milestone(order, "dispatched")["state"], "current")
        self.assertIn("dispatch", order._paper_open_steps())

    def test_other_company(self):
        """R6.2.1: the people of another company see no notice of this one."""
        notice = self._draft(self._order())
        company = self.env["res.company"].create({"name": "Second Mill"})
        self.sales.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.assertFalse(self.env["paper.dispatch.notice"].with_user(self.sales).search([("id", "=", notice.id)]))
