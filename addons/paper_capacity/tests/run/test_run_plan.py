from datetime import datetime

from odoo import Command
from odoo.tests import tagged

from ...exceptions import CapabilityError
from ..common import CapacityCommon


@tagged("post_install", "-at_install")
class TestRunPlan(CapacityCommon):
    """PM1 and what comes after it, Monday to Friday 8 to 16 h UTC; 1 t takes an hour; today is Monday 2 March 2026, 1 h."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"

    def _production(self, tonnes=4, line=None):
        production = self.env["mrp.production"].create(
            {
                "product_id": self.paper.id,
                "product_qty": tonnes,
                "product_uom_id": self.tonne.id,
                "bom_id": self.bom.id,
                "sale_line_id": line and line.id,
                "date_start": "2026-03-02 02:00:00",
            }
        )
        production.action_confirm()
        return production

    def _plan(self, productions):
        """Schedule orders, as the approval of their plan does where the mill plans its production."""
        released = productions._as_released() if "paper_plan_id" in productions._fields else productions
        released.button_plan()
        return [(work.workcenter_id.name, work.date_start, work.date_finished) for work in productions.workorder_ids]

    def _heavy_line(self):
        order = self._make_order(tonnes=4)
        order.order_line.paper_spec_id = self._make_spec(basis_weight=125)
        return order.order_line

    def test_on_a_machine_that_can(self):
        """R5.1.2: Odoo's own planning puts the work on no machine that cannot make the paper, though it would be done first."""
        light = self.machine.copy({"name": "PM0"})
        self.machine.alternative_workcenter_ids = light
        self._make_capability(light)
        self._make_capability(self.machine, basis_weight_max=200)
        self._plan(self._production())  # 8 to 12 h on PM1
        self.assertEqual(self._plan(self._production(line=self._heavy_line()))[0][:2], ("PM1", datetime(2026, 3, 2, 12)))

    def test_no_machine_that_can(self):
        """R5.1.2: where none can, the plan names the work, the machine and what it lacks."""
        self._make_capability(self.machine)
        production = self._production(line=self._heavy_line())
        with self.assertRaises(CapabilityError) as caught:
            self._plan(production)
        for word in (production.name, "PM1", "125 g/m²", "60 – 120"):
            self.assertIn(word, str(caught.exception))
        self.assertFalse(production.workorder_ids.leave_id)

    def test_a_start_told_from_the_delivery_is_a_wish(self):
        """R3.3.2, R5.1.2: an order that Odoo would begin too late for its promise begins as much earlier as it takes; what can
        be in time by no start comes as early as it can."""
        line = self._make_order(tonnes=4).order_line
        line.order_id.commitment_date = "2026-03-03 10:00:00"
        for tonnes, begin in ((4, datetime(2026, 3, 3, 8)), (20, datetime(2026, 3, 2, 8))):
            with self.subTest(tonnes=tonnes):
                production = self._production(tonnes=tonnes, line=line)
                production.date_start = "2026-03-03 15:00:00"
                self.assertEqual(self._plan(production)[0][:2], ("PM1", begin))
                production.button_unplan()

    def test_machine_without_calendar(self):
        """R5.1.2: a machine without working hours is named."""
        production = self._production()
        self.machine.resource_id.calendar_id = False
        with self.assertRaises(CapabilityError) as caught:
            self._plan(production)
        self.assertIn("PM1 has no working hours", str(caught.exception))

    def test_winder_overlaps_by_a_jumbo(self):
        """R5.1.2: the winder begins when the first jumbo is there and is done soon after the last, never without paper."""
        winder = self.machine.copy({"name": "Winder"})
        self.bom.operation_ids = [
            Command.create({"name": "Wind", "workcenter_id": winder.id, "time_cycle_manual": 30, "sequence": 200})
        ]
        # Lot for lot: 8 h of paper making, then 4 h of winding on the next day.
        self.assertEqual(
            self._plan(self._production(8)),
            [
                ("PM1", datetime(2026, 3, 2, 8), datetime(2026, 3, 2, 16)),
                ("Winder", datetime(2026, 3, 3, 8), datetime(2026, 3, 3, 12)),
            ],
        )
        self._make_capability(self.machine, jumbo_kg=2000)
        # Jumbos at 10, 12, 14 and 16 h of Tuesday; an hour of winding each, the last on Wednesday at 9.
        self.assertEqual(
            self._plan(self._production(8)),
            [
                ("PM1", datetime(2026, 3, 3, 8), datetime(2026, 3, 3, 16)),
                ("Winder", datetime(2026, 3, 3, 13), datetime(2026, 3, 4, 9)),
            ],
        )

    def test_batch(self):
        """R5.1.2: orders that are planned in one go share the machines, and one more costs fewer than half the queries that
        it did when each read the plan by itself."""

        def queries(productions):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            spans = self._plan(productions)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before, spans

        orders = [self._production(1) for _number in range(14)]
        several = self.env["mrp.production"].union
        queries(orders[0])
        few, _spans = queries(several(*orders[1:4]))
        many, spans = queries(several(*orders[4:]))
        self.assertEqual(len({start for _name, start, _stop in spans}), 10)
        self.assertLess((many - few) / 7, 12)
