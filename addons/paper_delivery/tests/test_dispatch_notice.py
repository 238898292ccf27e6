from unittest.mock import patch

from odoo import fields
from odoo.addons.paper_base.exceptions import DispatchBlockedError
from odoo.addons.paper_delivery.exceptions import (
    EarlyDeliveryError,
    NothingToDispatchError,
    NoticeDateError,
    NoticeIncompleteError,
    NoticeLateError,
    NoticeMixedError,
    NoticeQuantityError,
    NoticeStateError,
    PlanIncompleteError,
    VehicleError,
)
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, new_test_user, tagged

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
            plan.action_plan(driver_name="Li", planned_date=self.env.company._paper_today())
        with self.assertRaises(PlanIncompleteError):
            plan.action_plan(licence_plate="A1", planned_date=self.env.company._paper_today())
        with self.assertRaises(PlanIncompleteError):
            plan.action_plan(
                licence_plate="A1", driver_name="Li", planned_date=fields.Date.add(notice.delivery_date, days=1)
            )
        plan.action_plan(licence_plate="A1", driver_name="Li", planned_date=self.env.company._paper_today())
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
            vehicle_id=vehicle.id, driver_name="Li", planned_date=self.env.company._paper_today()
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

    def test_plan_stays(self):
        """R6.2.1: a planned dispatch is neither emptied nor moved; logistics take its plan back with a reason, that sales
        hear of, and plan anew.
        """
        order = self._order()
        notice = self._plan(order)
        self._pack(order.picking_ids)
        order.picking_ids.with_user(self.stock).action_check_loading()
        administrator = new_test_user(self.env, "deliv_admin", groups="base.group_system")
        plan = ("licence_plate", "driver_name", "driver_phone", "planned_date", "vehicle_id")
        for user in (self.logistics, self.sales, self.stock, administrator):
            for name in plan:
                value = {"planned_date": "2030-01-01", "driver_phone": "+86 1"}.get(name, False)
                if name == "vehicle_id":
                    value = self.env["fleet.vehicle"].search([], limit=1).id or 1
                with self.subTest(user=user.login, field=name), self.assertRaises(UserError):
                    notice.with_user(user).write({name: value})
        for day in (False, fields.Date.add(notice.delivery_date, days=1)):
            with self.assertRaises(PlanIncompleteError):
                notice.sudo()._by_step().write({"planned_date": day})
        with self.assertRaises(NoticeStateError):
            notice.with_user(self.logistics).action_plan(planned_date=self.env.company._paper_today())
        with self.assertRaises(AccessError):
            notice.with_user(self.sales)._replan("The driver is ill")
        by, when = notice.issued_by_id, notice.issued_on
        action = notice.with_user(self.logistics).action_replan()
        dialog = self.env[action["res_model"]].with_user(self.logistics).browse(action["res_id"])
        dialog.reason = "The driver is ill"
        dialog.action_apply()
        self.assertRecordValues(notice, [{"state": "issued", "issued_by_id": by.id, "issued_on": when}])
        self.assertIn("The driver is ill", notice.message_ids[:3].mapped("body").__str__())
        self.assertIn(self.sales, notice.activity_ids.user_id)
        self.assertEqual(order.picking_ids.paper_loading_state, "todo")
        notice.with_user(self.logistics).action_plan(driver_name="Wang")
        self.assertRecordValues(notice, [{"state": "planned", "driver_name": "Wang"}])

    def test_no_more_than_is_open(self):
        """R6.2.1: no more is announced than the order leaves open and its customer accepts."""
        order = self._order(spec=self._spec(tolerance_plus=5, tolerance_minus=5))
        notice = self._draft(order).with_user(self.sales)
        notice.line_ids.quantity_kg = 1050
        with self.assertRaises(NoticeQuantityError):
            notice.line_ids.quantity_kg = 99999
        notice.line_ids.quantity_kg = 400
        notice.action_issue()
        self.assertEqual(notice.state, "issued")

    def test_parts_announced_ahead(self):
        """R6.2.1: a line is announced in two parts for two dates before anything leaves, each a delivery of its own."""
        order = self._order(quantity=24000)
        first = self._draft(order).with_user(self.sales)
        first.line_ids.quantity_kg = 10000
        first.action_issue()
        second = self._draft(order).with_user(self.sales)
        second.delivery_date = fields.Date.add(first.delivery_date, days=6)
        second.action_issue()
        self.assertNotEqual(first.picking_ids, second.picking_ids)
        self.assertEqual([(first | second).mapped("weight_kg"), len(order.picking_ids)], [[10000, 14000], 2])
        self.assertEqual((first.picking_ids | second.picking_ids).move_ids.mapped("product_uom_qty"), [10000, 14000])
        self.assertEqual((first.picking_ids | second.picking_ids).move_ids.mapped("quantity"), [10000, 14000])
        with self.assertRaises(NothingToDispatchError):
            order.with_user(self.sales).action_dispatch_notice()

    def test_drafted_ahead(self):
        """R6.2.1: a notice is drafted before it is due, the rest of a partial delivery too, and sales are told."""
        order = self._order()
        self.env["paper.dispatch.notice"]._draft_due(self.env.company)
        self.assertFalse(order.paper_notice_ids, "30 days ahead")
        order.order_line.sudo()._by_step().write({"paper_commitment_date": fields.Datetime.add(fields.Datetime.now(), days=4)})
        self.env["paper.dispatch.notice"]._draft_due(self.env.company)
        notice = order.paper_notice_ids
        self.assertEqual((notice.state, notice.weight_kg), ("draft", 1000))
        self.env["paper.dispatch.notice"]._draft_due(self.env.company)
        self.assertEqual(order.paper_notice_ids, notice, "no second draft")

    def test_leaves_late(self):
        """R6.2.1: goods leave after the announced day with the reason, of which customer and sales hear."""
        notice = self._draft(self._order()).with_user(self.sales)
        notice.action_issue()
        plan = notice.with_user(self.logistics)
        late = fields.Date.add(notice.delivery_date, days=2)
        given = {"licence_plate": "A1", "driver_name": "Li", "planned_date": late}
        with self.assertRaises(PlanIncompleteError):
            plan.action_plan(**given)
        mails = self.env["mail.mail"].search([])
        plan.action_plan(**given, late_reason="The bridge is closed")
        self.assertEqual(notice.state, "planned")
        self.assertIn("The bridge is closed", str((self.env["mail.mail"].search([]) - mails).mapped("body_html")))
        self.assertIn(self.sales, notice.activity_ids.user_id)

    def test_early(self):
        """R6.2.1: goods leave well before the promised day with the customer's recorded consent only."""
        self.env.company.paper_early_days = 7
        notice = self._draft(self._order()).with_user(self.sales)
        notice.action_issue()
        plan = notice.with_user(self.logistics)
        given = {"licence_plate": "A1", "driver_name": "Li", "planned_date": self.env.company._paper_today()}
        with self.assertRaises(EarlyDeliveryError):
            plan.action_plan(**given)
        notice.early_consent = "Ms Chen, by phone"
        self.assertEqual(notice.early_consent_by_id, self.sales)
        plan.action_plan(**given)
        self.assertEqual(notice.state, "planned")

    def test_overloaded(self):
        """R6.2.1: a vehicle carries on one day no more than it may, over all its notices."""
        category = self.env["fleet.vehicle.model.category"].create({"name": "Semi", "weight_capacity": 1500})
        brand = self.env["fleet.vehicle.model.brand"].create({"name": "B"})
        model = self.env["fleet.vehicle.model"].create({"name": "Truck", "brand_id": brand.id, "category_id": category.id})
        vehicle = self.env["fleet.vehicle"].create({"model_id": model.id, "license_plate": "X1"})
        vehicle.category_id = category
        today = self.env.company._paper_today()
        given = {"vehicle_id": vehicle.id, "driver_name": "Li", "planned_date": today}
        first, second = self._draft(self._order()), self._draft(self._order())
        (first | second).with_user(self.sales).action_issue()
        first.with_user(self.logistics).action_plan(**given)
        with self.assertRaises(VehicleError):
            second.with_user(self.logistics).action_plan(**given)
        second.with_user(self.logistics).action_plan(**{**given, "planned_date": fields.Date.add(today, days=1)})
        self.assertEqual(second.state, "planned")

    def test_days_ahead(self):
        """R6.2.1: goods are announced, and planned to leave, for a day that is still to come."""
        notice = self._draft(self._order())
        notice.with_user(self.sales).delivery_date = "2020-01-01"
        with self.assertRaises(NoticeDateError):
            notice.with_user(self.sales).action_issue(late_reason="Forgotten")
        notice.with_user(self.sales).delivery_date = fields.Date.add(self.env.company._paper_today(), days=30)
        notice.with_user(self.sales).action_issue()
        with self.assertRaises(PlanIncompleteError):
            notice.with_user(self.logistics).action_plan(licence_plate="A1", driver_name="Li", planned_date="2019-12-31")

    def test_nothing_mixed(self):
        """R6.2.1: a notice holds the open deliveries of its order, to a place of its customer, and nothing else."""
        order, other = self._order(), self._order(partner=self._customer("Publisher Ltd"))
        notice = self._draft(order).with_user(self.sales)
        own, foreign = order.picking_ids, other.picking_ids
        line = {
            "notice_id": notice.id,
            "picking_id": own.id,
            "order_line_id": order.order_line.id,
            "product_id": self.paper.id,
            "paper_spec_id": order.order_line.paper_spec_id.id,
            "quantity_kg": 1,
        }
        lines = self.env["paper.dispatch.notice.line"].with_user(self.sales)
        for vals in (
            {"picking_id": foreign.id},
            {"order_line_id": other.order_line.id},
            {"product_id": self._paper(name="Other").id},
            {"paper_spec_id": self._spec().id},
        ):
            with self.subTest(**vals), self.assertRaises(NoticeMixedError):
                lines.create({**line, **vals})
            with self.subTest(**vals), self.assertRaises(NoticeMixedError):
                notice.line_ids.write(vals)
        for partner in (other.partner_id, self.env.company.partner_id):
            with self.assertRaises(NoticeMixedError):
                notice.write({"partner_id": partner.id})
            with self.assertRaises(NoticeMixedError):
                notice.create({"order_id": order.id, "partner_id": partner.id})
        empty = notice.create({"order_id": order.id, "partner_id": order.partner_id.id})
        with self.assertRaises(NoticeMixedError):
            lines.create({**line, "notice_id": empty.id})

    def test_signed_place(self):
        """R6.2.1: the notice names the place that was signed; another one is neither announced nor sent to until that was
        agreed, and sales are told when the address is another by now.
        """
        signed = "1 Dock Road, Shanghai"
        self.startPatcher(
            patch.object(self.env.registry["sale.order"], "_paper_signed_place", lambda order, partner: signed)
        )
        order = self._order()
        self.customer.write({"street": "99 East Road", "city": "Changsha"})
        notice = self._draft(order)
        self.assertEqual(notice.delivery_place, signed)
        self.assertIn(self.sales, notice.activity_ids.user_id)
        notice.with_user(self.sales).delivery_place = "99 East Road, Changsha"
        with self.assertRaises(DispatchBlockedError) as caught:
            notice.with_user(self.sales).action_issue()
        self.assertEqual([item["code"] for item in caught.exception.blockers[order]], ["signed_place"])
        boss = new_test_user(self.env, "deliv_place", groups="paper_base.group_management")
        order.with_user(boss)._override_blocker("dispatch", "signed_place", "Agreed by letter of 3 March")
        notice.with_user(self.sales).action_issue()
        self.assertEqual(notice.state, "issued")
