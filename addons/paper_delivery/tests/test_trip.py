from odoo import Command, fields
from odoo.addons.paper_delivery.exceptions import DispatchRightError, TripError, VehicleError
from odoo.tests import tagged

from .common import DeliveryCommon


class TripCommon(DeliveryCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reels = cls._paper(name="Reels", tracking="lot")
        cls.company = cls.env.company
        category = cls.env["fleet.vehicle.model.category"].create({"name": "Semi", "weight_capacity": 2500})
        brand = cls.env["fleet.vehicle.model.brand"].create({"name": "B"})
        model = cls.env["fleet.vehicle.model"].create({"name": "Truck", "brand_id": brand.id, "category_id": category.id})
        cls.vehicle = cls.env["fleet.vehicle"].create({"model_id": model.id, "license_plate": "沪A·T1"})
        cls.vehicle.category_id = category

    @classmethod
    def _rolls(cls, prefix, number=2, kg=500):
        """Return an issued notice of an order whose goods are ``number`` rolls."""
        for count in range(number):
            cls._lot(cls.reels, f"{prefix}{count}", kg)
        order = cls._order(product=cls.reels, stocked=False, quantity=number * kg)
        notice = cls._draft(order).with_user(cls.sales)
        notice.action_issue()
        return notice.sudo()

    @classmethod
    def _trip(cls, *notices, hours=(1, 9), **vals):
        now = fields.Datetime.now().replace(microsecond=0)
        values = {
            "is_paper_trip": True,
            "picking_type_id": cls.warehouse.out_type_id.id,
            "vehicle_id": cls.vehicle.id,
            "paper_plate": "沪A·T1",
            "paper_driver": "Driver Li",
            "paper_driver_phone": "+86 138 0000 0001",
            "starts_on": fields.Datetime.add(now, hours=hours[0]),
            "ends_on": fields.Datetime.add(now, hours=hours[1]),
            **vals,
        }
        trip = cls.env["stock.picking.batch"].with_user(cls.logistics).create(values)
        for notice in notices:
            trip.action_assign_notice(notice.id)
        return trip

    @classmethod
    def _sent(cls, trip):
        """Load a trip, check its deliveries and send it off."""
        trip.action_load()
        pickings = trip.sudo().picking_ids
        cls._pack(pickings)
        pickings.with_user(cls.stock).action_check_loading()
        pickings.with_user(cls.stock).button_validate()
        trip.action_leave()
        return pickings


@tagged("post_install", "-at_install")
class TestTrip(TripCommon):
    def test_a_line_on_two_trips(self):
        """R6.2.1: a line announced for two dates goes on two trips, planned with vehicle and driver, and both leave."""
        for count in range(4):
            self._lot(self.reels, f"T{count}", 500)
        order = self._order(product=self.reels, stocked=False, quantity=2000)
        first = self._draft(order).with_user(self.sales)
        first.line_ids.quantity_kg = 1000
        first.action_issue()
        second = self._draft(order).with_user(self.sales)
        second.action_issue()
        trips = [self._trip(first.sudo()), self._trip(second.sudo(), hours=(30, 40))]
        for trip, notice in zip(trips, (first, second), strict=True):
            self._sent(trip)
            self.assertEqual((trip.paper_state, notice.state, notice.licence_plate), ("left", "done", "沪A·T1"))
            self.assertEqual(trip.stop_ids.partner_id, self.customer)
            self.assertEqual(trip.sudo().picking_ids, notice.sudo().picking_ids)
        self.assertEqual(order.order_line.qty_delivered, 2000)

    def test_too_heavy(self):
        """R6.2.1: no trip carries more than its vehicle may, unless the management says why."""
        light, heavy = self._rolls("L"), self._rolls("H", 4)
        trip = self._trip(light)
        with self.assertRaises(VehicleError):
            trip.action_assign_notice(heavy.id)
        with self.assertRaises(TripError):
            trip.overload_reason = "It goes"
        trip.sudo()._by_step().overload_reason = "A bridge of its own"
        trip.action_assign_notice(heavy.id)
        self.assertEqual(trip.load_kg, 3000)
        trip.stop_ids.write({"window_from": 8, "window_to": 11.5})
        self.assertEqual(trip.sudo()._phone_facts("load")["stops"][0]["window"], "08:00–11:30")

    def test_one_trip_at_a_time(self):
        """R6.2.1: neither a vehicle nor a driver is on two trips at once, by whatever spelling of the plate."""
        self._trip()
        for vals in (
            {},
            {"vehicle_id": False, "paper_plate": "沪A T1", "paper_driver_phone": False},
            {"vehicle_id": False, "paper_plate": "B2"},
        ):
            with self.assertRaises(VehicleError):
                self._trip(hours=(5, 12), **vals)
        self._trip(hours=(10, 12))
        with self.assertRaises(VehicleError):
            self._trip(hours=(30, 40)).write({"starts_on": fields.Datetime.add(fields.Datetime.now(), hours=2)})

    def test_what_goes_with_a_trip(self):
        """R6.2.1: only what was announced goes on a trip that is being planned, by logistics."""
        notice = self._rolls("W")
        trip = self._trip()
        with self.assertRaises(TripError):
            trip.action_load()
        draft = self._draft(self._order())
        with self.assertRaises(TripError):
            trip.action_assign_notice(draft.id)
        with self.assertRaises(TripError):
            trip.sudo().picking_ids = [Command.link(draft.picking_ids.id)]
        with self.assertRaises(DispatchRightError):
            trip.with_user(self.stock).action_assign_notice(notice.id)
        trip.action_assign_notice(notice.id)
        trip.action_load()
        with self.assertRaises(TripError):
            trip.action_leave()
        with self.assertRaises(TripError):
            trip.paper_plate = "Z9"
        trip.action_abort()
        self.assertFalse(notice.picking_ids.batch_id)

    def test_freight(self):
        """R6.2.1: freight is planned by tonne, trip or kilometre, and never below the least charge."""
        trip = self._trip(self._rolls("F"))
        for basis, rate, least, planned in (("t", 80, 0, 80), ("t", 80, 300, 300), ("trip", 900, 0, 900), ("km", 5, 0, 600)):
            trip.write({"freight_basis": basis, "freight_rate": rate, "freight_minimum": least, "freight_km": 120})
            self.assertEqual(trip.freight_planned, planned)

    def test_loading_list(self):
        """R6.2.2: the loading list names each roll, and draws where it stands."""
        trip = self._trip(self._rolls("D"))
        trip.action_load()
        html = self.env["ir.actions.report"]._render_qweb_html("paper_delivery.report_loading_list", trip.ids)[0].decode()
        self.assertIn("D0", html)
        self.assertIn("<svg", html)
        self.assertIn("<main", html, "without it nothing is printed")
        picking = trip.sudo().picking_ids
        form = self.env["ir.actions.report"]._render_qweb_html("paper_delivery.report_continuous_note", picking.ids)[0].decode()
        self.assertIn(picking.name, form)
        self.assertIn("<main", form)

    def test_board(self):
        """R6.2.1: the dispatcher's board shows what is announced, plans a trip of its own, and asks no more the more there is."""
        batches = self.env["stock.picking.batch"].with_user(self.logistics)
        first = self._rolls("B")
        batches.paper_dispatch_board()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        board = batches.paper_dispatch_board()
        asked = self.env.cr.sql_log_count - before
        self.assertIn(first.name, [card["name"] for card in board["waiting"]])
        today = fields.Date.to_string(self.company._paper_today())
        trip = batches.browse(batches.paper_board_plan(first.id, today, "vehicle", self.vehicle.id))
        self.assertEqual((trip.paper_plate, trip.load_kg), ("沪A·T1", 1000))
        others = [self._rolls(f"B{number}", 1) for number in range(3)]
        self._trip(self._rolls("BX", 1), hours=(60, 70))
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        board = batches.paper_dispatch_board()
        self.assertLessEqual(self.env.cr.sql_log_count - before, asked + 8, "three notices and two trips more")
        shown = next(card for card in board["trips"] if card["id"] == trip.id)
        self.assertEqual((shown["day"], shown["row"], shown["load"]), (today, self.vehicle.id, 1.0))
        with self.assertRaises(TripError):
            trip.paper_board_move("2020-01-01", "vehicle", self.vehicle.id)
        with self.assertRaises(DispatchRightError):
            batches.with_user(self.stock).paper_board_plan(others[0].id, today, "vehicle", 0)
