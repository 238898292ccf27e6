from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..common import CapacityCommon


@tagged("post_install", "-at_install")
class TestMachinePlan(CapacityCommon):
    """PM1 works Monday to Friday 8 to 16 h UTC; the week begins on Monday 2 March 2026."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.resource_calendar_id.tz = "UTC"
        cls.seller.delay = 0

    def _board(self, user=None, **values):
        centres = self.env["mrp.workcenter"].with_user(user or self.people["sales"])
        return centres.paper_plan_board(**{"weeks": 1, "workcenter_ids": self.machine.ids, **values})

    def _leave(self, start, stop, kind, name="Order"):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": name,
                "resource_id": self.machine.resource_id.id,
                "calendar_id": self.calendar.id,
                "date_from": start,
                "date_to": stop,
                "time_type": kind,
            }
        )

    def _production(self):
        production = self.env["mrp.production"].create(
            {"product_id": self.paper.id, "product_qty": 4, "product_uom_id": self.tonne.id, "bom_id": self.bom.id}
        )
        production.action_confirm()
        leave = self._leave("2026-03-02 08:00:00", "2026-03-02 12:00:00", "other")
        # Past the plan that production asks for, where it is installed.
        production.workorder_ids.flush_recordset()
        self.env.cr.execute(
            "UPDATE mrp_workorder SET leave_id = %s, date_start = %s, date_finished = %s WHERE production_id = %s",
            [leave.id, leave.date_from, leave.date_to, production.id],
        )
        self.env.invalidate_all()
        return production

    def test_all_that_takes_the_machine(self):
        """R3.3.2: the plan of a machine draws booked work orders, reserved slots and maintenance, at their places."""
        production = self._production()
        self._leave("2026-03-05 00:00:00", "2026-03-06 00:00:00", "leave", "Felt change")
        order = self._make_order(tonnes=4)
        self._reserve(order, "2026-03-02 12:00:00", "2026-03-02 16:00:00")
        board = self._board(order_id=order.id)
        self.assertEqual((board["date_from"], len(board["days"])), ("2026-03-02", 7))
        (row,) = board["machines"]
        spans = {span["kind"]: span for span in row["spans"]}
        self.assertEqual(set(spans), {"booked", "held", "maintenance"})
        self.assertAlmostEqual(spans["booked"]["place"] * 7 * 24, 8, 3)
        self.assertAlmostEqual(spans["booked"]["width"] * 7 * 24, 4, 3)
        self.assertEqual(spans["booked"]["text"], production.name)
        self.assertIn(order.name, spans["held"]["text"])
        self.assertTrue(spans["held"]["mine"])
        self.assertIn("Felt change", spans["maintenance"]["text"])
        self.assertEqual(row["load"], round(100 * 8 / 32))  # 4 h booked and 4 h held of four days
        # Nights, the weekend, before and after the shift: Monday to Friday are five pieces of open time.
        self.assertEqual(len(row["closed"]), 6)

    def test_what_it_opens(self):
        """R3.3.2: a bar opens the record only for whoever may read it; the plan itself is for every department."""
        production = self._production()

        def booked(user):
            return next(span for span in self._board(user)["machines"][0]["spans"] if span["kind"] == "booked")

        maker = new_test_user(self.env, "plan_maker", groups="paper_base.group_planning,mrp.group_mrp_user")
        self.assertEqual(booked(maker)["id"], production.id)
        reads = self.env["mrp.production"].with_user(self.people["legal"]).has_access("read")
        self.assertEqual(bool(booked(self.people["legal"])["id"]), reads)

    def test_who_sees_it(self):
        """R3.3.2: customers and people outside the mill's departments do not see the plan, nor one company another's."""
        for groups in ("base.group_portal", "base.group_user"):
            with self.assertRaises(AccessError):
                self._board(new_test_user(self.env, f"plan_{groups[-6:]}", groups=groups))
        other = self.env["res.company"].create({"name": "Other mill"})
        stranger = new_test_user(
            self.env, "plan_stranger", groups="paper_base.group_planning", company_id=other.id, company_ids=other.ids
        )
        self.assertEqual(self._board(stranger)["machines"], [])

    def test_reached_from_the_machine(self):
        """R3.3.2: a work center opens its own row of the plan."""
        self.assertEqual(self.machine.action_paper_plan()["params"], {"workcenter_ids": self.machine.ids})

    def test_queries(self):
        """R3.3.2: the plan of many machines takes the queries of one."""
        machines = self.machine
        for number in range(6):
            machines |= self.machine.copy({"name": f"PM{number + 2}"})

        def queries(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self._board(self.people["capacity"], workcenter_ids=some.ids)
            return self.env.cr.sql_log_count - before

        self._board()
        few = queries(machines[:1])
        self.assertLessEqual(queries(machines), few + 1)
