# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The plan: runs in the order of cutting, each with its pieces from edge to edge and whose they are."""

from dataclasses import dataclass, field, replace

from .groups import share
from .pattern_bound import PatternBound
from .patterns import layout
from .sequence import sequence

# Status of a plan.
NONE = "none"  # no run: the orders cannot be made within the winder's limits, or it was stopped before the first plan
STOPPED = "stopped"  # a complete plan, the search was not over
PLANNED = "planned"  # a complete plan, the search was over
PROVEN = "proven"  # no plan within the limit of waste has fewer patterns

HEURISTIC = "heuristic"


@dataclass(frozen=True)
class Stretch:
    """A part of a piece's length that is cut for one item.

    :param start_m, metres: from the begin of the run
    :param reels: whole reels, 0 where the item is in metres
    """

    key: str
    start_m: float
    metres: float
    reels: int = 0


@dataclass(frozen=True)
class Piece:
    """One of the widths beside each other; ``stretches`` follow each other along it."""

    width_mm: float
    stretches: tuple


@dataclass(frozen=True)
class Run:
    """A pattern that is cut over a length without moving a knife.

    :param pieces: from edge to edge
    :param sets: whole sets of reels, 0 where the length is free
    """

    pieces: tuple
    metres: float
    sets: int = 0
    reel_class: object = None

    @property
    def widths(self):
        """Widths from edge to edge."""
        return tuple(piece.width_mm for piece in self.pieces)

    @property
    def used_mm(self):
        """Sum of the widths."""
        return sum(self.widths)

    @property
    def pattern(self):
        """What makes two runs the same pattern: the widths, whatever their order, and the class of their reels."""
        return (tuple(sorted(self.widths)), self.reel_class)

    @property
    def keys(self):
        """The items that are cut, each once."""
        return tuple(dict.fromkeys(stretch.key for piece in self.pieces for stretch in piece.stretches))


@dataclass(frozen=True)
class Plan:
    """What ``solve`` found.

    :param least_waste_runs: the plan of the least waste that was found on the way, to be compared: ``plan.of_least_waste()``
    :param bound: ratio; no plan wastes less of the paper that it uses
    :param least_lost_m: no plan loses less, metres of a full web
    :param limit: ratio of waste under which the fewest patterns were sought
    :param pattern_bound: :class:`~.pattern_bound.PatternBound` of plans within the limit
    :param provenance: name and version of the solver, or ``HEURISTIC``
    :param missing: what cannot be made within the winder's limits, {key of the item: quantity of its group}; these items are
        left out, and the others are planned
    :param refused: the problem's refusals, so that none is forgotten, and after them those of the items that were left out
    """

    trim_mm: float
    runs: tuple = ()
    least_waste_runs: tuple = ()
    bound: float = 0.0
    least_lost_m: float = 0.0
    limit: float = 0.0
    pattern_bound: PatternBound = PatternBound()
    status: str = NONE
    provenance: str = HEURISTIC
    seconds: float = 0.0
    missing: dict = field(default_factory=dict)
    refused: tuple = ()

    @property
    def metres(self):
        """Metres of web that are used."""
        return sum(run.metres for run in self.runs)

    @property
    def waste(self):
        """What is not sold, as a ratio of the trim that is used."""
        web = self.metres * self.trim_mm
        return 1 - sum(run.metres * run.used_mm for run in self.runs) / web if web else 0.0

    @property
    def patterns(self):
        """How many patterns there are."""
        return len({run.pattern for run in self.runs})

    def of_least_waste(self):
        """Return the plan of the least waste that was found, which may have more patterns."""
        return replace(self, runs=self.least_waste_runs, status=PLANNED if self.least_waste_runs else NONE)

    def delivered(self):
        """Return ``{key: (metres, reels)}`` of all items that are cut."""
        found = {}
        for run in self.runs:
            for piece in run.pieces:
                for stretch in piece.stretches:
                    metres, reels = found.get(stretch.key, (0.0, 0))
                    found[stretch.key] = (metres + stretch.metres, reels + stretch.reels)
        return found

    def open_orders(self, problem):
        """Return how many orders are open at each run: begun, and not over."""
        span = {}
        for at, run in enumerate(self.runs):
            for key in run.keys:
                order = problem.item(key).order or key
                span[order] = (span.get(order, (at, at))[0], at)
        return [sum(first <= at <= last for first, last in span.values()) for at in range(len(self.runs))]

    def fillers(self, least_mm=100.0):
        """Return what would fill the trim: (least width, most width, metres, run numbers) by falling area.

        A piece of up to the most width fits beside the pattern; below the least width more than a tenth of it stays waste.

        >>> run = Run((Piece(2100.0, ()),), 1000.0)
        >>> Plan(2540.0, runs=(run,)).fillers()
        [(396.0, 440.0, 1000.0, (0,))]
        """
        found = {}
        for at, run in enumerate(self.runs):
            most = round(self.trim_mm - run.used_mm, 1)
            if most >= least_mm:
                metres, numbers = found.get(most, (0.0, ()))
                found[most] = (metres + run.metres, (*numbers, at))
        result = [(round(most * 0.9, 1), most, metres, numbers) for most, (metres, numbers) in found.items()]
        return sorted(result, key=lambda each: -each[1] * each[2])


def make_runs(problem, model, runs):
    """Return the :class:`Run` tuple for ``{pattern: units}``, in the order of cutting, with each piece given to items.

    Items of a group are served by their due dates; each gets its share of what the group gets.
    """
    total = [0.0] * len(model.groups)
    for counts, units in runs.items():
        for g, part in model.coefficients(counts):
            total[g] += part * units * model.row_unit(g)
    left = []
    for g, group in enumerate(model.groups):
        items = [problem.item(key) for key in group.keys]
        quantity = min(max(total[g], group.least), group.most)
        quotas = share(round(quantity) if group.whole else quantity, items, group.whole)
        left.append([[key, quotas[key]] for key in group.keys])
    ordered = sequence(model, problem, runs)
    return tuple(_run(model, counts, runs[counts], left) for counts in ordered)


def _run(model, counts, units, left):
    whole = model.is_whole(counts)
    metres = units * model.unit_m(counts)
    lanes = {g: _lanes(model.groups[g], n, metres, round(units) if whole else 0, left[g]) for g, n in counts}
    pieces = [Piece(model.groups[g].width_mm, tuple(lanes[g].pop(0))) for g in layout(model, counts)]
    return Run(tuple(pieces), metres, round(units) if whole else 0, model.class_of(counts))


def _lanes(group, n, metres, sets, left):
    """Give ``n`` pieces of a run to the items that are left of a group, one after the other."""
    length = sets if group.whole else metres
    unit_m = metres / sets if group.whole else 1.0
    lanes = []
    for _lane in range(n):
        at, lane = 0, []
        while left and length - at > 1e-9 * max(length, 1):
            entry = left[0]
            # What rounding leaves belongs to the last item.
            take = length - at if len(left) == 1 else min(entry[1], length - at)
            if take > 1e-9 * max(length, 1):
                lane.append(Stretch(entry[0], at * unit_m, take * unit_m, round(take) if group.whole else 0))
            entry[1] -= take
            at += take
            if entry[1] <= 1e-9 * max(length, 1) and len(left) > 1:
                left.pop(0)
        lanes.append(lane)
    return lanes
