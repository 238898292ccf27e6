from odoo.exceptions import UserError
from odoo.tests import tagged

from ..exceptions import TrimFaultError, TrimStaleError
from .common import TrimCommon


@tagged("post_install", "-at_install")
class TestTrimChoose(TrimCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.planned(787, 889, 1194)
        cls.problem = cls.computed(cls.problem_of(cls.plan))
        cls.result = cls.problem.result_ids[0]

    def test_the_chosen_result_feeds_the_plan(self):
        """R5.1.1: what planning chooses stands in the plan as sets in their order, and in each order as what is cut for it."""
        self.result.action_choose()
        self.assertEqual(self.problem.state, "chosen")
        self.assertEqual(self.problem.chosen_by_id, self.planner)
        sets = self.plan.trim_set_ids
        self.assertEqual(sets.mapped("number"), list(range(1, len(sets) + 1)))
        self.assertEqual(len(sets), sum(self.result.pattern_ids.mapped("sets")))
        self.assertAlmostEqual(sum(sets.mapped("metres")), sum(self.result.pattern_ids.mapped("metres")), 1)
        for production in self.plan.production_ids:
            item = self.problem.item_ids.filtered(lambda rec, production=production: rec.production_id == production)
            self.assertTrue(item.least_kg - 0.5 <= production.paper_trim_kg <= item.most_kg + 0.5)
            self.assertEqual(production.paper_trim_problem_id.id, self.problem.id)
        self.problem.action_take_back()
        self.plan.production_ids.invalidate_recordset()
        self.assertEqual(self.plan.production_ids.mapped("paper_trim_kg"), [0, 0, 0])

    def test_another_result_takes_its_place(self):
        """R5.1.1: choosing another result replaces the first, with its sets."""
        self.result.action_choose()
        other = self.problem._keep_retrim(self.result.pattern_ids[0], 0, 100, 0, 50)
        other.action_choose()
        self.assertEqual(self.problem.chosen_id, other)
        self.assertFalse(self.result.is_chosen)
        self.assertEqual(sum(other.set_ids.mapped("metres")), sum(other.pattern_ids.mapped("metres")))

    def test_a_changed_order_is_not_cut(self):
        """R5.1.1: an order whose quantity changed since it was taken is named, and nothing is chosen."""
        production = self.plan.production_ids[0]
        production.with_user(self.planner).write({"product_qty": production.product_qty / 2})
        with self.assertRaisesRegex(TrimStaleError, "has changed"):
            self.result.action_choose()
        self.assertEqual(self.problem.state, "computed")

    def test_an_order_is_cut_once(self):
        """R5.1.1: an order that another chosen trim cuts already is not cut twice."""
        self.result.action_choose()
        second = self.problem.copy({"plan_id": self.plan.id})
        second._take_productions(self.plan.production_ids)
        self.computed(second)
        with self.assertRaisesRegex(TrimStaleError, "already"):
            second.result_ids[0].action_choose()

    def test_neither_more_nor_less(self):
        """R5.1.1: orders that take exactly what they ordered are cut so: the metres that are kept lose nothing in rounding."""
        items = []
        for width, metres in ((500, 80000), (600, 200000 / 3), (400, 50000), (700, 80000 / 7), (900, 320000 / 9)):
            kg = width * metres * 80 / 1e6
            items.append({"width": width, "kg": kg, "least_kg": kg, "most_kg": kg, "length": 700, "reel_length": 0})
        problem = self.computed(self.typed_problem(*items, whole="metres", web_mm=2540))
        result = problem.result_ids[0]
        self.assertFalse(result._fault_texts(result._faults()))

    def test_the_server_checks_again(self):
        """R5.1.1: a result that breaks a limit is not chosen, whatever made it: the check shares nothing with the solver."""
        cut = self.result.pattern_ids[0].cut_ids[0]
        cut.sudo()._by_step().write({"width": 1500})
        with self.assertRaisesRegex(TrimFaultError, "wide"):
            self.result.action_choose()

    def test_nobody_else_chooses(self):
        """R5.1.1: workshop, supervisor and sales read the trim; planning alone chooses."""
        for user in (self.operator, self.supervisor, self.seller):
            with self.subTest(user=user.login):
                self.assertTrue(self.problem.with_user(user).trim_board()["results"])
                with self.assertRaises(UserError):
                    self.result.with_user(user).action_choose()
        self.assertEqual(self.problem.state, "computed")
