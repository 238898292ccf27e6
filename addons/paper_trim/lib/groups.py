# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Items that the winder cannot tell apart are planned as one group; what a group gets is handed back to its items.

Orders of one width, class and position share their tolerance while the patterns are sought: the more lines a width has, the
more room there is. Afterwards each line gets a share that lies within its own tolerance.
"""

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import reduce

from .items import ANY, END

TENTHS = 10  # widths are planned in tenths of a millimetre where they are no whole millimetres


@dataclass(frozen=True)
class Group:
    """Items of one width, class, position.

    :param width: in units of the model, rounded up
    :param least, target, most: sums of the items', metres or reels
    :param cap: most pieces beside each other, by the items' own limit, the trim and the knives
    """

    width: int
    width_mm: float
    least: float
    target: float
    most: float
    reel_class: object
    reel_m: float
    position: str
    cap: int
    keys: tuple
    due: tuple

    @property
    def whole(self):
        """Whether the group is counted in whole reels."""
        return self.reel_m > 0

    @property
    def unit_m(self):
        """Run metres of one unit of quantity."""
        return self.reel_m or 1.0


@dataclass(frozen=True)
class Model:
    """A problem as numbers: groups by falling width, the trim in the same whole units.

    :param trim: the trim in whole units, for what fits; ``web`` is its full width, for what is lost
    :param classes: the reel classes that occur, None not among them
    :param scale: metres that count as one in the linear programs, so that their numbers are near one
    """

    groups: tuple
    trim: int
    web: float
    trim_min: int
    most_pieces: int
    classes: tuple
    scale: float
    unit_mm: float

    def members(self, reel_class):
        """Return the indexes of the groups that may run in a set of a class; None: those that go to the sheeter."""
        return [i for i, group in enumerate(self.groups) if group.reel_class in (None, reel_class)]

    def used(self, counts):
        """Return the width of a pattern's pieces in units."""
        return sum(self.groups[g].width * n for g, n in counts)

    def unit_m(self, counts):
        """Return the metres of one unit of a pattern's run: of a set where it holds whole reels, else ``scale``."""
        return next((self.groups[g].reel_m for g, _n in counts if self.groups[g].whole), self.scale)

    def is_whole(self, counts):
        """Whether a pattern is run in whole sets."""
        return any(self.groups[g].whole for g, _n in counts)

    def class_of(self, counts):
        """Return the reel class of a pattern, None if all of it goes to the sheeter."""
        return next((self.groups[g].reel_class for g, _n in counts if self.groups[g].reel_class is not None), None)

    def row_unit(self, g):
        """Return how much of a group's quantity counts as one in the linear programs."""
        return 1.0 if self.groups[g].whole else self.scale

    def coefficients(self, counts):
        """Return (group, share) pairs: what one unit of the run adds to each group's row."""
        unit = self.unit_m(counts) / self.scale
        return [(g, float(n) if self.groups[g].whole else n * unit) for g, n in counts]

    def longest(self, counts):
        """Return the most units that a pattern can run before one of its groups has too much."""
        return min(self.groups[g].most / self.row_unit(g) / share for g, share in self.coefficients(counts))


def make_model(problem):
    """Return the :class:`Model` of a :class:`~.items.Problem`.

    >>> from .items import Item, Winder, make_problem
    >>> items = [Item("a", 500, 90, 100, 110), Item("b", 500, 40, 50, 60), Item("c", 1220.5, 10, 10, 10)]
    >>> model = make_model(make_problem(items, Winder(2540)))
    >>> [(group.width_mm, group.least, group.most, group.cap, group.keys) for group in model.groups], model.trim
    ([(1220.5, 10, 10, 2, ('c',)), (500, 130, 170, 5, ('a', 'b'))], 5080)
    """
    winder = problem.winder
    exact = all(float(item.width_mm).is_integer() for item in problem.items)
    tenths = 1 if exact else TENTHS
    widths = {item.key: math.ceil(item.width_mm * tenths - 1e-6) for item in problem.items}
    divisor = reduce(math.gcd, widths.values(), 0) or 1
    trim = math.floor(winder.trim_mm * tenths + 1e-6) // divisor
    trim_min = -(-math.ceil(winder.trim_min_mm * tenths - 1e-6) // divisor)
    narrowest = min(widths.values(), default=divisor) // divisor
    pieces = trim // narrowest
    if winder.most_pieces is not None:
        pieces = min(pieces, winder.most_pieces)
    together = defaultdict(list)
    for item in problem.items:
        own = item.key if item.max_ups is not None else None
        together[widths[item.key] // divisor, item.reel_class, item.reel_m, item.position, own].append(item)
    groups = [_group(key, items, trim, pieces) for key, items in together.items()]
    groups.sort(key=lambda group: (-group.width, str(group.reel_class), group.position, group.keys))
    classes = tuple(dict.fromkeys(group.reel_class for group in groups if group.reel_class is not None))
    metres = [group.most * group.unit_m for group in groups]
    scale = sum(metres) / len(metres) if metres else 1.0
    web = winder.trim_mm * tenths / divisor
    return Model(tuple(groups), trim, web, trim_min, pieces, classes, scale, divisor / tenths)


def _group(key, items, trim, pieces):
    width, reel_class, reel_m, position, _own = key
    items = sorted(items, key=lambda item: (_due(item), item.key))
    cap = min(trim // width, pieces, *(item.max_ups for item in items if item.max_ups is not None), trim)
    if position != ANY:
        cap = min(cap, 2 if position == END else pieces - 2)
    least, target, most = (sum(getattr(item, name) for item in items) for name in ("least", "target", "most"))
    if reel_m:
        least, most = sum(math.ceil(i.least) for i in items), sum(math.floor(i.most) for i in items)
    return Group(
        width=width,
        width_mm=items[0].width_mm,
        least=least,
        target=target,
        most=most,
        reel_class=reel_class,
        reel_m=reel_m,
        position=position,
        cap=cap,
        keys=tuple(item.key for item in items),
        due=min(_due(item) for item in items),
    )


def _due(item):
    return (item.due is None, item.due if item.due is not None else 0)


def share(quantity, items, whole):
    """Return what each item gets of a group's quantity, within its own tolerance and as near to what was wanted.

    >>> from .items import Item
    >>> share(160, [Item("a", 500, 90, 100, 110), Item("b", 500, 40, 50, 60)], whole=False)
    {'a': 105.0, 'b': 55.0}
    >>> share(8, [Item("a", 500, 2, 3, 4, reel_m=1), Item("b", 500, 4, 4, 5, reel_m=1)], whole=True)
    {'a': 4, 'b': 4}
    """
    wanted = sum(item.target for item in items)
    ends = [item.most if quantity >= wanted else item.least for item in items]
    room = sum(end - item.target for end, item in zip(ends, items, strict=True))
    part = min(1.0, (quantity - wanted) / room) if room else 0.0
    given = {item.key: item.target + part * (end - item.target) for end, item in zip(ends, items, strict=True)}
    if not whole:
        return given
    found = {key: math.floor(value + 1e-9) for key, value in given.items()}
    left = round(quantity) - sum(found.values())
    limits = {item.key: math.floor(item.most) for item in items}
    for key in sorted(given, key=lambda key: (found[key] - given[key], key)):
        if left > 0 and found[key] < limits[key]:
            found[key] += 1
            left -= 1
    return found
