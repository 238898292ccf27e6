# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reels in stock first: what can be rewound need not be made.

A stock reel is a small web of its own. It is taken where the paper that it saves is worth more than rewinding it and what is lost
of it; each reel gets the pattern of the highest value for what is still wanted, the reels with the best result first.
"""

import heapq
import time
from dataclasses import dataclass, replace

from .groups import make_model
from .items import Problem, Winder, make_problem
from .patterns import fits
from .plan import Run, make_runs

WHOLE_REEL = 0.999


@dataclass(frozen=True)
class Rewound:
    """A stock reel and what is cut from it.

    :param run: its pieces over its length
    :param saved: worth of the new paper that need not be made, rewinding and loss taken off
    :param waste: what is lost of it, a ratio
    """

    key: str
    run: Run
    saved: float
    waste: float


@dataclass(frozen=True)
class StockPlan:
    """The stock reels that are used, and the problem that is left for new paper."""

    rewound: tuple
    rest: Problem
    left_over: tuple


def plan_stock(problem, reels, value=1.0, scrap=0.2, knives=None, seconds=15.0):
    """Return the :class:`StockPlan` of a problem and its :class:`~.items.StockReel` list.

    :param value: worth of 1,000 m² of new paper, in the unit of the reels' cost
    :param scrap: share of its value that lost paper still has
    :param knives: of the rewinder

    >>> from .items import Item, StockReel
    >>> problem = make_problem([Item("a", 600, 9000.0, 10000.0, 11000.0), Item("b", 900, 500.0, 500.0, 500.0)], Winder(2540))
    >>> found = plan_stock(problem, [StockReel("r1", 1250, 3000, cost=0.5), StockReel("r2", 1250, 3000, cost=9.0)])
    >>> [(rewound.key, rewound.run.widths, round(rewound.waste, 3)) for rewound in found.rewound], found.left_over
    ([('r1', (600, 600), 0.04)], ('r2',))
    >>> [(item.key, item.least, item.most) for item in found.rest.items]
    [('a', 3000.0, 5000.0), ('b', 500.0, 500.0)]
    """
    ends = time.monotonic() + seconds
    rest, rewound, left_over = problem, [], []
    # What a reel can save only falls while orders are served, so a value of before is a bound: most are never computed again.
    queue = [(-reel.width_mm * reel.metres * value / 1e6, reel.cost, reel.key, -1, reel, None) for reel in reels]
    heapq.heapify(queue)
    while queue:
        _saved, _cost, key, seen, reel, found = heapq.heappop(queue)
        if time.monotonic() > ends:
            left_over.append(key)
        elif seen == len(rewound):
            saved, run, waste = found
            rewound.append(Rewound(key, run, saved, waste))
            rest = less(rest, run)
        else:
            found = _best(rest, reel, value, scrap, knives)
            if found is None:
                left_over.append(key)
            else:
                heapq.heappush(queue, (-found[0], reel.cost, key, len(rewound), reel, found))
    return StockPlan(tuple(rewound), rest, tuple(sorted(left_over)))


def _best(problem, reel, value, scrap, knives):
    """The most valuable pattern for a whole stock reel: (saved, run, waste), None if none is worth it."""
    items = [
        _for_reel(item, reel)
        for item in problem.items
        if item.width_mm <= reel.width_mm and _most_ups(item, reel) >= 1
    ]
    if not items:
        return None
    own = make_problem(items, Winder(reel.width_mm, knives=knives, pitch_mm=problem.winder.pitch_mm))
    if not own.items:
        return None
    model = make_model(own)
    counts = _fullest(model, [_cap(group, own, reel) for group in model.groups])
    if not counts:
        return None
    used = model.used(counts) * model.unit_mm
    area = reel.metres / 1e6  # 1,000 m² for each millimetre
    saved = used * area * value - (reel.width_mm - used) * area * value * (1 - scrap) - reel.cost
    if saved <= 0:
        return None
    units = round(reel.metres / model.unit_m(counts)) if model.is_whole(counts) else reel.metres / model.unit_m(counts)
    run = _given(own, model, counts, units, reel)
    return saved, run, 1 - used / reel.width_mm


def _most_ups(item, reel):
    """How often an item can be cut beside itself over the whole reel without getting too much."""
    if item.whole:
        sets = round(reel.metres / item.reel_m)
        if not sets or abs(reel.metres / item.reel_m - sets) > 1 - WHOLE_REEL:
            return 0
        return int(item.most // sets)
    return int(item.most / reel.metres + 1e-9)


def _for_reel(item, reel):
    return replace(item, least=0 if item.whole else 0.0, target=0 if item.whole else 0.0)


def _cap(group, problem, reel):
    return min(group.cap, sum(_most_ups(problem.item(key), reel) for key in group.keys))


def _fullest(model, caps):
    """The fullest pattern by pieces within ``caps``: an exact search over the widths that can be reached."""
    best = ()
    for reel_class in (None, *model.classes):
        reach = {0: ()}
        for g in model.members(reel_class):
            width = model.groups[g].width
            for _copy in range(min(caps[g], model.trim // width)):
                new = {}
                for used, counts in reach.items():
                    total = used + width
                    if total <= model.trim and total not in reach and len(counts) < model.most_pieces:
                        new[total] = (*counts, g)
                if not new:
                    break
                reach |= new
        for used in sorted(reach, reverse=True):
            counts = tuple((g, reach[used].count(g)) for g in sorted(set(reach[used])))
            if used <= model.used(best):
                break
            if fits(model, counts):
                best = counts
                break
    return best


def _given(problem, model, counts, units, reel):
    """The run with each piece for one item: a piece of a stock reel is not changed on the way."""
    items = []
    for g, n in counts:
        left = n
        for key in model.groups[g].keys:
            item = problem.item(key)
            ups = min(left, _most_ups(item, reel))
            if ups:
                quantity = ups * (units if item.whole else reel.metres)
                items.append(replace(item, least=quantity, target=quantity, most=quantity))
                left -= ups
    sub = make_problem(items, problem.winder)
    model = make_model(sub)
    at = {key: g for g, group in enumerate(model.groups) for key in group.keys}
    pieces = {}
    for item in items:
        n = round(item.most / (units if item.whole else reel.metres))
        pieces[at[item.key]] = pieces.get(at[item.key], 0) + n
    pattern = tuple(sorted(pieces.items()))
    return make_runs(sub, model, {pattern: units if model.is_whole(pattern) else reel.metres / model.scale})[0]


def less(problem, run):
    """The problem without what a run gives."""
    got = {}
    for piece in run.pieces:
        for stretch in piece.stretches:
            metres, reels = got.get(stretch.key, (0.0, 0))
            got[stretch.key] = (metres + stretch.metres, reels + stretch.reels)
    items = []
    for item in problem.items:
        if item.key in got:
            quantity = got[item.key][1] if item.whole else got[item.key][0]
            least, target, most = (max(value - quantity, 0) for value in (item.least, item.target, item.most))
            if least <= 1e-9 * item.most:
                continue  # done within its tolerance
            item = replace(item, least=least, target=target, most=most)
        items.append(item)
    return replace(problem, items=tuple(items))
