from datetime import datetime

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, new_test_user, tagged

from ..common import EvaluationCommon

MONDAY = "2026-03-02 01:00:00"


@tagged("post_install", "-at_install")
class TestCapacityPlan(EvaluationCommon):
    """One machine, PM1, Monday to Friday 8 to 16 h UTC; 1 t takes an hour; today is Monday 2 March 2026, 1 h."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.seller.delay = 0
        cls.company.paper_overtime_hours = 0

    def _capacity(self, order):
        return self._submit(order).opinion_ids.filtered(lambda opinion: opinion.dimension == "capacity")

    def _facts(self, order):
        return self._capacity(order).evidence

    def _book(self, start, stop, machine=None, kind="other"):
        machine = machine or self.machine
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "MO/00042",
                "resource_id": machine.resource_id.id,
                "calendar_id": machine.resource_calendar_id.id,
                "date_from": start,
                "date_to": stop,
                "time_type": kind,
            }
        )

    def _spans(self, facts):
        return [(slot["workcenter_name"], slot["from"], slot["to"]) for slot in facts["slots"]]

    def test_free_machine(self):
        """R3.3.2: on a free machine the run begins with the next shift and spans the night."""
        facts = self._facts(self._make_order(tonnes=10))
        self.assertEqual(self._spans(facts), [("PM1", "2026-03-02 08:00:00", "2026-03-03 10:00:00")])
        self.assertEqual(facts["promise"], "2026-03-03")
        self.assertEqual(facts["bottleneck"]["workcenter"], "PM1")
        self.assertFalse(facts["late"])

    def test_hand_computed_case(self):
        """R3.3.2: the case of readme/DESCRIPTION.md: PM1 is full until Thursday, pulp comes on Tuesday, two days on the way."""
        self._book("2026-03-02 08:00:00", "2026-03-05 12:00:00")
        self.seller.delay = 1
        self.company.paper_transit_days = 2
        opinion = self._capacity(self._make_order(tonnes=6, commitment_date="2026-03-06 08:00:00"))
        facts = opinion.evidence
        self.assertEqual(self._spans(facts), [("PM1", "2026-03-05 12:00:00", "2026-03-06 10:00:00")])
        self.assertEqual(facts["promise"], "2026-03-08")
        self.assertEqual([reason["kind"] for reason in facts["reasons"]], ["purchase", "full", "work", "transit"])
        for before, after in zip(facts["reasons"], facts["reasons"][1:], strict=False):
            self.assertEqual(before["until"], after["from"])
        texts = [opinion._reason_text(reason) for reason in facts["reasons"]]
        self.assertIn("PM1 is full until 03/05/2026", texts[1])
        self.assertIn("Pulp can be bought by 03/03/2026", texts[0])
        self.assertEqual(opinion.evaluation_id.promise_date.isoformat(), "2026-03-08")
        self.assertTrue(opinion.evaluation_id.promise_late)
        self.assertIn("2 days late", opinion.headline)

    def test_never_in_the_past(self):
        """R3.3.2: an order whose date has gone by is promised for a day to come, and is late."""
        opinion = self._capacity(self._make_order(tonnes=1, commitment_date="2026-02-20 08:00:00"))
        self.assertEqual(opinion.evidence["promise"], "2026-03-02")
        self.assertTrue(opinion.evidence["late"])
        self.assertEqual(opinion.proposal, "no")

    def test_run_does_not_step_over_another(self):
        """R3.3.2: a gap that is too short is left free, and the small order after it takes it."""
        self._book("2026-03-02 12:00:00", "2026-03-03 12:00:00")
        orders = self._make_order(tonnes=10, commitment_date="2026-03-10 08:00:00")
        orders |= self._make_order(tonnes=3, commitment_date="2026-03-11 08:00:00")
        evaluations = self._submit(orders)
        spans = [self._spans(rec.opinion_ids.filtered(lambda one: one.dimension == "capacity").evidence) for rec in evaluations]
        self.assertEqual(spans[0], [("PM1", "2026-03-03 12:00:00", "2026-03-04 14:00:00")])
        self.assertEqual(spans[1], [("PM1", "2026-03-02 08:00:00", "2026-03-02 11:00:00")])

    def test_lines_compete(self):
        """R3.3.2: the lines of one order stand one after the other on the machine, and the order after them."""
        first = self._facts(self._make_order(tonnes=4, lines=2))
        self.assertEqual([span[1] for span in self._spans(first)], ["2026-03-02 08:00:00", "2026-03-02 12:00:00"])
        second = self._facts(self._make_order(tonnes=4))
        self.assertEqual(self._spans(second), [("PM1", "2026-03-03 08:00:00", "2026-03-03 12:00:00")])
        self.assertEqual(second["load"]["machines"][0]["before"][0], 8)
        self.assertEqual(second["load"]["machines"][0]["added"][0], 4)
        self.assertEqual(second["load"]["machines"][0]["open"][0], 40)

    def test_alternative_machine(self):
        """R3.3.2: the alternative takes the run where it is done earlier there; both done at once, its own machine does."""
        second = self.machine.copy({"name": "PM2"})
        self.machine.alternative_workcenter_ids = second
        self.assertEqual(self._spans(self._facts(self._make_order(tonnes=4)))[0][0], "PM1")
        self.assertEqual(self._spans(self._facts(self._make_order(tonnes=4)))[0][0], "PM2")

    def test_maintenance_and_holidays_close(self):
        """R3.3.2: maintenance is a leave of the machine; a public holiday closes it, a make-up day opens it."""
        self._book("2026-03-02 00:00:00", "2026-03-02 23:00:00", kind="leave")
        self.env["paper.calendar.day"].create(
            [
                {"date": "2026-03-03", "kind": "holiday", "name": "Closed"},
                {"date": "2026-03-07", "kind": "makeup", "name": "Saturday worked"},
            ]
        )
        facts = self._facts(self._make_order(tonnes=30))
        self.assertEqual(self._spans(facts), [("PM1", "2026-03-04 08:00:00", "2026-03-07 14:00:00")])
        self.machine.paper_keeps_holidays = False
        facts = self._facts(self._make_order(tonnes=1))
        self.assertEqual(self._spans(facts)[0][1], "2026-03-03 08:00:00")

    def test_reason_names_it(self):
        """R3.3.2: where a promise date waits for a maintenance, the reason names it and its end."""
        self._book("2026-03-02 00:00:00", "2026-03-05 08:00:00", kind="leave").name = "Annual shutdown"
        evaluation = self._submit(self._make_order(tonnes=4))
        opinion = self._opinion(evaluation, "capacity")
        self.assertEqual([reason["kind"] for reason in opinion.evidence["reasons"]], ["maintenance", "work"])
        self.assertIn("PM1: Annual shutdown until 03/05/2026", opinion.evidence_html)
        self.assertIn("Annual shutdown", str(opinion.capacity_board["days"]["spans"]))

    def test_shutdown_within_a_run(self):
        """R3.3.2: a run that a shutdown cuts in two is told with it; each day has one reason."""
        self._book("2026-03-03 00:00:00", "2026-03-05 08:00:00", kind="leave").name = "Annual shutdown"
        evaluation = self._submit(self._make_order(tonnes=12))
        reasons = self._opinion(evaluation, "capacity").evidence["reasons"]
        self.assertEqual([reason["kind"] for reason in reasons], ["closed", "work", "maintenance", "work"])
        for before, after in zip(reasons, reasons[1:], strict=False):
            self.assertEqual(before["until"], after["from"])

    def test_holidays_are_named(self):
        """R3.3.2: where a promise date waits for public holidays, the reason says so; maintenance has its own name."""
        self._book("2026-03-05 00:00:00", "2026-03-06 23:00:00", kind="leave")
        self.env["paper.calendar.day"].create(
            [{"date": f"2026-03-0{day}", "kind": "holiday", "name": "Spring Festival"} for day in (2, 3, 4)]
        )
        order = self._make_order(tonnes=4)
        opinion = self._capacity(order)
        kinds = [reason["kind"] for reason in opinion.evidence["reasons"]]
        self.assertEqual(kinds, ["holiday", "maintenance", "closed", "work"])
        self.assertIn("PM1 is closed for public holidays", opinion.capacity_board["days"]["spans"][0]["text"])
        board = self.env["mrp.workcenter"].with_user(self.people["sales"]).paper_plan_board(workcenter_ids=self.machine.ids)
        texts = [span["text"] for span in board["machines"][0]["spans"] if span["kind"] == "maintenance"]
        self.assertEqual(texts, ["Public holiday", "MO/00042"])

    def test_runs_through_holidays_when_it_works_all_week(self):
        """R3.3.2: a machine that works seven days is not closed by public holidays unless it is told to."""
        week = self.env["resource.calendar"].create(
            {
                "name": "Continuous",
                "tz": "UTC",
                "attendance_ids": [
                    Command.create({"name": "Day", "dayofweek": str(day), "hour_from": 0, "hour_to": 24}) for day in range(7)
                ],
            }
        )
        self.assertTrue(self.machine.paper_keeps_holidays)
        self.machine.resource_calendar_id = week
        self.assertFalse(self.machine.paper_keeps_holidays)
        facts = self._facts(self._make_order(tonnes=40))
        self.assertEqual(self._spans(facts), [("PM1", "2026-03-02 01:00:00", "2026-03-03 17:00:00")])

    def test_crew_by_shift_and_skill(self):
        """R3.3.2: a shift runs with all its people only; dates say otherwise for their days."""
        crew = {"workcenter_id": self.machine.id, "calendar_id": self.calendar.id, "needed": 2, "available": 2}
        tender, winder = self.env["paper.crew.capacity"].create(
            [{**crew, "skill": "Machine tender"}, {**crew, "skill": "Winder operator"}]
        )
        self.assertEqual(self._spans(self._facts(self._make_order(tonnes=1)))[0][1], "2026-03-02 08:00:00")
        tender.copy({"date_from": "2026-03-02", "date_to": "2026-03-04", "available": 1})
        self.assertEqual(self._spans(self._facts(self._make_order(tonnes=1)))[0][1], "2026-03-05 08:00:00")
        winder.available = 1
        opinion = self._capacity(self._make_order(tonnes=1))
        self.assertFalse(opinion.evidence["promise"])
        self.assertEqual(opinion.evidence["reasons"][0]["kind"], "never")

    def test_calendar_in_another_time_zone(self):
        """R3.3.2: the shift is that of the machine's own time zone, the promise a date of the company's."""
        self.calendar.tz = "Asia/Shanghai"
        facts = self._facts(self._make_order(tonnes=10))
        # 8 to 16 h in Shanghai is 0 to 8 h UTC; today's shift began an hour ago
        self.assertEqual(self._spans(facts), [("PM1", "2026-03-02 01:00:00", "2026-03-03 03:00:00")])
        self.company.resource_calendar_id.tz = "Pacific/Auckland"  # 13 hours ahead in March
        with freeze_time("2026-03-01 20:00:00"):
            facts = self._facts(self._make_order(tonnes=20, commitment_date="2026-03-04 08:00:00"))
        self.assertEqual(self._spans(facts)[0][2], "2026-03-05 07:00:00")
        self.assertEqual((facts["until"], facts["promise"]), ("2026-03-04", "2026-03-05"))

    def test_machine_without_hours(self):
        """R3.3.2: a machine without calendar or without hours is no promise, and the reason says so."""
        self.calendar.attendance_ids.unlink()
        facts = self._facts(self._make_order())
        self.assertEqual((facts["promise"], facts["reasons"][0]["kind"]), (None, "never"))
        self.machine.resource_id.calendar_id = False
        opinion = self._capacity(self._make_order())
        self.assertEqual(opinion.evidence["reasons"][0]["kind"], "no_hours")
        self.assertIn("PM1 has no working hours", opinion.headline)
        self.assertEqual(opinion.proposal, "no")

    def test_machine_out_of_use(self):
        """R3.3.2: an archived machine makes nothing."""
        self.machine.active = False
        self.assertFalse(self._facts(self._make_order())["promise"])

    def test_half_finished_before_the_paper(self):
        """R3.3.2: half-finished goods are made first, the paper after the last of their operations."""
        pulper = self.machine.copy({"name": "Pulper"})
        stock = self._make_product("Stock", uom_id=self.tonne.id)
        bom = {"product_qty": 1, "product_uom_id": self.tonne.id}
        self.env["mrp.bom"].create(
            {
                **bom,
                "product_tmpl_id": stock.product_tmpl_id.id,
                "operation_ids": [Command.create({"name": "Pulp", "workcenter_id": pulper.id, "time_cycle_manual": 30})],
                "bom_line_ids": [Command.create({"product_id": self.pulp.id, "product_qty": 1})],
            }
        )
        self.bom.bom_line_ids = [Command.create({"product_id": stock.id, "product_qty": 1, "product_uom_id": self.tonne.id})]
        facts = self._facts(self._make_order(tonnes=4))
        self.assertEqual(
            self._spans(facts),
            [("Pulper", "2026-03-02 08:00:00", "2026-03-02 10:00:00"), ("PM1", "2026-03-02 10:00:00", "2026-03-02 14:00:00")],
        )

    def test_part_by_the_date_and_the_rest_later(self):
        """R3.3.2, R3.4: a late order says how much can be there by the date, and when the rest; both are offered."""
        evaluation = self._submit(self._make_order(tonnes=50, commitment_date="2026-03-06 08:00:00"))
        facts = evaluation.opinion_ids.filtered(lambda opinion: opinion.dimension == "capacity").evidence
        offer = facts["offers"][0]
        # 40 hours until Friday evening; the other 10 on Monday and Tuesday
        self.assertEqual((offer["date"], offer["rest"]), ("2026-03-06", "2026-03-10"))
        self.assertAlmostEqual(offer["lines"][0]["quantity"], 40)
        kinds = {one["kind"]: one for one in evaluation._compute_alternatives()[evaluation]}
        self.assertEqual(kinds["date"]["date"].isoformat(), "2026-03-10")
        line = evaluation.order_id.order_line
        self.assertAlmostEqual(kinds["quantity"]["lines"][line]["quantity"], 40)

    def test_unplanned_work_orders_go_first(self):
        """R3.3.2: a confirmed manufacturing order without planned work orders has its hours before anything new."""
        production = self.env["mrp.production"].create(
            {"product_id": self.paper.id, "product_qty": 12, "product_uom_id": self.tonne.id, "bom_id": self.bom.id}
        )
        production.action_confirm()
        self.assertEqual(self._spans(self._facts(self._make_order(tonnes=1)))[0][1], "2026-03-03 12:00:00")

    def test_odoo_plans_the_same_slot(self):
        """R3.3.2: the slot is the one that Odoo's planner gives the work order, before and after other bookings."""
        self._book("2026-03-02 13:00:00", "2026-03-02 15:00:00")
        self._book("2026-03-04 09:00:00", "2026-03-04 10:00:00", kind="leave")
        for hours in (2, 3, 5, 6, 7, 20):
            minutes = hours * 60
            start, stop = self.machine._get_first_available_slot(datetime(2026, 3, 2, 1), minutes)
            machine = self.machine._paper_machines(datetime(2026, 3, 2, 1), datetime(2026, 5, 1))[self.machine.id]
            epoch = datetime(1970, 1, 1)
            found = machine.find(int((datetime(2026, 3, 2, 1) - epoch).total_seconds()), minutes * 60)
            self.assertEqual(found, ((start - epoch).total_seconds(), (stop - epoch).total_seconds()), hours)

    def test_another_company_sees_nothing(self):
        """R3.3.2: slots and crews of one company are not those of another."""
        other = self.env["res.company"].create({"name": "Other mill"})
        user = new_test_user(
            self.env, "other_planner", groups="base.group_user,paper_base.group_planning", company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        evaluation = self._submit(self._make_order(tonnes=1))
        self.assertTrue(evaluation.reservation_ids)
        self.assertFalse(self.env["paper.slot.reservation"].with_user(user).search([]))
        with self.assertRaises(AccessError):
            evaluation.reservation_ids.with_user(user).read(["hours"])
        with self.assertRaises(AccessError):
            evaluation.reservation_ids.with_user(self.people["sales"]).write({"state": "firm"})

    def test_queries_do_not_grow(self):
        """R3.3.2: the plan is read once for a batch, however many orders are in it."""
        def queries(count):
            evaluations = self._submit(self.env["sale.order"].union(*(self._make_order(tonnes=1) for _one in range(count))))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            evaluations.sudo()._facts_capacity()
            return self.env.cr.sql_log_count - before

        queries(1)
        few, many = queries(2), queries(12)
        self.assertLessEqual(many, few + 2)
