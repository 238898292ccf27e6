# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Campaigns in sequence on machines: constructed by insertion, improved until the time is over, the bound beside it (R5.1.1)."""

from dataclasses import dataclass, field
from math import log
from random import Random
from time import monotonic

from .campaigns import Walker
from .plan_bound import bound

BUCKET = 4 * 86400  # demands of one paper that are due within so long are moved as one at first
COOL = (3600.0, 30.0)  # how much worse a change may be, first and last, seconds


@dataclass
class Planned:
    """What was found: campaigns, seconds of machine that they take, the bound, how many rules are broken, late demands
    ({demand: seconds}), and what was tried."""

    campaigns: list
    length: int = 0
    bound: float = 0.0
    broken: int = 0
    late: dict = field(default_factory=dict)
    tries: int = 0

    @property
    def gap(self):
        """Return by how much the machines are busy longer than the bound says, a share.

        >>> Planned([], length=110, bound=100).gap
        0.1
        """
        return round(self.length / self.bound - 1, 6) if self.bound else 0.0


def plan(demands, lines, rules, seconds=20.0, tries=None, before=None, seed=1):
    """Return the best :class:`Planned` that was found in ``seconds``, or with so many ``tries``.

    :param demands, lines, rules: of :mod:`.campaigns` and :mod:`.plan_rules`, without faults
    :param before: ``{demand: (machine, end)}`` as it was planned until now: the search begins there, and leaving it costs
    """
    stop, walker = monotonic() + seconds, Walker(demands, lines, rules, before)
    sequence = _construct(walker, before or {}, stop)
    count = 0
    if demands:
        sequence, count = _improve(walker, sequence, Random(seed), stop, tries)
    return judge(walker, sequence, count)


def replay(demands, lines, rules, order):
    """Return the :class:`Planned` of a sequence that somebody else decided.

    :param order: ``{machine: [[demand, …] of each campaign]}``
    """
    walker = Walker(demands, lines, rules)
    place = {demand.key: index for index, demand in enumerate(demands)}
    sequence = [
        [(walker.paper[place[own[0]]], [place[key] for key in own]) for own in order.get(line.key, ()) if own] for line in lines
    ]
    return judge(walker, sequence)


def judge(walker, sequence, tries=0):
    """Return what a sequence is worth, as :class:`Planned`."""
    found = walker.campaigns(sequence)
    busy = sum(
        walker.work[at][one] for at, blocks in enumerate(sequence) for _paper, members in blocks for one in members
    ) + sum(campaign.seconds for campaign in found)
    due = {demand.key: demand.due for demand in walker.demands}
    late = {
        key: end - due[key]
        for campaign in found
        for key, end in campaign.ends.items()
        if due[key] is not None and end > due[key]
    }
    least = bound(walker.demands, walker.lines, walker.rules)
    return Planned(found, busy, least, sum(len(campaign.breaks) for campaign in found), late, tries)


def _blocks(walker, members):
    """Return demands as blocks: those of one paper that are due about the same time together, the most urgent first."""
    due = [float("inf") if demand.due is None else demand.due for demand in walker.demands]
    found, open_ones = [], {}
    for one in sorted(members, key=lambda place: (due[place], place)):
        key = walker.paper[one], tuple(walker.able[one])
        block = open_ones.get(key)
        if block is None or due[one] > due[block[1][0]] + BUCKET:
            block = open_ones[key] = (walker.paper[one], [])
            found.append(block)
        block[1].append(one)
    return found


def _construct(walker, before, stop):
    """Return a first sequence: as it was planned before, and all else where it costs least."""
    places = {line.key: at for at, line in enumerate(walker.lines)}
    sequence, rest = [[] for _ in walker.lines], []
    known = {}
    for one, demand in enumerate(walker.demands):
        machine, end = before.get(demand.key, (None, None))
        if machine in places and places[machine] in walker.able[one]:
            known.setdefault(places[machine], []).append((end, one))
        else:
            rest.append(one)
    for at, own in known.items():
        for _end, one in sorted(own):
            if sequence[at] and sequence[at][-1][0] == walker.paper[one]:
                sequence[at][-1][1].append(one)
            else:
                sequence[at].append((walker.paper[one], [one]))
    costs = [walker.cost(at, blocks) for at, blocks in enumerate(sequence)]
    for block in _blocks(walker, rest):
        best = None
        for at in walker.able[block[1][0]]:
            own, spots = sequence[at], range(len(sequence[at]), -1, -1)
            if monotonic() > stop:
                spots = [len(own)]
            for spot in spots:
                limit = float("inf") if best is None else best[0] + costs[at]
                cost = walker.cost(at, [*own[:spot], block, *own[spot:]], limit) - costs[at]
                if best is None or cost < best[0]:
                    best = cost, at, spot
        cost, at, spot = best
        sequence[at].insert(spot, block)
        costs[at] += cost
    return sequence


def _improve(walker, sequence, random, stop, tries):
    """Return a better sequence, and how many were tried: blocks are moved, exchanged, turned round, parted and joined; a worse
    one is taken now and then, ever more seldom."""
    traces = [[] for _ in sequence]
    costs = [walker.cost(at, blocks, trace=traces[at]) for at, blocks in enumerate(sequence)]
    best, best_cost, now = [list(blocks) for blocks in sequence], sum(costs), sum(costs)
    begun, count, share = monotonic(), 0, 0.0
    hot = COOL[1] if walker.keeps else COOL[0]  # what was planned is left for a gain only
    while tries is None or count < tries:
        if count % 64 == 0:
            moment = monotonic()
            if moment > stop:
                break
            share = count / tries if tries else (moment - begun) / max(stop - begun, 1e-9)
        count += 1
        changed = _neighbour(walker, sequence, random)
        if not changed:
            continue
        heat = hot * (COOL[1] / hot) ** share
        allowed = -heat * log(1.0 - random.random())
        old = sum(costs[at] for at in changed)
        limit, new, marks = old + allowed, {}, {}
        for at, blocks in changed.items():
            marks[at] = traces[at][: _same(sequence[at], blocks, len(traces[at]))]
            new[at] = walker.cost(at, blocks, limit - sum(new.values()), marks[at])
            if sum(new.values()) > limit:
                break
        if sum(new.values()) > limit or len(new) < len(changed):
            continue
        now += sum(new.values()) - old
        for at, blocks in changed.items():
            sequence[at], costs[at], traces[at] = blocks, new[at], marks[at]
        if now < best_cost - 1e-6:
            best, best_cost = [list(blocks) for blocks in sequence], now
    return best, count


def _same(one, two, most):
    """Return how many blocks at the beginning are the same ones, ``most`` at most."""
    count = 0
    for left, right in zip(one, two, strict=False):
        if left is not right or count == most:
            break
        count += 1
    return count


def _neighbour(walker, sequence, random):
    """Return {machine: blocks} of a sequence nearby; None where the draw led nowhere."""
    full = [at for at, blocks in enumerate(sequence) if blocks]
    at = random.choice(full)
    blocks = sequence[at]
    draw = random.random()
    first = random.randrange(len(blocks))
    if draw < 0.15:
        return _part(walker, sequence, random, at, first)
    if draw < 0.35 and len(blocks) > 1:
        last = min(len(blocks), first + random.randrange(2, 7))
        return {at: [*blocks[:first], *blocks[first:last][::-1], *blocks[last:]]}
    if draw < 0.5:
        return _exchange(walker, sequence, random, at, first)
    stop = first + 1
    if draw < 0.75:  # the whole campaign
        while first and blocks[first - 1][0] == blocks[first][0]:
            first -= 1
        while stop < len(blocks) and blocks[stop][0] == blocks[first][0]:
            stop += 1
    else:
        stop = min(len(blocks), first + random.randrange(1, 4))
    taken, rest = blocks[first:stop], [*blocks[:first], *blocks[stop:]]
    to = random.choice(_able(walker, taken))
    target = rest if to == at else sequence[to]
    alike = [spot for spot, block in enumerate(target) if block[0] == taken[0][0]]
    if alike and random.random() < 0.4:
        spot = random.choice(alike) + random.randrange(2)
    else:
        spot = random.randrange(len(target) + 1)
    moved = [*target[:spot], *taken, *target[spot:]]
    return {at: moved} if to == at else {at: rest, to: moved}


def _able(walker, blocks):
    """Return the machines that make all demands of some blocks."""
    able = set(walker.able[blocks[0][1][0]])
    for _paper, members in blocks:
        for one in members:
            able &= set(walker.able[one])
    return sorted(able)


def _exchange(walker, sequence, random, at, first):
    other = random.choice([place for place, blocks in enumerate(sequence) if blocks])
    second = random.randrange(len(sequence[other]))
    one, two = sequence[at][first], sequence[other][second]
    if other not in _able(walker, [one]) or at not in _able(walker, [two]):
        return None
    found = {at: list(sequence[at]), other: list(sequence[other])}
    if at == other:
        found[other] = found[at]
    found[at][first], found[other][second] = two, one
    return found


def _part(walker, sequence, random, at, first):
    """Part a block in two, or let one of its demands go to another block of the same paper."""
    paper, members = sequence[at][first]
    if random.random() < 0.5:
        if len(members) < 2:
            return None
        cut = random.randrange(1, len(members))
        return {at: [*sequence[at][:first], (paper, members[:cut]), (paper, members[cut:]), *sequence[at][first + 1 :]]}
    one = random.choice(members)
    goals = [
        (place, spot)
        for place in walker.able[one]
        for spot, block in enumerate(sequence[place])
        if block[0] == paper and (place, spot) != (at, first)
    ]
    if not goals:
        return None
    to, spot = random.choice(goals)
    found = {at: list(sequence[at]), to: list(sequence[to])}
    if at == to:
        found[to] = found[at]
    joined = sorted([*found[to][spot][1], one], key=lambda place: (walker.due[to][place], place))
    found[to][spot] = paper, joined
    left = [other for other in members if other != one]
    if left:
        found[at][first] = paper, left
    else:
        del found[at][first]
    return found
