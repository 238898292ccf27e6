# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Typed patterns and trim partners: what is typed is what is checked, and no better partner is overlooked."""

import itertools
import unittest

import books
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_trim_lib.check import check
from paper_trim_lib.items import Item, Winder, make_problem
from paper_trim_lib.partner import fills
from paper_trim_lib.solve import solve
from paper_trim_lib.typed import TypingError, read_patterns, typed_plan

WIDTHS = st.integers(200, 1300)


class TestTyped(unittest.TestCase):
    @settings(max_examples=20, deadline=None)
    @given(books.problems(most=5))
    def test_a_computed_plan_typed_again_is_sound(self, problem):
        """Whoever types the patterns of a computed plan, with its sets or metres, gets a plan that wastes the same."""
        classes = {}
        for item in problem.items:
            classes.setdefault(item.width_mm, set()).add(item.reel_class)
        if any(len(found) > 1 for found in classes.values()):
            return  # a width that is ordered as reels and by the metre: what is typed does not say which
        plan = solve(problem, seconds=0.5, effort=10, solver=False)
        if not plan.runs or any(run.sets == 0 and run.reel_class is not None for run in plan.runs):
            return
        text = "\n".join(
            "+".join(f"{width:.10g}" for width in run.widths) + f": {run.sets or run.metres:.12g}" for run in plan.runs
        )
        typed = typed_plan(problem, read_patterns(text))
        self.assertAlmostEqual(typed.waste, plan.waste, 6)
        geometry = {"too_wide", "too_narrow", "knives", "pitch", "width"}
        self.assertFalse([fault for fault in check(typed, problem, complete=False) if fault.code in geometry])

    @settings(max_examples=200, deadline=None)
    @given(st.text(alphabet="0123456789+:.*x× \n：-a", max_size=60))
    def test_any_text_is_read_or_refused_by_its_line(self, text):
        """Whatever is typed is read, or refused with the number of its line."""
        try:
            for widths, length in read_patterns(text):
                self.assertTrue(widths and length > 0)
        except TypingError as error:
            self.assertTrue(1 <= error.line <= len(text.splitlines()))

    def test_a_width_that_is_not_ordered(self):
        """A width that no item has is named."""
        problem = make_problem([Item("a", 700, 1, 1, 1)], Winder(2000))
        with self.assertRaises(TypingError) as caught:
            typed_plan(problem, read_patterns("700+650: 3"))
        self.assertEqual((caught.exception.code, caught.exception.what), ("width", "650"))


class TestPartners(unittest.TestCase):
    @settings(max_examples=200, deadline=None)
    @given(WIDTHS, st.lists(WIDTHS, max_size=4), st.integers(1500, 2600), st.sampled_from([None, 3, 5]))
    def test_no_better_partner_is_overlooked(self, width, partners, trim, most):
        """The best filling is that of a search through all of them."""
        found = fills(width, partners, trim, most)
        pieces = most or trim // 200
        best = None
        widths = [width, *sorted(set(partners))]
        for count in range(1, min(pieces, trim // min(widths)) + 1):
            for chosen in itertools.combinations_with_replacement(widths, count):
                if width in chosen and sum(chosen) <= trim:
                    best = min(trim - sum(chosen), trim if best is None else best)
        if found is None:
            self.assertIsNone(best)
            return
        self.assertEqual(found[1].left_mm, best)
        self.assertLessEqual(found[1].left_mm, found[0].left_mm)
