from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from psycopg2.errors import SerializationFailure

from ...exceptions import SlotRefusedError, SlotTakenError
from ..common import CapacityCommon

MORNING = ("2026-03-02 08:00:00", "2026-03-02 12:00:00")


@tagged("post_install", "-at_install")
class TestSlotReservation(CapacityCommon):
    """PM1 works Monday to Friday 8 to 16 h UTC; 1 t takes an hour; today is Monday 2 March 2026, 1 h."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.order = cls._make_order(tonnes=4)

    def test_of_its_order(self):
        """R3.3.2: a slot turns firm when its order is confirmed, and no expiry ends it; a cancelled order gives it back."""
        slot = self._reserve(self.order, *MORNING, expires_on="2026-03-02 06:00:00")
        self.order._action_confirm()
        self.assertEqual((slot.state, slot.expires_on), ("firm", False))
        with freeze_time("2026-03-02 07:00:00"):
            self.env["paper.slot.reservation"]._cron_expire()
        self.assertEqual(slot.state, "firm")
        self.order._action_cancel()
        self.assertEqual(slot.state, "released")

    def test_taken(self):
        """R3.3.2: an hour that one order holds is nobody else's until it expires; it says by whom."""
        self._reserve(self.order, *MORNING, expires_on="2026-03-02 06:00:00")
        other = self._make_order(tonnes=4)
        with self.assertRaises(SlotTakenError) as caught, self.env.cr.savepoint():
            self._reserve(other, *MORNING)
        self.assertIn(self.order.name, str(caught.exception))
        with freeze_time("2026-03-02 07:00:00"):
            self.assertTrue(self._reserve(other, *MORNING))

    def test_given_back_by_planning_alone(self):
        """R3.3.2: planning gives held hours back, nobody else does; a firm slot is given back by nobody, none is written by
        hand."""
        slot = self._reserve(self.order, *MORNING)
        with self.assertRaises(SlotRefusedError):
            slot.with_user(self.people["sales"]).action_release()
        with self.assertRaises(AccessError):
            slot.with_user(self.people["capacity"]).write({"date_to": "2026-03-02 11:00:00"})
        slot.with_user(self.people["capacity"]).action_release()
        self.assertEqual(slot.state, "released")
        firm = self._reserve(self.order, *MORNING)
        firm._make_firm()
        with self.assertRaises(SlotRefusedError):
            firm.with_user(self.people["capacity"]).action_release()

    def test_odoos_planner_keeps_clear(self):
        """R3.3.2: Odoo's own planner runs a work order after the slot of another order."""
        self._reserve(self.order, *MORNING)
        found = self.machine._get_first_available_slot(datetime(2026, 3, 2, 1), 2 * 60)
        self.assertEqual(found, (datetime(2026, 3, 2, 12), datetime(2026, 3, 2, 14)))

    def test_two_at_once(self):
        """R3.3.2: of two transactions that take the last slot at once one wins; the other is told, and finds it taken when it
        runs again. Nothing is booked twice."""
        with self.registry.cursor() as setup:
            env = self.env(cr=setup)
            centre = env["mrp.workcenter"].create({"name": "Race"})
            order = env["sale.order"].create({"partner_id": env["res.partner"].create({"name": "Race"}).id})
            other = order.copy()
            ids = {"centre": centre.id, "orders": (order | other).ids, "partner": order.partner_id.id}
            setup.commit()
        try:
            self._race(ids)
        finally:
            with self.registry.cursor() as cleanup:
                env = self.env(cr=cleanup)
                env["paper.slot.reservation"].search([("workcenter_id", "=", ids["centre"])]).unlink()
                env["sale.order"].browse(ids["orders"]).unlink()
                env["res.partner"].browse(ids["partner"]).unlink()
                env["mrp.workcenter"].browse(ids["centre"]).unlink()
                cleanup.commit()

    def _race(self, ids):
        def take(cursor, order_id):
            env = self.env(cr=cursor)
            begin = fields.Datetime.now() + timedelta(days=1)
            values = {
                "order_id": order_id,
                "company_id": env.company.id,
                "workcenter_id": ids["centre"],
                "date_from": begin,
                "date_to": begin + timedelta(hours=2),
            }
            env["paper.slot.reservation"]._reserve([values])
            env.flush_all()

        with self.registry.cursor() as one, self.registry.cursor() as two:
            one.execute("SELECT 1 FROM mrp_workcenter")  # both have read the plan
            two.execute("SELECT 1 FROM mrp_workcenter")
            take(one, ids["orders"][0])
            one.commit()
            with self.assertRaises(SerializationFailure):
                take(two, ids["orders"][1])
            two.rollback()
            with self.assertRaises(SlotTakenError):  # what Odoo does with it: the request runs again
                take(two, ids["orders"][1])
            two.rollback()
            two.execute("SELECT count(*) FROM paper_slot_reservation WHERE workcenter_id = %s", [ids["centre"]])
            self.assertEqual(two.fetchone()[0], 1)
