# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The second pass: as few patterns as possible while the waste stays under a limit.

A pattern costs the same however long it runs, so the cost is concave. A linear program whose costs are set anew to 1 / (run so
far) drives short runs out (reweighting); from many random starts the plan with the fewest patterns is kept. Then parts of it are
taken out and a small mixed-integer program looks for one pattern less to do their work (large neighbourhoods).
"""

import random

from . import lp
from .bound import waste_ratio
from .combine import recombine

ZERO = 1e-7
SHORT = 1e-6  # of a run that is none
ACCURACY = 1e-9
MOST_COLUMNS = 3000
STEPS = 15
SETTLED = 4
PART_COLUMNS = 350
SECONDS = 10.0  # of a small program, should its nodes take long
NODES = 400
WHOLE_NODES = 20_000  # of a program that chooses whole sets
SIZES = (2, 3, 3, 3, 4, 4, 5)  # of the parts that are recombined
SIDEWAYS = 12


class Fewest:
    """Search for the fewest patterns.

    :param patterns: those to choose from
    :param limit: most waste, a ratio of the paper used
    :param runs: a plan to begin with, ``{pattern: units}``, within the limit
    :param on_better: called with each better plan
    :param seconds: most seconds of each small program; its nodes end it before, unless they take long
    """

    def __init__(self, model, patterns, limit, runs, seed=0, should_stop=lambda: False, on_better=None, seconds=SECONDS):
        self.model, self.limit, self.should_stop, self.seconds = model, limit, should_stop, seconds
        self.on_better = on_better or (lambda runs: None)
        self.rng = random.Random(seed)
        self.best = dict(runs)
        self.longest = self._longest([*patterns, *runs])
        # Long runs first: a pattern that can run only a little cannot replace others.
        ranked = sorted(self.longest, key=lambda counts: (-self.longest[counts] * model.unit_m(counts), counts))
        keep = dict.fromkeys(runs) | dict.fromkeys(ranked[:MOST_COLUMNS])
        self.columns = list(keep)
        self.rows = [(group.least / model.row_unit(g), group.most / model.row_unit(g)) for g, group in enumerate(model.groups)]
        self.has_whole = any(group.whole for group in model.groups)
        self.program = None
        self.supports = []

    def _longest(self, patterns):
        """The most units of each pattern, by the orders and by the waste that the whole plan may have."""
        model = self.model
        sold = sum(group.most * group.unit_m * group.width / model.web for group in model.groups)
        budget = sold * self.limit / (1 - self.limit) if self.limit < 1 else lp.INFINITY
        found = {}
        for counts in patterns:
            lost = 1 - model.used(counts) / model.web
            units = model.longest(counts)
            if lost > 1e-12:
                units = min(units, budget / (lost * model.unit_m(counts)))
            if units > 1e-9 and not (model.is_whole(counts) and units < 1):
                found[counts] = units
        return found

    def _entries(self, counts):
        """A pattern's column: the groups' rows and the row of the waste, which must not be above 0."""
        model = self.model
        unit = model.unit_m(counts) / model.scale
        over = (1 - self.limit - model.used(counts) / model.web) * unit
        return [*model.coefficients(counts), (len(self.rows), over)]

    def _program(self, columns):
        program = lp.Program([*self.rows, (-lp.INFINITY, 1e-9)])
        for counts in columns:
            program.add(0.0, self._entries(counts))
        return program

    def search(self, rounds, floor=1):
        """Reweight from random starts until ``floor`` patterns are reached or the rounds are over."""
        if self.program is None:
            self.program = self._program(self.columns)
        model = self.model
        reach = [self.longest.get(counts, 1.0) for counts in self.columns]
        for turn in range(rounds):
            if self.should_stop() or len(self.best) <= floor:
                return
            costs = self._start(turn, reach)
            before = None
            for step in range(STEPS):
                self.program.set_costs(costs)
                if self.should_stop() or not self.program.solve():
                    return
                values = self.program.values
                count = int((values > ZERO).sum())
                if step > SETTLED and count == before:
                    break
                before = count
                metres = [value * model.unit_m(c) for value, c in zip(values, self.columns, strict=True)]
                small = 0.02 * sum(metres) / max(count, 1)
                costs = [small / (value + small) for value in metres]
            self._take([c for c, value in zip(self.columns, values, strict=True) if value > ZERO])

    def _start(self, turn, reach):
        if turn % 2 == 0 or len(self.best) < 3:
            return [(self.rng.random() ** 0.5 if turn else 1.0) / units for units in reach]
        # Near the best plan: most of its patterns stay cheap.
        cheap = {counts for counts in self.best if self.rng.random() < 0.75}
        return [
            (0.05 if counts in cheap else 0.3 + self.rng.random()) / units
            for counts, units in zip(self.columns, reach, strict=True)
        ]

    def _take(self, support):
        if not self.has_whole:
            if len(support) < len(self.best):
                self._settle(support)
            return
        self.supports.append(tuple(support))
        if len(self.supports) >= 12:
            self.supports.sort(key=len)
            union = dict.fromkeys(c for one in self.supports[:8] for c in one)
            self.supports.clear()
            self.combine(list(union), fixed=())

    def _settle(self, support):
        """Choose run lengths of the least waste for a few patterns, and keep them if they are fewer than the best."""
        runs = least_waste(self.model, support, self.limit)
        if runs is not None and len(runs) < len(self.best) and waste_ratio(self.model, runs) <= self.limit + 1e-9:
            self.best = runs
            self.on_better(runs)

    def combine(self, columns, fixed, most=None, nodes=NODES):
        """Find the fewest of ``columns`` beside ``fixed`` patterns that stay; return (better, proven).

        :param most: at most so many of the columns; one less than the best plan needs, where not given
        """
        model = self.model
        most = len(self.best) - len(fixed) - 1 if most is None else most
        columns = [c for c in dict.fromkeys(columns) if c in self.longest and c not in fixed]
        if most < 0:
            return False, True
        size = len(self.rows)
        rows = [*self.rows, (-lp.INFINITY, 1e-9), (-lp.INFINITY, float(most))]
        rows += [(-lp.INFINITY, 0.0)] * len(columns)
        program = lp.Program(rows)
        for at, counts in enumerate(columns):
            program.add(0.0, [*self._entries(counts), (size + 2 + at, 1.0)], whole=model.is_whole(counts))
        for counts in fixed:
            program.add(0.0, self._entries(counts), whole=model.is_whole(counts))
        for at, counts in enumerate(columns):
            units = self.longest[counts]
            if model.is_whole(counts):
                units = float(int(units + 1e-9))
            program.add(1.0, [(size + 1, 1.0), (size + 2 + at, -units)], upper=1.0, whole=True)
        found, proven, _bound = program.solve_whole(self.seconds, self.should_stop, nodes=nodes)
        if not found:
            return False, proven
        values = program.values
        support = [c for c, value in zip([*columns, *fixed], values, strict=False) if value > ZERO]
        before = len(self.best)
        if self.has_whole:
            runs = {c: round(v) if model.is_whole(c) else v for c, v in zip([*columns, *fixed], values, strict=False) if v > ZERO}
            if len(runs) < before:
                self.best = least_waste(model, list(runs), self.limit, self.seconds, runs, self.should_stop, NODES) or runs
                self.on_better(self.best)
        else:
            self._settle(support)
        return len(self.best) < before, proven

    def improve(self, rounds, floor=1):
        """Take related patterns out of the best plan and look for one less to do their work."""
        model, tried = self.model, set()
        by_group = {}
        for counts in self.columns:
            by_group.setdefault(tuple(g for g, _n in counts), []).append(counts)
        size, failures = 3, 0
        for _turn in range(rounds):
            if self.should_stop() or len(self.best) <= floor:
                return
            plan = sorted(self.best)
            size = min(size, len(plan))
            part = self._part(plan, size)
            if part in tried:
                failures += 1
            else:
                tried.add(part)
                allowed = {g for counts in part for g, _n in counts}
                columns = [c for groups, found in by_group.items() if allowed.issuperset(groups) for c in found]
                columns.sort(key=lambda c: (-self.longest[c] * model.unit_m(c) * model.used(c), c))
                fixed = tuple(c for c in plan if c not in part)
                better, _proven = self.combine(columns[:PART_COLUMNS], fixed)
                failures = 0 if better else failures + 1
                size = 3 if better else size
            if failures > 2 * len(plan):
                size, failures = size + 1, 0
                if size > 8:
                    return

    def recombine(self, rounds, floor=1):
        """Replace patterns of whole sets by one less, and where none goes, by other ones of uneven runs to go on from."""
        model, plan, idle = self.model, dict(self.best), 0
        tried = set()
        for _turn in range(rounds):
            if self.should_stop() or len(self.best) <= floor:
                return
            sets = sorted(c for c in plan if model.is_whole(c))
            classes = [[c for c in sets if model.class_of(c) == each] for each in model.classes]
            classes = [found for found in classes if len(found) > 1]
            if not classes:
                return
            pool = self.rng.choice(classes)
            size = min(self.rng.choice(SIZES), len(pool))
            part = {c: int(plan[c]) for c in self._near(pool, plan, size)}
            key = tuple(sorted(part.items()))
            rest = {c: units for c, units in plan.items() if c not in part}
            found = None
            if key not in tried:
                tried.add(key)
                found = recombine(model, part, rest, size - 1, self.rng)
                idle += 1
            if found is None:
                part = {c: part[c] for c in list(part)[: min(size, 3)]}
                rest = {c: units for c, units in plan.items() if c not in part}
                found = recombine(model, part, rest, len(part), self.rng, samples=SIDEWAYS)
                if found is not None and self.rng.random() > 0.1 and _unevenness(found) < _unevenness(part):
                    found = None
            if found is None:
                continue
            offer = dict(rest)
            for c, number in found.items():
                offer[c] = offer.get(c, 0) + number
            if waste_ratio(model, offer) > self.limit + 1e-9:
                continue
            plan = offer
            if len(plan) < len(self.best):
                self.best, idle = dict(plan), 0
                self.on_better(self.best)
            elif idle > 600:
                plan, idle = dict(self.best), 0

    def _near(self, pool, plan, size):
        first = self.rng.choices(pool, [1 / (plan[c] + 1) for c in pool])[0]
        groups = {g for g, _n in first}
        others = sorted((c for c in pool if c != first), key=lambda c: -len(groups & {g for g, _n in c}) + 3 * self.rng.random())
        return [first, *others[: size - 1]]

    def _part(self, plan, size):
        """A pattern, preferably of a short run, and those that share most groups with it."""
        model = self.model
        weights = [1 / (self.best[c] * model.unit_m(c) / model.scale + 0.05) for c in plan]
        first = self.rng.choices(plan, weights)[0]
        groups = {g for g, _n in first}
        near = sorted((c for c in plan if c != first), key=lambda c: -len(groups & {g for g, _n in c}) + 1.5 * self.rng.random())
        return tuple(sorted([first, *near[: size - 1]]))


def exactly(model, runs):
    """Return the runs with lengths that keep to every order's limits as near as an order is measured.

    The programs may be off by a millionth of the longest order, which is centimetres of a short one. Whole sets stay as they are.

    >>> from .groups import make_model
    >>> from .items import Item, Winder, make_problem
    >>> model = make_model(make_problem([Item("a", 700, 90.0, 100.0, 110.0)], Winder(2000)))
    >>> runs = exactly(model, {((0, 2),): 44.999999 / model.scale}) if lp.highspy else {((0, 2),): 45 / model.scale}
    >>> round(2 * runs[((0, 2),)] * model.scale, 7) >= 90
    True
    """
    left = [[group.least / model.row_unit(g), group.most / model.row_unit(g)] for g, group in enumerate(model.groups)]
    free = [counts for counts in runs if not model.is_whole(counts)]
    for counts, units in runs.items():
        if model.is_whole(counts):
            for g, part in model.coefficients(counts):
                left[g] = [value - part * units for value in left[g]]
    ratio = waste_ratio(model, runs)
    program = lp.Program(left, accuracy=ACCURACY)
    for counts in free:
        lost = (1 - ratio - model.used(counts) / model.web) * model.unit_m(counts) / model.scale
        program.add(lost, model.coefficients(counts))
    if not free or not program.solve():
        return runs
    found = {c: units for c, units in runs.items() if model.is_whole(c)}
    found |= {c: float(value) for c, value in zip(free, program.values, strict=True) if value > 0}
    longer = {c: units for c, units in found.items() if model.is_whole(c) or units > SHORT}
    if len(longer) == len(found):
        return found
    exact = exactly(model, longer)
    return found if exact is longer else exact


def _unevenness(runs):
    return sum(number * number for number in runs.values())


def least_waste(model, patterns, limit=1.0, seconds=SECONDS, start=None, should_stop=lambda: False, nodes=WHOLE_NODES, ratio=0.0):
    """Return run units of the least wasted area that make all orders from some patterns, None if none can.

    :param limit: most waste as a ratio
    :param start: a plan to begin with, where sets are whole
    :param nodes: most nodes of the search, where sets are whole
    :param ratio: waste that paper may have for nothing: who delivers more may waste more and still have a lower share, so the
        least area beyond the share of a plan has a lower share than that plan, if there is one

    >>> from .groups import make_model
    >>> from .items import Item, Winder, make_problem
    >>> items = [Item("a", 700, 90.0, 100.0, 110.0), Item("b", 600, 90.0, 100.0, 110.0)]
    >>> model = make_model(make_problem(items, Winder(2000)))
    >>> runs = least_waste(model, [((0, 2), (1, 1)), ((1, 3),)]) if lp.highspy else {((0, 2), (1, 1)): 0.5}
    >>> round(runs[((0, 2), (1, 1))] * model.scale)
    55
    """
    rows = [(group.least / model.row_unit(g), group.most / model.row_unit(g)) for g, group in enumerate(model.groups)]
    program = lp.Program([*rows, (-lp.INFINITY, 1e-9)])
    whole = False
    for counts in patterns:
        unit, full = model.unit_m(counts) / model.scale, model.used(counts) / model.web
        over = (len(rows), (1 - limit - full) * unit)
        program.add((1 - ratio - full) * unit, [*model.coefficients(counts), over], whole=model.is_whole(counts))
        whole |= model.is_whole(counts)
    if whole:
        values = None if start is None else [float(start.get(counts, 0.0)) for counts in patterns]
        found, _proven, _bound = program.solve_whole(seconds, should_stop, values, nodes)
        if not found:
            return None
        return {
            c: round(v) if model.is_whole(c) else float(v)
            for c, v in zip(patterns, program.values, strict=True)
            if v > (0.5 if model.is_whole(c) else ZERO)
        }
    if not program.solve():
        return None
    return {c: float(v) for c, v in zip(patterns, program.values, strict=True) if v > ZERO}
