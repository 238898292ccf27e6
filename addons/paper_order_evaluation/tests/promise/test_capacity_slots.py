from datetime import datetime

from odoo.addons.paper_capacity.exceptions import SlotRefusedError, SlotTakenError
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from ...exceptions import OpinionFrozenError, WrongDepartmentError
from ..common import EvaluationCommon


class SlotCommon(EvaluationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.seller.delay = 0

    def _capacity(self, evaluation):
        return evaluation.opinion_ids.filtered(lambda opinion: opinion.dimension == "capacity")


@tagged("post_install", "-at_install")
class TestCapacitySlots(SlotCommon):
    def test_held_from_submission(self):
        """R3.3.2: a submitted order holds its machine hours for the days of the settings."""
        slot = self._submit(self._make_order(tonnes=4)).reservation_ids
        self.assertEqual((slot.state, slot.workcenter_id, slot.hours), ("held", self.machine, 4))
        self.assertEqual(slot.date_from, datetime(2026, 3, 2, 8))
        self.assertEqual(slot.expires_on.date().isoformat(), "2026-03-09")
        self.company.paper_reservation_days = 0
        self.assertFalse(self._submit(self._make_order(tonnes=4)).reservation_ids)

    def test_firm_with_the_contract(self):
        """R3.3.2: slots turn firm when the order is confirmed, and no expiry ends them."""
        order = self._make_order(tonnes=4)
        slot = self._decide(order).reservation_ids
        self.assertEqual(slot.state, "held")
        order.action_confirm()
        self.assertEqual((slot.state, slot.expires_on), ("firm", False))
        with freeze_time("2026-03-02 07:00:00"):
            self.env["paper.slot.reservation"]._cron_expire()
        self.assertEqual(slot.state, "firm")

    def test_falls_away_with_refusal_and_cancellation(self):
        """R3.3.2: a failed evaluation, a cancelled one and a cancelled order give the hours back."""
        refused = self._decide(self._make_order(tonnes=4), cost="no")
        self.assertEqual(refused.reservation_ids.mapped("state"), ["released"])
        called_off = self._submit(self._make_order(tonnes=4))
        called_off.with_user(self.people["sales"]).action_cancel()
        self.assertEqual(called_off.reservation_ids.mapped("state"), ["released"])
        order = self._make_order(tonnes=4)
        evaluation = self._submit(order)
        self.assertEqual(evaluation.reservation_ids.date_from, datetime(2026, 3, 2, 8))
        order._action_cancel()
        self.assertEqual(evaluation.reservation_ids.mapped("state"), ["released"])

    def test_expires(self):
        """R3.3.2: what is held too long is free again, at once for the plan and in the books with the cron."""
        later = {"tonnes": 4, "commitment_date": "2026-04-30 08:00:00"}
        first = self._submit(self._make_order(**later))
        first.reservation_ids._by_step().write({"date_from": "2026-03-10 08:00:00", "date_to": "2026-03-10 12:00:00"})
        with freeze_time("2026-03-10 07:00:00"):
            second = self._submit(self._make_order(**later))
            self.assertEqual(second.reservation_ids.date_from, datetime(2026, 3, 10, 8))
            self.env["paper.slot.reservation"]._cron_expire()
            self.assertEqual(first.reservation_ids.state, "expired")
            self.assertFalse(first.slots_held_until)
            with self.assertRaises(SlotTakenError):  # Monday the 2nd has gone by
                first.with_user(self.people["capacity"]).action_hold_slots()

    def test_taken_in_the_meantime(self):
        """R3.3.2: hours that were given back and taken by another order are not held again; it says by whom."""
        later = {"tonnes": 4, "commitment_date": "2026-04-30 08:00:00"}
        first = self._submit(self._make_order(**later))
        first.reservation_ids.with_user(self.people["capacity"]).action_release()
        second = self._submit(self._make_order(**later))
        with self.assertRaises(SlotTakenError) as caught:
            first.with_user(self.people["capacity"]).action_hold_slots()
        self.assertIn(second.order_id.name, str(caught.exception))

    def test_held_again_by_planning_alone(self):
        """R3.3.2: planning gives hours back and holds them again; nobody else does, and no firm slot is given back."""
        evaluation = self._submit(self._make_order(tonnes=4))
        slot = evaluation.reservation_ids
        with self.assertRaises(SlotRefusedError):
            slot.with_user(self.people["sales"]).action_release()
        slot.with_user(self.people["capacity"]).action_release()
        self.assertEqual(slot.state, "released")
        with self.assertRaises(SlotRefusedError):
            evaluation.with_user(self.people["sales"]).action_hold_slots()
        evaluation.with_user(self.people["capacity"]).action_hold_slots()
        live = evaluation.reservation_ids.filtered(lambda rec: rec.state == "held")
        self.assertEqual(live.date_from, slot.date_from)
        live._make_firm()
        with self.assertRaises(SlotRefusedError):
            live.with_user(self.people["capacity"]).action_release()
        with self.assertRaises(AccessError):
            self.env["paper.slot.reservation"].with_user(self.people["capacity"]).create(
                {
                    "order_id": evaluation.order_id.id,
                    "company_id": self.company.id,
                    "workcenter_id": self.machine.id,
                    "date_from": "2026-03-02 08:00:00",
                    "date_to": "2026-03-02 09:00:00",
                }
            )

    def test_work_orders_keep_clear_and_take_their_own(self):
        """R3.3.2: Odoo's planner leaves other orders' slots free; an order's own work orders take the place of its slot."""
        evaluation = self._submit(self._make_order(tonnes=4))
        production = self.env["mrp.production"].create(
            {"product_id": self.paper.id, "product_qty": 2, "product_uom_id": self.tonne.id, "bom_id": self.bom.id}
        )
        production.action_confirm()
        self._schedule(production)
        self.assertEqual(production.workorder_ids.leave_id.date_from, datetime(2026, 3, 2, 12))
        self.assertEqual(evaluation.reservation_ids.state, "held")
        own = production.copy({"product_qty": 4})
        own.sale_line_id = evaluation.order_id.order_line
        own.action_confirm()
        self._schedule(own)
        self.assertEqual(evaluation.reservation_ids.state, "used")
        self.assertEqual(own.workorder_ids.leave_id.date_from, datetime(2026, 3, 2, 8))

    def _schedule(self, production):
        """Schedule an order, as the approval of its plan does where the mill plans its production."""
        released = production._as_released() if "paper_plan_id" in production._fields else production
        released._plan_workorders()

    def test_what_is_taken_out_of_the_plan_gives_its_slot_back(self):
        """R3.3.2, R5.1.2: an order whose work orders leave the plan has its firm slot again, unless somebody else has it."""
        evaluation = self._submit(self._make_order(tonnes=4))
        own = self.env["mrp.production"].create(
            {"product_id": self.paper.id, "product_qty": 4, "product_uom_id": self.tonne.id, "bom_id": self.bom.id}
        )
        own.sale_line_id = evaluation.order_id.order_line
        own.action_confirm()
        slot = evaluation.reservation_ids
        self._schedule(own)
        self.assertEqual(slot.state, "used")
        own.button_unplan()
        self.assertEqual(slot.state, "firm")
        self._schedule(own)
        own.button_unplan()
        self.assertEqual(slot.state, "firm")
        self._schedule(own)
        leave = own.workorder_ids.leave_id
        leave.copy({"name": "Somebody else", "date_from": slot.date_from, "date_to": slot.date_to})
        own.button_unplan()
        self.assertEqual(slot.state, "released")

    def test_next_revision_takes_its_slots_along(self):
        """R3.3.1, R3.3.2: when a change leaves the capacity opinion standing, promise and slots go over to the new panel."""
        order = self._make_order(tonnes=4)
        first = self._decide(order, cost="conditional")
        order.order_line.price_unit = 7000
        second = self._submit(order)
        opinion = self._capacity(second)
        self.assertEqual(second.promise_date, first.promise_date)
        live = order.paper_reservation_ids.filtered(lambda slot: slot.state == "held")
        self.assertEqual((live.evaluation_id, live.hours), (second, 4))
        self.assertTrue(opinion.capacity_board["load"]["machines"])

    def test_reached_from_the_evaluation(self):
        """R3.3.2: the evaluation opens the plan where its slots begin."""
        order = self._make_order(tonnes=4)
        evaluation = self._submit(order)
        action = evaluation.with_user(self.people["capacity"]).action_open_plan()
        self.assertEqual(action["tag"], "paper_machine_plan")
        self.assertEqual(action["params"], {"order_id": order.id, "date_from": "2026-03-02"})


@tagged("post_install", "-at_install")
class TestCapacityRemedies(SlotCommon):
    """50 t on PM1, wanted by Friday 6 March evening: 40 h until then, 10 h too few."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second = cls.machine.copy({"name": "PM2", "costs_hour": 130})
        cls.machine.alternative_workcenter_ids = cls.second
        cls.env["product.supplierinfo"].create(
            {
                "partner_id": cls.supplier.id,
                "product_tmpl_id": cls.paper.product_tmpl_id.id,
                "delay": 3,
                "price": 3500,
            }
        )

    def _late(self):
        evaluation = self._submit(self._make_order(tonnes=50, commitment_date="2026-03-06 08:00:00"))
        return evaluation, self._capacity(evaluation).with_user(self.people["capacity"])

    def test_computed_side_by_side(self):
        """R3.3.2: overtime, a second machine and buying in, each with its date and what it costs more."""
        evaluation, opinion = self._late()
        self.assertEqual((opinion.proposal, evaluation.promise_date.isoformat()), ("conditional", "2026-03-10"))
        ways = {remedy.kind: remedy for remedy in opinion.remedy_ids}
        self.assertEqual(set(ways), {"overtime", "equipment", "subcontracting", "other"})
        # 3 h after each shift: Monday to Thursday 11 h each are 44, the last 6 h on Friday; 12 h at half of 100 more
        overtime = ways["overtime"]
        self.assertEqual((overtime.date_after.isoformat(), overtime.days_effect), ("2026-03-06", -4))
        self.assertAlmostEqual(overtime.cost_effect, 600)
        # 25 h on each machine: done on Thursday at 9; 25 h cost 30 more each
        equipment = ways["equipment"]
        self.assertEqual((equipment.date_after.isoformat(), equipment.days_effect), ("2026-03-05", -5))
        self.assertAlmostEqual(equipment.cost_effect, 750)
        # in two runs: 40 h on PM1 until Friday, 10 h on PM2 at the same time
        self.assertEqual(ways["other"].date_after.isoformat(), "2026-03-06")
        self.assertAlmostEqual(ways["other"].cost_effect, 300)
        # bought at 3,500 a tonne instead of 1,100 kg of pulp at 3 and an hour at 100
        bought = ways["subcontracting"]
        self.assertEqual(bought.date_after.isoformat(), "2026-03-05")
        self.assertAlmostEqual(bought.cost_effect, 50 * (3500 - 3400))
        self.assertTrue(all(remedy.in_time for remedy in ways.values()))
        finance = bought.with_user(self.people["cost"])
        self.assertAlmostEqual(finance.margin_after, (300000 - 170000 - 5000) / 3000, places=2)
        board = opinion.capacity_board
        kinds = [row["kind"] for row in board["remedies"]]
        self.assertEqual(kinds, ["none", "other", "overtime", "equipment", "subcontracting"])
        self.assertIsNone(board["remedies"][1]["margin"])

    def test_ways_out_from_an_alternative(self):
        """R3.3.2: a run that the plan gives to an alternative machine is shared out with its own machine as well."""
        self.env["resource.calendar.leaves"].create(
            {
                "resource_id": self.machine.resource_id.id,
                "calendar_id": self.calendar.id,
                "date_from": "2026-03-02 08:00:00",
                "date_to": "2026-03-03 16:00:00",
                "time_type": "other",
            }
        )
        evaluation, opinion = self._late()
        self.assertEqual(evaluation.reservation_ids.workcenter_id, self.second)
        # From Wednesday on both: 24 h of PM2 and 8 h of PM1 by then, 48 h on Thursday evening, the last two on Friday at 9.
        equipment = opinion.remedy_ids.filtered(lambda remedy: remedy.kind == "equipment")
        self.assertEqual(equipment.date_after.isoformat(), "2026-03-06")
        self.assertEqual({slot["to"] for slot in equipment.slots}, {"2026-03-06 09:00:00"})

    def test_choosing_recomputes_the_verdict(self):
        """R3.3.2: the chosen way gives verdict, condition, promise and slots; going back gives the plan back."""
        evaluation, opinion = self._late()
        way = opinion.remedy_ids.filtered(lambda remedy: remedy.kind == "overtime")
        with self.assertRaises(WrongDepartmentError):
            way.with_user(self.people["cost"]).action_choose()
        way.action_choose()
        self.assertEqual((opinion.verdict, opinion.condition, opinion.proposal), ("conditional", way.name, "conditional"))
        self.assertEqual((evaluation.promise_date.isoformat(), evaluation.promise_late), ("2026-03-06", False))
        held = evaluation.reservation_ids.filtered(lambda slot: slot.state == "held")
        self.assertEqual(held.date_to, datetime(2026, 3, 6, 14))
        way.action_undo()
        self.assertEqual((opinion.verdict, evaluation.promise_date.isoformat()), (False, "2026-03-10"))
        held = evaluation.reservation_ids.filtered(lambda slot: slot.state == "held")
        self.assertEqual(held.date_to, datetime(2026, 3, 10, 10))

    def test_chosen_way_outlives_new_figures(self):
        """R3.3.2: figures taken again keep the way that was chosen, with its new date."""
        evaluation, opinion = self._late()
        opinion.remedy_ids.filtered(lambda remedy: remedy.kind == "overtime").action_choose()
        opinion.action_refresh()
        chosen = opinion.remedy_ids.filtered("chosen")
        self.assertEqual((chosen.kind, evaluation.promise_date), ("overtime", chosen.date_after))

    def test_nobody_writes_what_is_computed(self):
        """R3.3.2: figures of a computed way are not typed; once the opinion is given nothing is chosen any more."""
        _evaluation, opinion = self._late()
        way = opinion.remedy_ids[0]
        for values in ({"cost_effect": 0}, {"in_time": True}, {"chosen": True}):
            with self.assertRaises(OpinionFrozenError):
                way.write(values)
        with self.assertRaises(OpinionFrozenError):
            way.create({"opinion_id": opinion.id, "kind": "overtime", "name": "Mine", "computed": True})
        way.create({"opinion_id": opinion.id, "kind": "other", "name": "Ask the customer to wait"})
        way.action_choose()
        opinion.action_submit()
        with self.assertRaises(OpinionFrozenError):
            opinion.remedy_ids.filtered("computed")[1].action_choose()

    def test_continuous_machine_has_no_overtime(self):
        """R3.3.2: where the shifts fill the day overtime adds nothing and is not proposed."""
        self.calendar.attendance_ids.write({"hour_from": 0, "hour_to": 24})
        self.env["resource.calendar.attendance"].create(
            [
                {"name": "Day", "dayofweek": day, "hour_from": 0, "hour_to": 24, "calendar_id": self.calendar.id}
                for day in ("5", "6")
            ]
        )
        evaluation = self._submit(self._make_order(tonnes=200, commitment_date="2026-03-06 08:00:00"))
        self.assertNotIn("overtime", self._capacity(evaluation).remedy_ids.mapped("kind"))
