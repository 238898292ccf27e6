from datetime import datetime

from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import ExclusionViolation

from ...exceptions import SlotTakenError
from ..common import CapacityCommon

MORNING = ("2026-03-02 08:00:00", "2026-03-02 12:00:00")


@tagged("post_install", "-at_install")
class TestOneList(CapacityCommon):
    """PM1 works Monday to Friday 8 to 16 h UTC; 1 t takes an hour; today is Monday 2 March 2026, 1 h."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.slots = cls.env["paper.slot.reservation"]
        cls.order, cls.other = cls._make_order(tonnes=4), cls._make_order(tonnes=4)

    def _production(self, tonnes=4):
        production = self.env["mrp.production"].create(
            {"product_id": self.paper.id, "product_qty": tonnes, "product_uom_id": self.tonne.id, "bom_id": self.bom.id}
        )
        production.date_start = "2026-03-02 02:00:00"
        production.action_confirm()
        return self._released(production)

    def _released(self, production):
        """Return an order as the approval of its plan works on it, where the mill plans its production."""
        return production._as_released() if "paper_plan_id" in production._fields else production

    def _values(self, order, **values):
        return {
            "order_id": order.id,
            "company_id": order.company_id.id,
            "workcenter_id": self.machine.id,
            "date_from": MORNING[0],
            "date_to": MORNING[1],
            **values,
        }

    def test_the_database_refuses_the_second(self):
        """R3.3.2: past every check PostgreSQL itself lets no two orders have the same hours; an order's own may lie on each
        other, what is released is free, and a run goes on after a closure."""
        self.assertTrue(self.slots._has_exclusion(), "btree_gist is there, where the tests run")
        first = self.slots._by_step().create(self._values(self.order))
        self.slots._by_step().create(self._values(self.order))
        with mute_logger("odoo.sql_db"), self.assertRaises(ExclusionViolation), self.env.cr.savepoint():
            self.slots._by_step().create(self._values(self.other))
        (first | self.order.paper_reservation_ids)._release()
        self.slots._by_step().create(self._values(self.other, state="firm"))
        self.slots._by_step().create(self._values(self.order, kind="maintenance", state="firm"))

    def test_work_stands_in_the_list(self):
        """R3.3.2: a work order that has its time has it in the list as well; begun, it is nobody's rival any more."""
        production = self._production()
        production.button_plan()
        work = production.workorder_ids
        slot = self.slots.search([("workorder_id", "=", work.id)])
        self.assertEqual((slot.kind, slot.state, slot.date_from), ("run", "firm", datetime(2026, 3, 2, 8)))
        self.assertIn(production.name, slot.display_name)
        with self.assertRaises(SlotTakenError):
            self._reserve(self.order, *MORNING)
        work.write({"state": "progress"})
        self.assertEqual(slot.state, "used")
        leave = work.leave_id
        production.workorder_ids.leave_id = False
        leave.unlink()
        self.assertFalse(slot.exists())

    def test_moved_by_hand(self):
        """R5.1.2: a work order is moved to free hours, and to nobody else's: neither a promise's nor another work order's."""
        self._reserve(self.order, "2026-03-03 08:00:00", "2026-03-03 12:00:00")
        first, second = self._production(), self._production()
        self._released(first | second).button_plan()
        work = self._released(second).workorder_ids
        self.assertEqual(work.date_start, datetime(2026, 3, 2, 12))
        for start, holder in (("2026-03-02 09:00:00", first.name), ("2026-03-03 09:00:00", self.order.name)):
            with self.assertRaises(SlotTakenError) as caught, self.env.cr.savepoint():
                work.write({"date_start": start, "date_finished": start})
            for word in ("PM1", holder):
                self.assertIn(word, str(caught.exception))
        work.write({"date_start": "2026-03-04 08:00:00", "date_finished": "2026-03-04 12:00:00"})
        self.assertEqual(self.slots.search([("workorder_id", "=", work.id)]).date_from, datetime(2026, 3, 4, 8))

    def test_maintenance_stands_in_the_list(self):
        """R3.3.2: hours in which a machine is closed stand in the list, and take nothing from who has them."""
        self._reserve(self.order, *MORNING)
        leave = self.env["resource.calendar.leaves"].create(
            {
                "name": "Wire change",
                "resource_id": self.machine.resource_id.id,
                "calendar_id": self.calendar.id,
                "date_from": "2026-03-02 09:00:00",
                "date_to": "2026-03-02 11:00:00",
            }
        )
        slot = self.slots.search([("leave_id", "=", leave.id)])
        self.assertEqual((slot.kind, slot.display_name), ("maintenance", "Wire change PM1"))

    def test_expired_hours_are_taken(self):
        """R3.3.2: what was held too long gives way to who comes, before the clock has told the list."""
        held = self._reserve(self.order, *MORNING, expires_on="2026-03-02 06:00:00")
        with freeze_time("2026-03-02 07:00:00"):
            production = self._production()
            production.button_plan()
        self.assertEqual((held.state, production.workorder_ids.date_start), ("expired", datetime(2026, 3, 2, 8)))

    def test_without_the_extension(self):
        """R3.3.2: where PostgreSQL has no such rule, the settings say so, and the check under the lock refuses the second."""
        self.env.cr.execute("ALTER TABLE paper_slot_reservation DROP CONSTRAINT paper_slot_reservation_no_two")
        self.assertTrue(self.env["res.config.settings"].new({}).paper_slots_unguarded)
        self._reserve(self.order, *MORNING)
        with self.assertRaises(SlotTakenError):
            self._reserve(self.other, *MORNING)
        # A mill that had promised hours twice keeps both when the rule comes.
        twice = self.slots._by_step().create(self._values(self.other))
        self.env.flush_all()
        self.assertTrue(self.slots._make_exclusion())
        twice.invalidate_recordset()
        self.assertFalse(twice.is_exclusive)

    def test_upgrade(self):
        """R3.3.2: the planned work orders and closures of a mill that had no such list are taken up, those that clash too."""
        productions = self._production() | self._production()
        self._released(productions).button_plan()
        works = productions.workorder_ids
        self.slots.search([("workorder_id", "in", works.ids)]).unlink()
        self.env.cr.execute(
            "UPDATE resource_calendar_leaves SET date_from = '2026-03-02 08:00', date_to = '2026-03-02 13:00' WHERE id IN %s",
            [tuple(works.leave_id.ids)],
        )
        self.env.invalidate_all()
        self.slots._mirror_all()
        slots = self.slots.search([("workorder_id", "in", works.ids)], order="id")
        self.assertEqual((slots.workorder_id, slots.mapped("is_exclusive")), (works, [True, False]))
        self.slots._mirror_all()
        self.assertEqual(self.slots.search_count([("workorder_id", "in", works.ids)]), 2)
