from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ...lib.mill import Mill
from ...lib.moments import to_datetime, to_seconds
from ..common import CapacityCommon


@tagged("post_install", "-at_install")
class TestOpenHours(CapacityCommon):
    """PM1 works Monday to Friday 8 to 16 h UTC; today is Monday 2 March 2026, 1 h."""

    def _find(self, hours):
        """Return when the next run of so many hours begins and ends on PM1; None where it never fits."""
        now = fields.Datetime.now()
        mill = Mill(self.machine._paper_machines(now, now + timedelta(days=30)))
        self.machine._paper_book_backlog(mill, to_seconds(now))
        found = mill.machines[self.machine.id].find(to_seconds(now), hours * 3600)
        return found and tuple(str(to_datetime(moment)) for moment in found)

    def test_nights_are_spanned(self):
        """R3.3.2: a run begins with the next shift and goes on after the night."""
        self.assertEqual(self._find(10), ("2026-03-02 08:00:00", "2026-03-03 10:00:00"))

    def test_a_shift_needs_its_crew(self):
        """R3.3.2: a shift that lacks people is not open; for the days on which it has them it is."""
        crew = {"workcenter_id": self.machine.id, "calendar_id": self.calendar.id, "skill": "Tender", "needed": 2}
        self.env["paper.crew.capacity"].create({**crew, "available": 1})
        self.assertIsNone(self._find(4))
        self.env["paper.crew.capacity"].create({**crew, "available": 2, "date_from": "2026-03-05", "date_to": "2026-03-06"})
        self.assertEqual(self._find(4), ("2026-03-05 08:00:00", "2026-03-05 12:00:00"))

    def test_confirmed_orders_without_a_date_come_first(self):
        """R3.3.2: what is confirmed and has no date yet takes its hours before anything new."""
        self.env["mrp.production"].create(
            {"product_id": self.paper.id, "product_qty": 4, "product_uom_id": self.tonne.id, "bom_id": self.bom.id}
        ).action_confirm()
        self.assertEqual(self._find(4), ("2026-03-02 12:00:00", "2026-03-02 16:00:00"))
