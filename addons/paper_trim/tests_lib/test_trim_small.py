# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small books, where every plan can be looked at."""

import itertools

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from paper_trim_lib import lp
from paper_trim_lib import solve as solving
from paper_trim_lib.bound import fullest
from paper_trim_lib.check import check
from paper_trim_lib.groups import make_model
from paper_trim_lib.items import Item, Winder, make_problem
from paper_trim_lib.patterns import Pricer, all_patterns, homeless
from paper_trim_lib.plan import NONE, PROVEN
from paper_trim_lib.solve import solve

pytestmark = pytest.mark.skipif(not lp.solver_name(), reason="highspy is not installed")
# The effort ends every search here, not the clock: a busy machine finds the same.
SECONDS = 600
few = settings(max_examples=12, phases=[Phase.explicit, Phase.generate])


def every_pattern(problem):
    """All piece counts by item that a winder may cut, by trying each."""
    winder, items = problem.winder, problem.items
    most = [int(winder.trim_mm // item.width_mm) for item in items]
    found = []
    for counts in itertools.product(*(range(n + 1) for n in most)):
        used = sum(n * item.width_mm for n, item in zip(counts, items, strict=True))
        if sum(counts) and winder.trim_min_mm <= used <= winder.trim_mm and sum(counts) <= (winder.most_pieces or 99):
            found.append(counts)
    return found


def every_plan(problem, patterns):
    """All {pattern: sets} that deliver within the tolerances, as (waste, patterns) pairs."""
    items, trim = problem.items, problem.winder.trim_mm
    results = []

    def walk(at, got, sets, kinds):
        if kinds and all(item.least <= n <= item.most for n, item in zip(got, items, strict=True)):
            sold = sum(n * item.width_mm for n, item in zip(got, items, strict=True))
            results.append((1 - sold / (sets * trim), kinds))
        for next_at in range(at, len(patterns)):
            total, count = got, 0
            while True:
                total = tuple(a + b for a, b in zip(total, patterns[next_at], strict=True))
                count += 1
                if any(n > item.most for n, item in zip(total, items, strict=True)):
                    break
                walk(next_at + 1, total, sets + count, kinds + 1)

    walk(0, (0,) * len(items), 0, 0)
    return results


@st.composite
def reel_books(draw):
    """Up to four widths, up to four reels each. No width twice: a piece may be for two items of its width in turn."""
    winder = Winder(2000, trim_min_mm=draw(st.sampled_from([0, 0, 900])), knives=draw(st.sampled_from([None, 4])))
    found = []
    for at, width in enumerate(draw(st.lists(st.integers(420, 1990), min_size=1, max_size=4, unique=True))):
        least = draw(st.integers(1, 4))
        most = least + draw(st.integers(0, 1))
        found.append(Item(f"{at}", width, least, draw(st.integers(least, most)), most, reel_class="A", reel_m=5000.0))
    return make_problem(found, winder)


@few
@given(problem=reel_books())
def test_against_every_plan_of_whole_reels(problem):
    """R5.1.1: of small books no plan at all is better than the bound says, and the least waste and fewest patterns are found."""
    plans = every_plan(problem, every_pattern(problem))
    least = solve(problem, seconds=SECONDS, points=0, effort=0)
    if not plans:
        assert not least.runs
        return
    assert least.waste == pytest.approx(min(waste for waste, _kinds in plans), abs=1e-6)
    assert least.bound <= least.waste + 1e-9
    plan = solve(problem, seconds=SECONDS, points=2.0, effort=40)
    fewest = min(kinds for waste, kinds in plans if waste <= plan.limit + 1e-9)
    assert plan.pattern_bound.count <= fewest <= plan.patterns
    if plan.status == PROVEN:
        assert plan.patterns == fewest


def test_more_paper_for_a_lower_share():
    """R5.1.1: who may deliver more and so wastes a smaller share of more paper does: the share counts, not the area."""
    items = [Item("a", 600, 1, 1, 1, "A", 5000.0), Item("b", 1900, 1, 1, 3, "A", 5000.0)]
    plan = solve(make_problem(items, Winder(2000)), seconds=SECONDS, points=0, effort=1)
    assert {run.widths: run.sets for run in plan.runs} == {(600,): 1, (1900,): 3}
    assert plan.waste == pytest.approx(1700 / 8000)
    assert plan.status == PROVEN


def test_the_start_is_not_taken_for_the_optimum():
    """R5.1.1: where the solver's presolve alone finds whole sets, it is these that are planned, not those it began with."""
    items = [
        Item("0", 1990, 3, 3, 4, "A", 5000.0),
        Item("1", 599, 2, 2, 2, "A", 5000.0),
        Item("2", 443, 4, 4, 5, "A", 5000.0),
    ]
    plan = solve(make_problem(items, Winder(2000, knives=4)), seconds=SECONDS, points=0, effort=0)
    assert plan.waste == pytest.approx(0.0891667, abs=1e-6)


def test_nothing_must_be_made():
    """R5.1.1: where no order has a least quantity nothing is planned, and nothing is missing."""
    plan = solve(make_problem([Item("a", 598, 0, 2, 4, "A", 4000.0)], Winder(2812)), seconds=SECONDS, effort=1)
    assert (plan.status, plan.runs, plan.missing, plan.refused) == (NONE, (), {}, ())


@pytest.mark.parametrize("turns", [solving.CLOSER, 0])
def test_no_plan_is_below_the_least_waste(turns, monkeypatch):
    """R5.1.1: reels beside sheets: the plan of the fewest patterns does not waste less than the one of the least waste."""
    monkeypatch.setattr(solving, "CLOSER", turns)
    items = [
        Item("0", 695, 3, 5, 7, "B", 6500.0),
        Item("1", 366, 7343.663651002461, 7649.649636460897, 7955.635621919334),
        Item("2", 160, 32116.0, 32116.0, 32116.0),
        Item("3", 468, 10152.661235168256, 12690.82654396032, 15228.991852752384),
        Item("4", 867, 5, 6, 8, "B", 6500.0),
        Item("5", 809, 1775.7, 1973.0, 2170.3),
    ]
    problem = make_problem(items, Winder(1983, pitch_mm=150))
    plan = solve(problem, seconds=SECONDS, effort=10)
    assert check(plan, problem) == []
    # Where the second pass has found a share below the first one's, that plan is the one of the least waste.
    assert plan.of_least_waste().waste <= plan.waste + 1e-9
    if turns:
        # The least area has a share of 0.042884.
        assert plan.of_least_waste().waste == pytest.approx(0.0427618, abs=1e-6)


@st.composite
def sheet_books(draw):
    """Up to four widths in run metres."""
    found = []
    for at, width in enumerate(draw(st.lists(st.integers(350, 1990), min_size=1, max_size=4, unique=True))):
        metres = draw(st.floats(500, 20_000))
        tolerance = draw(st.sampled_from([0.0, 0.05, 0.15]))
        found.append(Item(f"{at}", width, metres * (1 - tolerance), metres, metres * (1 + tolerance)))
    return make_problem(found, Winder(2000, knives=draw(st.sampled_from([None, 4]))))


@few
@given(problem=sheet_books())
def test_against_every_choice_of_patterns(problem):
    """R5.1.1: of small books every choice of fewer patterns than were found is ruled out where the plan says so."""
    plan = solve(problem, seconds=SECONDS, effort=40)
    patterns = every_pattern(problem)
    least = _lowest_ratio(problem, patterns)
    assert plan.bound <= least + 1e-7
    assert least <= plan.bound + 1e-6
    for count in range(1, plan.patterns):
        possible = any(
            _lowest_ratio(problem, chosen, plan.limit) is not None for chosen in itertools.combinations(patterns, count)
        )
        assert not (possible and plan.pattern_bound.count > count)
        assert not (possible and plan.status == PROVEN)
        if len(patterns) > 40:
            break


def _lowest_ratio(problem, patterns, limit=None):
    """The least waste ratio of run lengths for some patterns; with a limit, whether there is any below: None if not."""
    trim = problem.winder.trim_mm
    widths = [item.width_mm for item in problem.items]
    ratio, best = (0.0 if limit is None else limit), None
    for _turn in range(12):
        program = lp.Program([(item.least / 1000, item.most / 1000) for item in problem.items])
        for counts in patterns:
            used = sum(n * width for n, width in zip(counts, widths, strict=True)) / trim
            program.add(1 - ratio - used, [(g, float(n)) for g, n in enumerate(counts) if n])
        if not program.solve():
            return None
        if limit is not None:
            return limit if program.objective <= 1e-7 else None
        web = sum(program.values)
        used = sum(v * sum(n * w for n, w in zip(c, widths, strict=True)) for v, c in zip(program.values, patterns, strict=True))
        best = 1 - used / trim / web
        if abs(best - ratio) < 1e-10:
            break
        ratio = best
    return best


@st.composite
def models(draw):
    """A model with positions, ups and knives, and a value for each group."""
    positions = st.sampled_from(["any", "any", "end", "no_end"])
    ups = st.sampled_from([None, 1, 2])
    found = [
        Item(f"{at}", draw(st.integers(200, 900)), 1.0, 1.0, 9.0, position=draw(positions), max_ups=draw(ups))
        for at in range(draw(st.integers(1, 5)))
    ]
    winder = Winder(2000, trim_min_mm=draw(st.sampled_from([0, 1500])), knives=draw(st.sampled_from([None, 4])))
    model = make_model(make_problem(found, winder))
    return model, [draw(st.floats(-1, 5)) for _group in model.groups]


@settings(max_examples=60, phases=[Phase.explicit, Phase.generate])
@given(case=models())
def test_the_most_valuable_pattern(case):
    """R5.1.1: the pattern of the highest value is that of all patterns, with knives, ups and positions."""
    model, values = case
    patterns = all_patterns(model, 100_000)
    assert set(homeless(model)) == set(range(len(model.groups))) - {g for counts in patterns for g, _n in counts}
    best = max((sum(values[g] * n for g, n in counts) for counts in patterns), default=None)
    found = Pricer(model).best(values)
    if found:
        assert found[0][1] in patterns
    # Without a least trim a pattern of no value is not looked for.
    if best is not None and (best > 1e-9 or model.trim_min):
        assert found[0][0] == pytest.approx(best, abs=1e-9)
    widest = max((model.used(counts) for counts in patterns), default=0)
    assert fullest(model) <= 1 - widest / model.web + 1e-12
