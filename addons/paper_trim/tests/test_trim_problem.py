from odoo.tests import tagged

from ..exceptions import TrimEmptyError, TrimMixedError, TrimStateError
from .common import TrimCommon


@tagged("post_install", "-at_install")
class TestTrimProblem(TrimCommon):
    def test_the_planner_computes_the_trim_of_a_plan(self):
        """R5.1.1: planning opens the trim of a plan, has it computed, and every order gets what the customer takes."""
        plan = self.planned(787, 889, 1194)
        problem = self.problem_of(plan)
        self.assertEqual(problem.item_ids.mapped("width"), [787, 889, 1194])
        self.assertEqual(problem.trim_mm, 2540)
        self.computed(problem)
        self.assertEqual(problem.state, "computed")
        result = problem.result_ids[0]
        self.assertFalse(result._faults())
        self.assertGreaterEqual(result.waste, result.bound - 1e-3)
        self.assertTrue(all(share["inside"] for share in result._shares()))
        for pattern in result.pattern_ids:
            self.assertLessEqual(sum(cuts[0].width for cuts in pattern.cut_ids.grouped("place").values()), 2540)

    def test_one_tolerance(self):
        """R5.1.1: the trim may cut what the production, the dispatch and the statistics accept of a line, no more and no less."""
        plan = self.planned(787, tolerance_minus=4, tolerance_plus=7)
        item = self.problem_of(plan).item_ids
        line = item.sudo().sale_line_id
        wanted = line._paper_progress()
        self.assertAlmostEqual(item.least_kg, wanted.ordered * 0.96, delta=0.02)
        self.assertAlmostEqual(item.most_kg, wanted.ordered * 1.07, delta=0.02)
        _line, low, high = item.sudo().production_id._paper_limits()
        self.assertAlmostEqual(item.least_kg, low, 3)
        self.assertAlmostEqual(item.most_kg, high, 3)

    def test_contradictions_are_named_and_not_dropped(self):
        """R5.1.1: whatever contradicts itself is told at its line and in the result; the other items are planned."""
        problem = self.typed_problem(
            {"width": 787, "kg": self.reel_kg(787, 6), "least_kg": self.reel_kg(787, 6), "most_kg": self.reel_kg(787, 6)},
            {"width": 889, "reel_length": 0, "diameter_min": 1000, "diameter_max": 110, "caliper": 100},
            {"width": 2600},
            {"width": 500, "kg": 0, "least_kg": 0, "most_kg": 0},
            {"width": 600, "reel_length": 0, "diameter_min": 950, "diameter_max": 1000},
            {"width": 700, "least_kg": 1200},
        )
        reasons = problem.item_ids.mapped("refusal")
        self.assertFalse(reasons[0])
        for reason, words in zip(
            reasons[1:],
            ("1,000.0 to 110.0", "2,600.0 mm is above the trim of 2,540.0", "zero", "caliper", "tolerance"),
            strict=True,
        ):
            self.assertIn(words, reason)
        self.assertEqual(problem.refused_count, 5)
        self.computed(problem)
        result = problem.result_ids[0]
        self.assertEqual([bool(share["refused"]) for share in result._shares()], [False, True, True, True, True, True])
        self.assertEqual(result.pattern_ids.cut_ids.item_id, problem.item_ids[0])

    def test_what_cannot_be_computed_says_why(self):
        """R5.1.1: nothing to cut, no winder, only contradictions, two papers: each is refused by name."""
        empty = self.typed_problem()
        with self.assertRaisesRegex(TrimEmptyError, "nothing to cut"):
            empty.action_compute()
        with self.assertRaisesRegex(TrimEmptyError, "2,600.0 mm"):
            self.typed_problem({"width": 2600}).action_compute()
        with self.assertRaisesRegex(TrimEmptyError, "no winder"):
            self.typed_problem({"width": 600}, workcenter_id=False, web_mm=0).action_compute()
        with self.assertRaisesRegex(TrimMixedError, "another paper"):
            self.typed_problem({"width": 600}, {"width": 700, "basis_weight": 70}, whole="metres").action_compute()

    def test_a_problem_for_each_paper(self):
        """R5.1.1: the orders of a plan that are of other papers are cut from webs of their own."""
        plan = self.planned(787, 889)
        other = self.productions(self.create_order(self.reel(700, basis_weight=70), kg=5000))
        other.with_user(self.planner).paper_plan_id = plan
        problems = self.problem_of(plan)
        self.assertEqual(sorted(problems.mapped(lambda rec: sorted(rec.item_ids.mapped("width")))), [[700], [787, 889]])
        plan.with_user(self.planner).action_plan_trim()
        self.assertEqual(len(plan.trim_problem_ids), 2)  # pressed twice, nothing is doubled

    def test_only_a_draft_is_changed(self):
        """R5.1.1: what was computed is not changed under its results; back in draft its results are gone."""
        problem = self.computed(self.typed_problem({"width": 787, "kg": self.reel_kg(787, 6), "least_kg": 3000, "most_kg": 4000}))
        for change in (
            lambda: problem.item_ids.write({"width": 900}),
            lambda: problem.item_ids.unlink(),
            lambda: problem.write({"item_ids": [(0, 0, {"width": 500})]}),
            lambda: problem.write({"web_mm": 3000}),
        ):
            with self.assertRaises(TrimStateError):
                change()
        problem.action_draft()
        self.assertFalse(problem.result_ids)
        problem.item_ids.write({"width": 900})

    def test_sheets_and_run_metres(self):
        """R5.1.1: sheets go to the sheeter and run a free length; reels can be planned by run metres, too."""
        problem = self.typed_problem(
            {"width": 787, "length": 1092, "kg": 3000, "least_kg": 2900, "most_kg": 3100},
            {"width": 1694, "kg": 6400, "least_kg": 6200, "most_kg": 6600, "reel_length": 0},
            whole="metres",
        )
        result = self.computed(problem).result_ids[0]
        self.assertEqual(result.pattern_ids.mapped("sets"), [0] * len(result.pattern_ids))
        self.assertTrue(all(share["inside"] for share in result._shares()))
