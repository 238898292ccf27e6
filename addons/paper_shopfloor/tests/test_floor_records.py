from odoo.addons.paper_base.exceptions import StepFieldError
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..exceptions import ComputedRecordError, FloorError
from .common import PaperFloorCommon


@tagged("post_install", "-at_install")
class TestFloorRecords(PaperFloorCommon):
    def rolls(self, *places):
        for place in places:
            self.assertEqual(self.roll(1, place)["verdict"], "entered")

    def test_computed_from_reports(self):
        """R5.3.1: one record a work order, shift and operator adds up what was reported; nobody types it (P6)."""
        self.tell("start")
        self.declare()
        self.rolls(1, 2)
        second = self.station._sign_in("1357")["session"]
        self.roll(1, 3, session=second)
        records = self.wind.paper_record_ids.filtered("is_of_floor")
        self.assertEqual(
            sorted((rec.operator_id.id, rec.produced_kg) for rec in records),
            sorted([(self.operator.id, 200), (self.mate.id, 100)]),
        )
        own = records.filtered(lambda rec: rec.operator_id == self.operator)
        with self.assertRaises(ComputedRecordError):
            own.with_user(self.operator).produced_kg = 9_999_999
        with self.assertRaises(ComputedRecordError):
            own.with_user(self.operator).create({"workorder_id": self.wind.id, "broke_kg": 1})
        own.with_user(self.operator).note = "quiet shift"

    def test_corrections_are_entries(self):
        """R5.3.1: a figure is corrected by an entry with its reason, by the operator or the supervisor, never below zero."""
        self.tell("start")
        self.declare()
        self.rolls(1, 2)
        record = self.wind.paper_record_ids.filtered("is_of_floor")
        corrections = self.env["paper.record.correction"]
        made = corrections.with_user(self.operator).create(
            {"record_id": record.id, "figure": "produced_kg", "kg": -10, "reason": "core not taken off"}
        )
        self.assertEqual((record.produced_kg, made.user_id), (190, self.operator))
        wrong = [
            (self.operator, {"kg": -500, "reason": "nonsense"}),
            (self.operator, {"kg": 9_999_999, "reason": "too much"}),
            (self.users["planning"], {"kg": 1, "reason": "not mine"}),
            (self.operator, {"kg": 1, "reason": " . "}),
        ]
        for user, values in wrong:
            with self.subTest(**values), self.assertRaises(UserError), self.env.cr.savepoint():
                corrections.with_user(user).create({"record_id": record.id, "figure": "produced_kg", **values})
        with self.assertRaises(AccessError):
            made.with_user(self.operator).kg = 5
        with self.assertRaises(ComputedRecordError):
            made.with_user(self.supervisor).sudo().kg = 5
        with self.assertRaises(ComputedRecordError):
            made.sudo().unlink()

    def test_counted_once(self):
        """R5.3.1: paper made in two operations counts once (P6): in the last one."""
        order = self.create_order()
        production = self.productions(order)
        self.approved_plan(production)
        self.make(production)
        records = production.workorder_ids.paper_record_ids
        self.assertEqual(sum(records.mapped("produced_kg")), 2000)
        self.assertEqual(sum(records.mapped("counted_kg")), 1000)

    def test_no_paper_out_of_nothing(self):
        """R5.3.1: more than was inspected or than the customer takes does not enter from the floor (P10)."""
        self.tell("start")
        rolls = [{"width": 787, "length": self.length * 9, "diameter": 960}] * 3
        self.tell("set", set=1, rolls=rolls, jumbo=self.jumbo.name)
        answers = [self.roll(1, place, gross=900) for place in (1, 2, 3)]
        self.assertEqual([answer["state"] for answer in answers], ["kept", "kept", "refused"])
        self.assertEqual(sum(self.cut.paper_roll_ids.mapped("paper_net_kg")), 1800)

    def test_the_list_of_a_machine(self):
        """R5.3.1: a machine shows its own work in the order of the plan, with customer and due date, and what waits (P21)."""
        self.create_order(product=self.two, kg=970)
        facts = self.station._floor_facts()
        works = self.env["mrp.workorder"].browse([one["id"] for one in facts["works"]])
        self.assertEqual(works.workcenter_id, self.winder)
        self.assertTrue(all(one["customer"] == self.customer.name for one in facts["works"]))
        self.assertTrue(any(one["waits"] for one in facts["works"]), "the second order has no approved plan")

    def test_reports_stay(self):
        """R5.3.1: what was reported is neither changed nor deleted, by whomever."""
        self.tell("start")
        event = self.env["paper.floor.event"].search([], limit=1)
        with self.assertRaises(StepFieldError):
            event.with_user(self.supervisor).sudo().write({"made_kg": 5})
        with self.assertRaises(FloorError):
            event.unlink()

    def test_queries_of_a_roll(self):
        """R5.3.1: declaring rolls one after the other costs no more queries for the fourth than for the third."""
        self.tell("start")
        self.declare()
        self.declare(number=2)
        self.rolls(1, 2, 3)
        counts = []
        for place in (1, 2, 3):
            before = self.env.cr.sql_log_count
            self.assertEqual(self.roll(2, place)["verdict"], "entered")
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[2], counts[0] + 2)
