# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every plan of random books is checked by code that shares nothing with what made it."""

import pytest
from books import problems
from hypothesis import Phase, given, settings
from paper_trim_lib import lp
from paper_trim_lib.check import check
from paper_trim_lib.groups import make_model
from paper_trim_lib.items import NO_END
from paper_trim_lib.patterns import all_patterns
from paper_trim_lib.plan import HEURISTIC, NONE
from paper_trim_lib.solve import solve

# Books in `./mill test`; with --hypothesis-profile=paper-search the profile's 2,000.
BOOKS = 25
# The effort ends every search here, not the clock: a busy machine finds the same.
SECONDS = 600
needs_solver = pytest.mark.skipif(not lp.solver_name(), reason="highspy is not installed")
# A failing book is small as it is; making it smaller takes minutes.
small = settings(max_examples=BOOKS if settings.default.max_examples < 1000 else 2000, phases=[Phase.explicit, Phase.generate])


def judge(problem, plan):
    """What holds for each plan, whoever made it."""
    assert [fault.message for fault in check(plan, problem)] == []
    assert [fault.message for fault in check(plan.of_least_waste(), problem)] == []
    assert plan.of_least_waste().waste <= plan.waste + 1e-9 or not plan.runs
    assert plan.refused[: len(problem.refused)] == problem.refused
    left_out = plan.refused[len(problem.refused) :]
    judge_left_out(problem, left_out)
    assert {refusal.key for refusal in left_out} == set(plan.missing)
    assert 0 <= plan.bound <= 1
    if len(left_out) == len(problem.items):
        assert plan.status == NONE
        return
    if not plan.runs:
        # Only what the winder demands can keep a book from being planned.
        assert (
            problem.winder.trim_min_mm
            or any(item.position == NO_END for item in problem.items)
            or not any(item.least for item in problem.items)
        )
        assert plan.status == NONE
        return
    assert plan.pattern_bound.count <= plan.patterns or plan.waste > plan.limit
    assert len(plan.open_orders(problem)) == len(plan.runs)


def judge_left_out(problem, left_out):
    """Only what stands in no pattern at all is left out, or what a program over all patterns cannot make."""
    model = make_model(problem)
    patterns = all_patterns(model, 60_000) if left_out else None
    if patterns is None:
        return
    standing = {g for counts in patterns for g, _n in counts}
    placed = {key for g in standing for key in model.groups[g].keys}
    for refusal in left_out:
        assert (refusal.code == "no_set") == (refusal.key not in placed)
        assert problem.item(refusal.key).least
    if placed & {refusal.key for refusal in left_out}:
        rows = [(group.least / model.row_unit(g), group.most / model.row_unit(g)) for g, group in enumerate(model.groups)]
        program = lp.Program([row if g in standing else (0.0, lp.INFINITY) for g, row in enumerate(rows)])
        for counts in patterns:
            program.add(0.0, model.coefficients(counts))
        assert not program.solve()


@small
@given(problem=problems())
def test_plans_of_the_heuristic(problem):
    """R5.1.1: a plan by the heuristic alone keeps widths, knives, tolerances, positions, ups and classes."""
    plan = solve(problem, seconds=SECONDS, effort=3, solver=False)
    judge(problem, plan)
    assert plan.provenance == HEURISTIC


@needs_solver
@small
@given(problem=problems())
def test_plans_of_the_solver(problem):
    """R5.1.1: a plan by the solver keeps widths, knives, tolerances, positions, ups and classes."""
    plan = solve(problem, seconds=SECONDS, effort=2)
    judge(problem, plan)
    assert plan.provenance.startswith("HiGHS")
    other = solve(problem, seconds=SECONDS, effort=3, solver=False)
    if other.runs:
        # The bound holds for everybody's plans of the same items.
        assert other.waste >= plan.bound - 1e-6
        assert plan.runs
        assert plan.refused == other.refused
        assert plan.waste <= max(other.waste, plan.bound + 0.003) + 1e-6


@needs_solver
@settings(max_examples=4, phases=[Phase.explicit, Phase.generate])
@given(problem=problems(most=6))
def test_same_seed_same_plan(problem):
    """R5.1.1: the same book, seed and effort give the same plan."""
    first, again = (solve(problem, seconds=SECONDS, effort=1, seed=7) for _turn in range(2))
    assert first.runs == again.runs
