# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The least waste that any plan can have: column generation over all patterns, with a bound that holds when it is cut off.

Waste is what is not sold of the trim, as a share of the paper that is used. A plan within the orders' tolerances has a waste of
at least r when no lengths x of the patterns p make

    sum (trim (1 - r) - used_p) x_p  <  0      within   least_g <= sum a_gp x_p <= most_g,

so the ratio is found by a few linear programs (Dinkelbach). For any prices of the groups, the most valuable pattern gives an r
for which that sum is bounded from below: each round of the generation has a bound (Farley), the best one is kept.
"""

from dataclasses import dataclass, field

from . import lp
from .patterns import Pricer, fits

SHORTAGE = 50.0  # cost of what is missing of an order, in webs: any plan that makes it is cheaper
ACCURACY = 1e-9


@dataclass
class Bound:
    """What column generation found.

    :param ratio: no plan wastes less of the paper that it uses
    :param least_lost: no plan loses less, in metres of a full web; a plan that delivers more can lose more and still have a
        lower share
    :param closed: whether ``ratio`` is reached by run lengths that need not be whole
    :param runs: ``{pattern: units}`` of the best continuous plan
    :param missing: groups that cannot be made within the winder's limits, {index: quantity}
    """

    ratio: float = 0.0
    least_lost: float = 0.0
    closed: bool = False
    runs: dict = field(default_factory=dict)
    patterns: dict = field(default_factory=dict)
    missing: dict = field(default_factory=dict)


def fullest(model):
    """Return a bound from geometry alone: no set is fuller than the fullest, whatever is ordered.

    >>> from .groups import make_model
    >>> from .items import Item, Winder, make_problem
    >>> round(fullest(make_model(make_problem([Item("a", 700, 1, 1, 1)], Winder(2000)))), 9)
    0.3
    """
    best = 0
    for reel_class in (None, *model.classes):
        reach = {0: 0}  # width -> fewest pieces
        for g in model.members(reel_class):
            group = model.groups[g]
            for _copy in range(group.cap):
                for width, pieces in list(reach.items()):
                    width += group.width
                    if width <= model.trim and pieces < model.most_pieces and reach.get(width, lp.INFINITY) > pieces + 1:
                        reach[width] = pieces + 1
        best = max(best, *reach)
    return 1 - best / model.web


class Generation:
    """Column generation for a model. ``run`` may be stopped and its :class:`Bound` still holds."""

    def __init__(self, model):
        self.model = model
        self.pricer = Pricer(model)
        groups = model.groups
        self.rows = [(group.least / model.row_unit(g), group.most / model.row_unit(g)) for g, group in enumerate(groups)]
        self.program = lp.Program(self.rows)
        for g, (least, _most) in enumerate(self.rows):
            self.program.add(SHORTAGE * max(groups[g].unit_m / model.scale, 1.0), [(g, 1.0)], upper=max(least, 0.0))
        self.columns = {}
        self.found = Bound(ratio=0.0)
        self.ratio = 0.0
        # Metres of a full web that are used at least.
        self.least_web = sum(
            least * (group.unit_m / model.scale if group.whole else 1.0) * group.width / model.web
            for (least, _most), group in zip(self.rows, groups, strict=True)
        )

    def add(self, counts):
        """Offer a pattern to the program; return whether it is new."""
        if counts in self.columns:
            return False
        self.columns[counts] = self.program.add(self._cost(counts), self.model.coefficients(counts))
        return True

    def run(self, should_stop):
        """Generate columns until the bound is reached, or as long as ``should_stop()`` is false."""
        model = self.model
        for g, group in enumerate(model.groups):
            for n in range(group.cap, 0, -1):
                if fits(model, ((g, n),)):
                    self.add(((g, n),))
                    break
        while not should_stop():
            if not self._converge(should_stop):
                break
            values = self.program.values
            missing = {g: float(values[g]) * model.row_unit(g) for g in range(len(self.rows)) if values[g] > 1e-7}
            if missing:
                self.found.missing = missing
                break
            ratio = self._ratio(values)
            if not self.ratio:
                self.found.least_lost = max(self.program.objective, 0.0) * model.scale
            self._keep_runs(values)
            if self.ratio and ratio >= self.ratio - ACCURACY:
                self.found.ratio, self.found.closed = max(self.found.ratio, ratio - 2 * ACCURACY), True
                break
            if ratio <= ACCURACY:
                self.found.closed = True
                break
            self._set_ratio(ratio)
        self.found.patterns = self.columns
        return self.found

    def _converge(self, should_stop):
        """Add columns at one ratio until none is missing; False if stopped before."""
        while not should_stop():
            if not self.program.solve():
                return False
            prices = self.program.prices[: len(self.rows)]
            new = self._price(prices)
            if not new:
                return True
        return False

    def _price(self, prices):
        model, new, richest = self.model, 0, 0.0
        for reel_class in (None, *model.classes):
            members = model.members(reel_class)
            unit = next((model.groups[g].reel_m for g in members if model.groups[g].whole), model.scale) / model.scale
            values = [0.0] * len(model.groups)
            for g in members:
                group = model.groups[g]
                values[g] = group.width / model.web * unit + prices[g] * (1.0 if group.whole else unit)
            for rank, (value, counts) in enumerate(self.pricer.best(values, reel_class, several=4)):
                if not rank:
                    richest = max(richest, value / unit)
                if value / unit > 1 - self.ratio + ACCURACY:
                    new += self.add(counts)
        self._keep_bound(prices, richest)
        return new

    def _keep_bound(self, prices, richest):
        """Farley's bound: at this ratio every pattern's reduced cost is positive, so the prices are a dual solution."""
        ratio = 1 - richest
        dual = sum(
            (least if price > 0 else most) * price for (least, most), price in zip(self.rows, prices, strict=True) if price
        )
        if dual < 0:
            ratio += dual / self.least_web if self.least_web else -1.0
        self.found.ratio = max(self.found.ratio, ratio - ACCURACY)

    def _set_ratio(self, ratio):
        self.ratio = ratio
        shortages = [SHORTAGE * max(group.unit_m / self.model.scale, 1.0) for group in self.model.groups]
        self.program.set_costs(shortages + [self._cost(counts) for counts in self.columns])

    def _cost(self, counts):
        model = self.model
        return ((1 - self.ratio) - model.used(counts) / model.web) * model.unit_m(counts) / model.scale

    def _ratio(self, values):
        return waste_ratio(self.model, {counts: values[column] for counts, column in self.columns.items()})

    def _keep_runs(self, values):
        self.found.runs = {counts: values[column] for counts, column in self.columns.items() if values[column] > 1e-9}


def waste_ratio(model, runs):
    """Return what the runs (``{pattern: units}``) do not sell of the trim that they use.

    >>> from .groups import make_model
    >>> from .items import Item, Winder, make_problem
    >>> round(waste_ratio(make_model(make_problem([Item("a", 700, 1, 1, 1)], Winder(2000))), {((0, 2),): 1.0}), 9)
    0.3
    """
    web = sum(units * model.unit_m(counts) for counts, units in runs.items())
    sold = sum(units * model.unit_m(counts) * model.used(counts) for counts, units in runs.items())
    return 1 - sold / (web * model.web) if web else 0.0
