# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Planning without a solver: one pattern after the other, each as full and as long as what is left allows.

After Haessler's sequential procedure: a pattern is taken when its trim loss is below an aspiration and it runs long; the longer
it can run, the fewer patterns. Several passes with other aspirations and orders of search; the best plan is kept. Nothing here
needs more than Python.
"""

import random

from .bound import waste_ratio
from .patterns import fits

NODES = 40_000  # of the search for a pattern, shared among the groups
FEWEST_NODES = 100
ASPIRATIONS = (0.0, 0.01, 0.02, 0.04, 0.08)
EPSILON = 1e-9


def plan_by_rule(model, seed=0, passes=30, should_stop=lambda: False):
    """Return the best plan of some passes as ``{pattern: units}``, None if no pass made all orders.

    >>> from .groups import make_model
    >>> from .items import Item, Winder, make_problem
    >>> items = [Item("a", 700, 90.0, 100.0, 110.0), Item("b", 600, 90.0, 100.0, 110.0)]
    >>> runs = plan_by_rule(make_model(make_problem(items, Winder(2000))))
    >>> sorted(runs)
    [((0, 2), (1, 1)), ((1, 3),)]
    """
    rng, best, best_key = random.Random(seed), None, None
    for turn in range(passes):
        if turn and should_stop():
            break
        runs = _Pass(model, rng, ASPIRATIONS[turn % len(ASPIRATIONS)], turn >= len(ASPIRATIONS)).run()
        if runs is None:
            continue
        key = (round(waste_ratio(model, runs), 4), len(runs))
        if best is None or key < best_key:
            best, best_key = runs, key
    return best


class _Pass:
    def __init__(self, model, rng, aspiration, shuffled):
        self.model, self.rng, self.aspiration, self.shuffled = model, rng, aspiration, shuffled
        self.done = [0.0] * len(model.groups)

    def run(self):
        groups, runs = self.model.groups, {}
        for _turn in range(20 * len(groups) + 20):
            open_groups = [g for g, group in enumerate(groups) if self.done[g] < group.least - EPSILON * max(group.least, 1)]
            if not open_groups:
                return runs
            chosen = self._choose(open_groups)
            if chosen is None:
                return None
            counts, units = chosen
            runs[counts] = runs.get(counts, 0) + units
            for g, share in self._shares(counts):
                self.done[g] += share * units
        return None

    def _shares(self, counts):
        """Quantity that one unit of a run adds to each group."""
        unit = self.model.unit_m(counts)
        return [(g, n if self.model.groups[g].whole else n * unit) for g, n in counts]

    def _room(self, g):
        return self.model.groups[g].most - self.done[g]

    def _choose(self, open_groups):
        """The pattern with the longest run among those within the aspiration, else the fullest."""
        groups = self.model.groups
        # Wide pieces first: they have the fewest partners.
        first = open_groups[0]
        if self.shuffled and len(open_groups) > 1:
            first = open_groups[min(int(self.rng.expovariate(0.7)), len(open_groups) - 1)]
        longest = max(self._room(g) / self.model.row_unit(g) for g in open_groups)
        found = []
        classes = [groups[first].reel_class] if groups[first].reel_class is not None else [None, *self.model.classes]
        for reel_class in classes:
            for part in (0.6, 0.25, 0.08, 0.0):
                counts = self._fill(first, reel_class, part * longest)
                if counts and fits(self.model, counts):
                    units = self._length(counts)
                    if units > EPSILON:
                        found.append((counts, units))
        if not found:
            return None
        web = self.model.web

        def rank(pair):
            counts, units = pair
            lost = 1 - self.model.used(counts) / web
            if lost <= self.aspiration + EPSILON:
                return (0, -units * self.model.unit_m(counts), lost)
            return (1, lost, -units * self.model.unit_m(counts))

        return min(found, key=rank)

    def _fill(self, first, reel_class, units):
        """Fill a web round a piece of the first group, all of whose pieces can run ``units``; the fullest that is found."""
        model = self.model
        pool = []
        for g in model.members(reel_class):
            group = model.groups[g]
            per_piece = 1 if group.whole else self._unit(reel_class) / model.row_unit(g)
            room = self._room(g) / model.row_unit(g)
            cap = min(group.cap, int(room / (max(units, EPSILON) * per_piece) + EPSILON)) if units else group.cap
            if group.whole or self._sets(reel_class):
                cap = min(cap, int(self._room(g) / (1 if group.whole else self._unit(reel_class)) + EPSILON))
            if room > EPSILON and cap > 0:
                pool.append((g, cap))
        if first not in {g for g, _cap in pool}:
            pool.append((first, 1))
        if self.shuffled:
            self.rng.shuffle(pool)
        pool.sort(key=lambda pair: (pair[0] != first, 0 if self.shuffled else pair[0]))
        self.best, self.best_used = None, -1
        self.nodes = max(FEWEST_NODES, min(1500, NODES // len(model.groups)))
        self._walk(pool, 0, (), model.trim, model.most_pieces, first)
        return self.best

    def _sets(self, reel_class):
        return any(self.model.groups[g].whole for g in self.model.members(reel_class))

    def _unit(self, reel_class):
        own = (group.reel_m for group in self.model.groups if group.whole and group.reel_class == reel_class)
        return next(own, self.model.scale)

    def _walk(self, pool, at, counts, room, pieces, first):
        self.nodes -= 1
        used = self.model.trim - room
        if counts and used > self.best_used:
            ordered = tuple(sorted(counts))
            if fits(self.model, ordered):
                self.best, self.best_used = ordered, used
        if self.best_used == self.model.trim or self.nodes < 0:
            return
        for index in range(at, len(pool)):
            g, cap = pool[index]
            width = self.model.groups[g].width
            for n in range(min(cap, room // width, pieces), 0, -1):
                self._walk(pool, index + 1, (*counts, (g, n)), room - n * width, pieces - n, first)
                if self.best_used == self.model.trim or self.nodes < 0:
                    return
            if not at:  # every pattern holds the first group
                return

    def _length(self, counts):
        """The longest run that ends an order and gives none too much."""
        model, shares = self.model, self._shares(counts)
        most = min(self._room(g) / share for g, share in shares)
        if model.is_whole(counts):
            most = int(most + EPSILON)
        needs = [(model.groups[g].least - self.done[g]) / share for g, share in shares]
        wants = [(model.groups[g].target - self.done[g]) / share for g, share in shares]
        ends = [need for need in needs if EPSILON < need <= most + EPSILON]
        if not ends:
            return most
        length = max(ends)
        nice = [want for want in wants if length <= want <= most]
        length = min(nice, default=length)
        if model.is_whole(counts):
            return min(int(length + 1 - EPSILON), most)
        return min(length, most)
