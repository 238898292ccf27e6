# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plan the trim: a first plan at once, then the least waste with its bound, then the fewest patterns.

A plan is complete at any time from the first one on: whoever stops the search has the best plan so far, never half of one.
Items for which the winder's limits leave no place are named and left out; the others are planned without them.
With an ``effort`` the same problem and seed give the same plan on any machine; the seconds then only cut off what takes too long.
"""

import time
from dataclasses import dataclass, replace

from . import lp
from .bound import Bound, Generation, fullest, waste_ratio
from .fewest import Fewest, exactly, least_waste
from .groups import make_model
from .heuristic import plan_by_rule
from .items import Refusal
from .pattern_bound import RunLengths, simple_bound
from .patterns import all_patterns, homeless
from .plan import HEURISTIC, NONE, PLANNED, PROVEN, STOPPED, Plan, make_runs
from .whole import Diving

POINTS = 0.3
EFFORT = 400
LISTED = 60_000
FIRST_PASSES = 3
DIVES = 6
COLUMNS = 600
CLOSER = 4
RECOMBINED = 20
# Shares of the time that single programs get at most. What ends them as a rule is their size or their nodes.
WHOLE_SHARE, SMALL_SHARE, PROOF_SHARE = 0.15, 1 / 6, 1 / 3
PROOF_NODES = 50  # for each round of effort


@dataclass(frozen=True)
class Progress:
    """What is known so far: ``phase`` is first, waste, patterns or proof; ``waste`` and ``patterns`` are None without a plan."""

    phase: str
    seconds: float
    waste: float | None
    bound: float
    patterns: int | None
    pattern_bound: int


def solve(problem, seconds=60.0, points=POINTS, effort=EFFORT, seed=0, on_progress=None, should_stop=None, solver=True):
    """Return the :class:`~.plan.Plan` of a :class:`~.items.Problem`.

    :param seconds: the search ends after that, with the best plan so far
    :param points: how many points of waste above its bound may be spent to save patterns; 0 spends none
    :param effort: rounds of the search for fewer patterns
    :param on_progress: called with a :class:`Progress` when something better is known
    :param should_stop: asked often; true ends the search
    :param solver: False plans by the heuristic alone

    >>> from .items import Item, Winder, make_problem
    >>> items = [Item("a", 700, 90.0, 100.0, 110.0), Item("b", 600, 90.0, 100.0, 110.0)]
    >>> plan = solve(make_problem(items, Winder(2000)))
    >>> [run.widths for run in plan.runs], plan.patterns
    ([(700, 600, 700), (600, 600, 600)], 2)
    """
    return _Search(problem, seconds, points, effort, seed, on_progress, should_stop, solver).run()


class _Search:
    def __init__(self, problem, seconds, points, effort, seed, on_progress, should_stop, solver):
        self.points, self.effort, self.seed = points / 100, effort, seed
        self.began, self.seconds = time.monotonic(), seconds
        self.ends = self.began + seconds
        self.asked = should_stop or (lambda: False)
        self.tell = on_progress or (lambda progress: None)
        self.solver = lp.solver_name() if solver else ""
        self.missing = {}
        self._begin(problem)

    def _begin(self, problem):
        self.problem, self.model = problem, make_model(problem)
        self.found = Bound()
        self.runs = self.least = None
        self.listed, self.pool = None, []
        self.limit = 0.0
        self.pattern_bound = simple_bound(self.model)
        self.over = False

    def stop(self, share=1.0):
        """Whether to stop, at ``share`` of the time."""
        return time.monotonic() > self.began + (self.ends - self.began) * share or self.asked()

    def run(self):
        while self.model.groups:
            self._first()
            if self.runs is None and self._leave_out_homeless():
                continue
            if not self.solver:
                self._by_rule()
                break
            self._least_waste()
            if self.runs is None and self._leave_out_missing():
                continue
            if self.runs:
                self._fewest()
            break
        return self._plan()

    def _leave_out_homeless(self):
        """Begin anew without what stands in no pattern; return whether there is such."""
        groups, found = self.model.groups, [g for g in homeless(self.model) if self.model.groups[g].least]
        if any(refusal.code == "little_beside" for refusal in self.problem.refused):
            # What could have stood beside it was left out before.
            return self._leave_out({g: self._little_beside(g, groups[g].least) for g in found})
        params = {"trim_min": self.problem.winder.trim_min_mm, "trim": self.problem.winder.trim_mm}
        return self._leave_out({g: ("no_set", groups[g].least, params) for g in found})

    def _little_beside(self, g, missing):
        return "little_beside", missing, {"missing": round(missing, 2), "least": round(self.model.groups[g].least, 2)}

    def _leave_out_missing(self):
        """Begin anew without what the bound's program could not make; return whether there is such.

        What is missing in part may have its place once another one is left out: the one that lacks most goes first.
        """
        groups, missing = self.model.groups, self.found.missing
        shares = {g: quantity / groups[g].least for g, quantity in missing.items()}
        most = min(max(shares.values(), default=1.0), 1 - 1e-6)
        return self._leave_out({g: self._little_beside(g, missing[g]) for g, lacking in shares.items() if lacking >= most})

    def _leave_out(self, reasons):
        refused = {}
        for g, (code, quantity, params) in reasons.items():
            for key in self.model.groups[g].keys:
                refused[key] = Refusal(key, code, params)
                self.missing[key] = quantity
        if refused:
            items = tuple(item for item in self.problem.items if item.key not in refused)
            self._begin(replace(self.problem, items=items, refused=(*self.problem.refused, *refused.values())))
        return bool(refused)

    def _first(self):
        self.found.ratio = fullest(self.model)
        # One pass is told at once; the others follow whatever the clock says, so that a slow machine plans the same.
        for passes in (1, FIRST_PASSES):
            self.runs = plan_by_rule(self.model, self.seed, passes, self.stop) or self.runs
            self.limit = max(self.found.ratio + self.points, self._waste())
            self._progress("first")

    def _by_rule(self):
        other = plan_by_rule(self.model, self.seed, self.effort, self.stop)
        if other is not None and (self.runs is None or waste_ratio(self.model, other) < self._waste()):
            self.runs = other
        self.limit = max(self.found.ratio + self.points, self._waste())
        self.over = not self.stop()
        self._progress("waste")

    def _least_waste(self):
        model = self.model
        generation = Generation(model)
        for counts in self.runs or ():
            generation.add(counts)
        least = self.found.ratio
        self.found = generation.run(lambda: self.stop(0.4))
        self.found.ratio = max(self.found.ratio, least)
        if self.found.missing and self.runs is None:
            return
        self.listed = None if self.stop(0.4) else all_patterns(model, LISTED)
        if any(group.whole for group in model.groups):
            self._whole_sets()
        elif self.found.runs and (self.runs is None or waste_ratio(model, self.found.runs) <= self._waste()):
            self.runs = self.found.runs
        self.least = dict(self.runs) if self.runs else None
        self.limit = max(self.found.ratio + self.points, self._waste() + 1e-9) if self.points else self._waste() + 1e-9
        self._progress("waste")

    def _whole_sets(self):
        """Whole sets of the least waste: rounding step by step, then a mixed-integer program over what was met on the way."""
        model = self.model
        diving = Diving(model, [*(self.runs or ()), *self.found.patterns], self.seed, lambda: self.stop(0.4))
        for turn in range(DIVES):
            runs = diving.dive(shuffled=turn > 0)
            if runs is not None and (self.runs is None or waste_ratio(model, runs) < self._waste() - 1e-9):
                self.runs = runs
            if self.stop(0.25) or (self.runs and self._waste() <= self.found.ratio + 1e-6):
                break
        self.pool = list(diving.pool)
        columns = dict.fromkeys([*(self.runs or ()), *sorted(diving.pool, key=lambda c: (-model.used(c), c))[:COLUMNS]])
        if self.listed is not None and len(self.listed) <= COLUMNS:
            columns |= dict.fromkeys(self.listed)
        ends, ratio = time.monotonic() + WHOLE_SHARE * self.seconds, self.found.ratio
        for turn in range(CLOSER):
            left = ends - time.monotonic()
            if left <= 0 or (self.runs and self._waste() <= self.found.ratio + 1e-9):
                break
            # What counts is the share of the paper used: the least area beyond the best share so far, until none is better.
            runs = least_waste(model, list(columns), 1.0, left, self.runs, self.asked, ratio=ratio)
            if runs is None:
                break
            if self.runs is None or waste_ratio(model, runs) < self._waste() - 1e-9:
                self.runs = runs
            elif turn:
                break
            ratio = self._waste()

    def _fewest(self):
        model = self.model
        lengths = RunLengths(model, self.limit, LISTED)
        relaxed = lengths.relaxed()
        if relaxed and relaxed.count > self.pattern_bound.count:
            self.pattern_bound = relaxed
        patterns = [*(self.listed if self.listed is not None else self.found.patterns), *self.pool]
        search = Fewest(model, patterns, self.limit, self.runs, self.seed, self.stop, self._better, SMALL_SHARE * self.seconds)
        floor = self.pattern_bound.count
        small = self.listed is not None and len(patterns) <= 1500
        search.search(self.effort // 4 if small else self.effort, floor)
        if search.has_whole:
            search.recombine(RECOMBINED * self.effort, floor)
        if not self.stop() and len(search.best) > floor:
            search.improve(self.effort, floor)
        self._better(search.best)
        if small and len(search.best) > floor and not self.stop():
            self._prove(lengths, search)
        self.over = not self.stop()

    def _prove(self, lengths, search):
        """Rule out one pattern less by a search to the end, where the patterns are few."""
        count = len(search.best) - 1
        left = self.ends - time.monotonic()
        if lengths.rules_out(count, min(left, PROOF_SHARE * self.seconds), self.stop, PROOF_NODES * self.effort):
            self.pattern_bound = replace(self.pattern_bound, count=count + 1, reason="search", params=(("count", count),))
            self._progress("proof")

    def _better(self, runs):
        self.runs = dict(runs)
        # Fewer patterns may come with less waste too, where the least one was not reached for sure.
        if waste_ratio(self.model, self.runs) < waste_ratio(self.model, self.least):
            self.least = dict(runs)
        self._progress("patterns")

    def _waste(self):
        return waste_ratio(self.model, self.runs) if self.runs else 0.0

    def _progress(self, phase):
        self.tell(
            Progress(
                phase=phase,
                seconds=time.monotonic() - self.began,
                waste=self._waste() if self.runs else None,
                bound=self.found.ratio,
                patterns=len(self.runs) if self.runs else None,
                pattern_bound=self.pattern_bound.count,
            )
        )

    def _plan(self):
        if self.solver and self.runs:
            self.runs = exactly(self.model, self.runs)
            least = exactly(self.model, self.least or self.runs)
            self.least = min(least, self.runs, key=lambda runs: waste_ratio(self.model, runs))
        runs = make_runs(self.problem, self.model, self.runs) if self.runs else ()
        least = make_runs(self.problem, self.model, self.least) if self.runs and self.least else runs
        plan = Plan(
            trim_mm=self.problem.winder.trim_mm,
            runs=runs,
            least_waste_runs=least,
            bound=self.found.ratio,
            least_lost_m=self.found.least_lost,
            limit=self.limit,
            pattern_bound=self.pattern_bound,
            provenance=self.solver or HEURISTIC,
            seconds=time.monotonic() - self.began,
            missing=self.missing,
            refused=self.problem.refused,
        )
        if not runs:
            return replace(plan, status=NONE)
        if plan.patterns <= self.pattern_bound.count and self.solver:
            return replace(plan, status=PROVEN)
        return replace(plan, status=PLANNED if self.over else STOPPED)
