# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Do the work of some patterns of whole sets with one pattern less, exactly.

For chosen numbers of sets each width has few ways to be spread over the new patterns: a_1 s_1 + a_2 s_2 + … must be what is
wanted of it. A search over the widths, the ones with the fewest ways first, fills the patterns or shows that these numbers of
sets do not go. One or two new patterns are looked through completely, more of them by samples (after Diegel and Goulimis).
"""

import itertools

from .patterns import fits

NODES = 2500
SAMPLES = 160


def recombine(model, part, rest, count, rng, most_sets=None, samples=SAMPLES):
    """Return ``{pattern: sets}`` of ``count`` patterns that do the work of ``part``, None if none was found.

    :param part: ``{pattern: sets}`` of one class, whole sets
    :param rest: the other runs of the plan, ``{pattern: units}``
    :param most_sets: sets in all, those of ``part`` where not given
    :param rng: a ``random.Random`` that orders what is tried
    :param samples: how many numbers of sets are tried at most

    >>> import random
    >>> from .groups import make_model
    >>> from .items import Item, Winder, make_problem
    >>> items = [Item("a", 700, 4, 4, 4, reel_m=6000), Item("b", 600, 4, 4, 4, reel_m=6000)]
    >>> model = make_model(make_problem(items, Winder(2000)))
    >>> recombine(model, {((0, 2),): 2, ((1, 2),): 2}, {}, 1, random.Random(1), most_sets=4)
    {((0, 1), (1, 1)): 4}
    """
    return _Recombination(model, part, rest, count, rng, most_sets, samples).search()


class _Recombination:
    def __init__(self, model, part, rest, count, rng, most_sets, samples):
        self.model, self.count, self.rng, self.samples = model, count, rng, samples
        self.before = set(part)
        self.groups = sorted({g for counts in part for g, _n in counts})
        given = dict.fromkeys(self.groups, 0.0)
        for counts, units in rest.items():
            for g, share in model.coefficients(counts):
                if g in given:
                    given[g] += share * units * model.row_unit(g)
        self.reel_m = next(model.unit_m(counts) for counts in part)
        self.ranges = {g: self._range(g, given[g]) for g in self.groups}
        self.most_sets = sum(part.values()) if most_sets is None else most_sets
        area = sum(self.ranges[g][0] * model.groups[g].width for g in self.groups)
        self.least_sets = max(count, -(-area // model.trim))

    def _range(self, g, given):
        """Least and most pieces × sets that are still wanted of a group."""
        group = self.model.groups[g]
        unit = 1.0 if group.whole else self.reel_m
        return max(0, int(-(-(group.least - given - 1e-6) // unit))), int((group.most - given + 1e-6) // unit)

    def search(self):
        if any(low > high for low, high in self.ranges.values()):
            return None
        for sets in self._choices():
            found = self._fill(sets)
            if found is not None:
                return found
        return None

    def _choices(self):
        """Numbers of sets by pattern, falling; all of them where they are few, else a sample."""
        totals = range(int(self.least_sets), int(self.most_sets) + 1)
        if self.count <= 2:
            found = [sets for total in totals for sets in _partitions(total, self.count)]
            self.rng.shuffle(found)
            return found[: self.samples]
        found = set()
        for _try in range(self.samples):
            if not totals:
                break
            total = self.rng.choice(totals)
            # Uneven numbers leave room for long runs.
            cuts = sorted(self.rng.sample(range(1, total), self.count - 1)) if total > self.count else range(1, self.count)
            ends = [0, *cuts, total]
            found.add(tuple(sorted((b - a for a, b in itertools.pairwise(ends)), reverse=True)))
        return sorted(found, reverse=True)

    def _fill(self, sets):
        model = self.model
        ways = {}
        for g in self.groups:
            low, high = self.ranges[g]
            group = model.groups[g]
            ways[g] = [
                pieces for pieces in _spread(sets, low, high, group.cap) if max(pieces) * group.width <= model.trim
            ]
            if not ways[g]:
                return None
        order = sorted(self.groups, key=lambda g: (len(ways[g]), -model.groups[g].width))
        for g in order:
            self.rng.shuffle(ways[g])
        room, pieces = [model.trim] * len(sets), [model.most_pieces] * len(sets)
        chosen, budget = [], [NODES]

        def walk(at):
            if at == len(order):
                return True
            width = model.groups[order[at]].width
            for way in ways[order[at]]:
                budget[0] -= 1
                if budget[0] < 0:
                    return False
                if all(n * width <= left and n <= more for n, left, more in zip(way, room, pieces, strict=True)):
                    for j, n in enumerate(way):
                        room[j] -= n * width
                        pieces[j] -= n
                    chosen.append(way)
                    if walk(at + 1):
                        return True
                    chosen.pop()
                    for j, n in enumerate(way):
                        room[j] += n * width
                        pieces[j] += n
            return False

        if not walk(0):
            return None
        runs = {}
        for j, number in enumerate(sets):
            counts = tuple(sorted((g, way[j]) for g, way in zip(order, chosen, strict=True) if way[j]))
            if not counts:
                continue
            if not fits(model, counts) or model.unit_m(counts) != self.reel_m:
                return None
            runs[counts] = runs.get(counts, 0) + number
        return None if set(runs) == self.before else runs


def _partitions(total, count):
    """Whole numbers of at least one, falling, that sum up to a total."""
    if count == 1:
        yield (total,)
        return
    for first in range(total - count + 1, 0, -1):
        for others in _partitions(total - first, count - 1):
            if others[0] <= first:
                yield (first, *others)


def _spread(sets, low, high, cap):
    """All ways to lay pieces on patterns so that pieces × sets lies between low and high.

    >>> _spread((3, 2), 5, 6, 9)
    [(0, 3), (1, 1), (2, 0)]
    """
    found = []

    def walk(at, left_low, left_high, way):
        if at == len(sets) - 1:
            for n in range(max(0, -(-left_low // sets[at])), min(cap, left_high // sets[at]) + 1):
                found.append((*way, n))
            return
        for n in range(min(cap, left_high // sets[at]) + 1):
            walk(at + 1, left_low - n * sets[at], left_high - n * sets[at], (*way, n))

    walk(0, low, high, ())
    return found
