# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whole sets of reels: what a linear program cuts in part is rounded step by step, and the rest planned anew.

Whole parts of the run lengths are taken; then the largest fraction is rounded up, and columns are generated for what is left,
which holds the plan close to the bound of the continuous one.

>>> from .groups import make_model
>>> from .items import Item, Winder, make_problem
>>> items = [Item("a", 700, 4, 4, 4, reel_m=6000), Item("b", 600, 5, 5, 5, reel_m=6000)]
>>> model = make_model(make_problem(items, Winder(2000)))
>>> sum(Diving(model, []).dive().values()) if lp.highspy else 3
3
"""

import random

from . import lp
from .bound import SHORTAGE
from .fewest import least_waste
from .patterns import Pricer

STEPS = 400
PRICINGS = 12


class Diving:
    """Plans of whole sets for a model.

    :param patterns: those to begin with; what is generated on the way is added to ``pool``
    """

    def __init__(self, model, patterns, seed=0, should_stop=lambda: False):
        self.model, self.should_stop = model, should_stop
        self.pool = dict.fromkeys(patterns)
        self.pricer = Pricer(model)
        self.rng = random.Random(seed)

    def dive(self, shuffled=False):
        """Return ``{pattern: units}``, whole where reels are; None if the orders were not met or it was stopped."""
        groups = self.model.groups
        least = [group.least / self.model.row_unit(g) for g, group in enumerate(groups)]
        most = [group.most / self.model.row_unit(g) for g, group in enumerate(groups)]
        sets = {}
        for _step in range(STEPS):
            if self.should_stop():
                return None
            if not any(least[g] > 1e-9 for g, group in enumerate(groups) if group.whole):
                break
            values = self._relaxed(least, most)
            if not values:
                return None
            parts = {c: int(v + 1e-6) for c, v in values.items() if self.model.is_whole(c) and v >= 1 - 1e-6}
            if not parts or shuffled:
                parts = parts or self._one(values, most, shuffled)
                if shuffled and len(parts) > 1:
                    chosen = self.rng.choice(sorted(parts))
                    parts = {chosen: parts[chosen]}
            if not parts:
                return None
            taken = False
            for counts, count in parts.items():
                count = min(count, self._room(counts, most))
                if count < 1:
                    continue
                taken = True
                sets[counts] = sets.get(counts, 0) + count
                for g, share in self.model.coefficients(counts):
                    least[g] -= share * count
                    most[g] -= share * count
            if not taken:
                return None
        return self._with_sheets(sets, least, most)

    def _room(self, counts, most):
        return int(min(most[g] / share for g, share in self.model.coefficients(counts)) + 1e-9)

    def _one(self, values, most, shuffled):
        """One set of the pattern that the linear program runs most of, of the fullest among equals."""
        ranked = sorted(
            (c for c in values if self.model.is_whole(c) and self._room(c, most) >= 1),
            key=lambda c: (-round(values[c], 3) - (0.3 * self.rng.random() if shuffled else 0.0), -self.model.used(c), c),
        )
        return {c: 1 for c in ranked[:1]}

    def _relaxed(self, least, most):
        """The linear program of what is left, with new columns that fit it: ``{pattern: units}``."""
        model = self.model
        rows = [(max(low, 0.0), max(high, 0.0)) for low, high in zip(least, most, strict=True)]
        program = lp.Program(rows)
        for g, (low, _high) in enumerate(rows):
            program.add(SHORTAGE * max(model.groups[g].unit_m / model.scale, 1.0), [(g, 1.0)], upper=low)
        columns = {}

        def add(counts):
            if counts in columns or (model.is_whole(counts) and self._room(counts, most) < 1):
                return False
            unit = model.unit_m(counts) / model.scale
            columns[counts] = program.add((1 - model.used(counts) / model.web) * unit, model.coefficients(counts))
            self.pool[counts] = None
            return True

        for counts in list(self.pool):
            add(counts)
        for _turn in range(PRICINGS):
            if not program.solve():
                return None
            if not self._price(program.prices, most, add):
                break
        values = program.values
        return {c: values[at] for c, at in columns.items() if values[at] > 1e-7}

    def _price(self, prices, most, add):
        model, new = self.model, 0
        for reel_class in (None, *model.classes):
            members = model.members(reel_class)
            unit_m = next((model.groups[g].reel_m for g in members if model.groups[g].whole), model.scale)
            unit = unit_m / model.scale
            values, caps = [0.0] * len(model.groups), [0] * len(model.groups)
            for g in members:
                group = model.groups[g]
                values[g] = group.width / model.web * unit + prices[g] * (1.0 if group.whole else unit)
                room = most[g] / (1.0 if group.whole else unit) if unit_m != model.scale or group.whole else group.cap
                caps[g] = max(min(group.cap, int(room + 1e-9)), 0)
            for value, counts in self.pricer.best(values, reel_class, caps, several=3, exact=False):
                if value > unit + 1e-9:
                    new += add(counts)
        return new

    def _with_sheets(self, sets, least, most):
        """The run lengths of what has no reels, beside the sets."""
        groups, model = self.model.groups, self.model
        if not any(low > 1e-9 for low in least):
            return sets
        if any(low > 1e-9 and groups[g].whole for g, low in enumerate(least)):
            return None
        values = self._relaxed(least, most)
        if values is None or any(model.is_whole(c) for c in values):
            values = least_waste(model, [*sets, *(c for c in self.pool if not model.is_whole(c))], should_stop=self.should_stop)
            return values
        runs = dict(sets)
        for counts, units in values.items():
            runs[counts] = runs.get(counts, 0.0) + units
        return runs if self._complete(runs) else None

    def _complete(self, runs):
        total = [0.0] * len(self.model.groups)
        for counts, units in runs.items():
            for g, share in self.model.coefficients(counts):
                total[g] += share * units * self.model.row_unit(g)
        return all(
            group.least - 1e-6 * max(group.least, 1) <= got <= group.most + 1e-6 * max(group.most, 1)
            for got, group in zip(total, self.model.groups, strict=True)
        )
