# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Patterns: which may be cut, all of them, and the best one for given values.

A pattern is a tuple of (group, pieces) pairs by group. It fits when its widths do not exceed the trim and reach the least trim,
when its pieces and ups are within knives and limits, when its reels are of one class, and when it can be laid: pieces for an edge
at most two, and two other pieces outside of those that must not lie at an edge.
"""

from .items import ANY, END, NO_END


def fits(model, counts):
    """Whether a pattern may be cut.

    >>> model = _example(NO_END)
    >>> fits(model, ((0, 2),)), fits(model, ((0, 2), (1, 1))), fits(model, ((0, 1), (1, 1)))
    (True, True, False)
    """
    groups = model.groups
    if not counts or any(n < 1 or n > groups[g].cap for g, n in counts):
        return False
    used, pieces = model.used(counts), sum(n for _g, n in counts)
    classes = {groups[g].reel_class for g, _n in counts} - {None}
    return (
        model.trim_min <= used <= model.trim and pieces <= model.most_pieces and len(classes) <= 1 and _can_be_laid(model, counts)
    )


def _can_be_laid(model, counts):
    ends = sum(n for g, n in counts if model.groups[g].position == END)
    inner = sum(n for g, n in counts if model.groups[g].position == NO_END)
    outer = sum(n for g, n in counts if model.groups[g].position != NO_END)
    return ends <= 2 and (not inner or outer >= 2)


def layout(model, counts):
    """Return the groups of a pattern's pieces from edge to edge.

    >>> layout(_example(NO_END), ((0, 2), (1, 1)))
    [0, 1, 0]
    """
    ends, inner, free = [], [], []
    for g, n in counts:
        place = {END: ends, NO_END: inner, ANY: free}[model.groups[g].position]
        place += [g] * n
    edges = ends + free[: max(0, 2 - len(ends))]
    middle = inner + free[max(0, 2 - len(ends)) :]
    return edges[:1] + middle + edges[1:]


def homeless(model):
    """Return the groups that stand in no pattern that fits, whatever lies beside them.

    >>> homeless(_example(ANY)), homeless(_example(NO_END)), homeless(_example(NO_END, trim_min_mm=2501))
    ([], [], [0, 1])
    """
    return [g for g in range(len(model.groups)) if not _stands(model, g)]


def _stands(model, g):
    group = model.groups[g]
    if any(fits(model, ((g, n),)) for n in range(1, group.cap + 1)):
        return True
    classes = [group.reel_class] if group.reel_class is not None else [None, *model.classes]
    return group.cap > 0 and any(_stands_beside(model, g, reel_class) for reel_class in classes)


def _stands_beside(model, g, reel_class):
    """Whether a piece of a group and others of a class make a pattern: a search over the widths that can be reached."""
    # State: width, pieces that may lie at an edge (up to 2), those that must, whether one must not -> fewest pieces.
    reach = {_beside(model, (0, 0, 0, False), g): 1}
    for other in sorted(model.members(reel_class), key=lambda other: other != g):
        for _copy in range(model.groups[other].cap - (other == g)):
            new = {}
            for state, pieces in reach.items():
                more = _beside(model, state, other)
                used, outer, ends, inner = more
                if used > model.trim or ends > 2 or pieces == model.most_pieces or reach.get(more, pieces + 2) <= pieces + 1:
                    continue
                if used >= model.trim_min and (outer == 2 or not inner):
                    return True
                new[more] = pieces + 1
            if not new:
                break
            reach |= new
    return False


def _beside(model, state, g):
    used, outer, ends, inner = state
    position = model.groups[g].position
    outer = min(outer + (position != NO_END), 2)
    return used + model.groups[g].width, outer, ends + (position == END), inner or position == NO_END


def all_patterns(model, limit):
    """Return every pattern that fits, or None if there are more than ``limit``.

    >>> all_patterns(_example(NO_END), 100)
    [((0, 1),), ((0, 2),), ((0, 2), (1, 1))]
    >>> all_patterns(_example(ANY), 3) is None
    True
    """
    found, groups = [], model.groups
    budget = [limit * 3]

    def walk(start, counts, room, pieces, reel_class):
        for g in range(start, len(groups)):
            group = groups[g]
            if group.reel_class is not None and reel_class is not None and group.reel_class != reel_class:
                continue
            most = min(group.cap, room // group.width, pieces)
            for n in range(1, most + 1):
                budget[0] -= 1
                if budget[0] < 0 or len(found) > limit:
                    return
                mine = (*counts, (g, n))
                left = room - n * group.width
                if model.trim - left >= model.trim_min and _can_be_laid(model, mine):
                    found.append(mine)
                walk(g + 1, mine, left, pieces - n, reel_class if group.reel_class is None else group.reel_class)

    walk(0, (), model.trim, model.most_pieces, None)
    return None if budget[0] < 0 or len(found) > limit else found


class Pricer:
    """Finds the pattern of the highest value by dynamic programming over the width.

    State beside the width: the pieces where the knives can be short, and how many pieces may lie and must lie at an edge where an
    item asks for a position.
    """

    def __init__(self, model):
        import numpy  # noqa: PLC0415 - comes with the solver; the heuristic does without

        self.np = numpy
        self.model = model
        narrow = min((group.width for group in model.groups), default=1)
        self.by_pieces = model.trim // narrow > model.most_pieces
        self.by_place = any(group.position != ANY for group in model.groups)

    def best(self, values, reel_class=None, caps=None, several=1, exact=True):
        """Return up to ``several`` (value, pattern) pairs, best first.

        :param values: of one piece of each group
        :param caps: most pieces by group, below the groups' own
        :param exact: False may miss the best where a limit of ups is broken by others
        """
        members = self.model.members(reel_class)
        if not self.by_place:
            found = self._freely(values, members, caps, several, exact)
            if found is not None:
                return found
        free = [g for g in members if self.model.groups[g].position != NO_END]
        found = self._best(values, free, caps, several, two_outer=False)
        if self.by_place and any(self.model.groups[g].position == NO_END for g in members):
            found += self._best(values, members, caps, several, two_outer=True)
        unique = {counts: value for value, counts in found}
        return sorted(((value, counts) for counts, value in unique.items()), key=lambda pair: (-pair[0], pair[1]))[:several]

    def _freely(self, values, members, caps, several, exact):
        """The best patterns by a table that knows no ups, piece by piece; None where the best one breaks a limit of ups."""
        np, model = self.np, self.model
        limits = {g: model.groups[g].cap if caps is None else min(model.groups[g].cap, caps[g]) for g in members}
        members = [g for g in members if limits[g] > 0 and (values[g] > 1e-12 or model.trim_min)]
        layers = [np.full(model.trim + 1, -np.inf)]
        layers[0][0] = 0.0
        deepest = min(model.most_pieces, model.trim // min((model.groups[g].width for g in members), default=model.trim))
        for _piece in range(deepest if members else 0):
            last, layer = layers[-1], np.full(model.trim + 1, -np.inf)
            for g in members:
                width = model.groups[g].width
                np.maximum(layer[width:], last[:-width] + values[g], out=layer[width:])
            layers.append(layer)
        low = max(model.trim_min, 1)
        ends = np.array(layers[1:])[:, low:].reshape(-1) if len(layers) > 1 else np.array([])
        if not ends.size or ends.max() == -np.inf:
            return []
        count = min((3 if exact else 20) * several if several > 1 else 1, ends.size)
        order = np.argpartition(-ends, count - 1)[:count]
        found = {}
        for rank, flat in enumerate(order[np.argsort(-ends[order], kind="stable")]):
            if ends[flat] == -np.inf or len(found) == several:
                break
            k, w = divmod(int(flat), model.trim + 1 - low)
            counts = self._walk_back(values, members, layers, k + 1, w + low)
            if all(n <= limits[g] for g, n in counts):
                found.setdefault(counts, float(ends[flat]))
            elif not rank and exact:
                return None
        return [(value, counts) for counts, value in found.items()]

    def _walk_back(self, values, members, layers, k, w):
        counts = {}
        while k:
            before = layers[k - 1]
            g = max(
                (g for g in members if self.model.groups[g].width <= w),
                key=lambda g: before[w - self.model.groups[g].width] + values[g],
            )
            counts[g] = counts.get(g, 0) + 1
            k, w = k - 1, w - self.model.groups[g].width
        return tuple(sorted(counts.items()))

    def _best(self, values, members, caps, several, two_outer):
        np, model = self.np, self.model
        filling = model.trim_min > 0 or two_outer
        copies = []
        for g in members:
            cap = model.groups[g].cap if caps is None else min(model.groups[g].cap, caps[g])
            if cap > 0 and (values[g] > 1e-12 or filling):
                copies += [g] * cap
        if not copies:
            return []
        # States of (outer pieces up to 2, end pieces up to 2).
        states = [(o, e) for o in range(3) for e in range(o + 1)] if two_outer else [(e, e) for e in range(3)]
        if not self.by_place:
            states = [(0, 0)]
        pieces = model.most_pieces if self.by_pieces else 0
        table = np.full((len(states), pieces + 1, model.trim + 1), -np.inf)
        table[0, 0, 0] = 0.0
        taken = []
        for g in copies:
            taken.append(self._add(table, states, g, values[g]))
        last = [s for s, (outer, _end) in enumerate(states) if not two_outer or outer == 2]
        ends = table[last][:, :, max(model.trim_min, 1) :].reshape(-1)
        if not ends.size:
            return []
        shape = (len(last), pieces + 1, model.trim + 1 - max(model.trim_min, 1))
        count = min(several * 2 if several > 1 else 1, ends.size)
        order = np.argpartition(-ends, count - 1)[:count] if count < ends.size else np.arange(ends.size)
        found = []
        for flat in order[np.argsort(-ends[order], kind="stable")]:
            if ends[flat] == -np.inf:
                break
            s, k, w = np.unravel_index(flat, shape)
            found.append((float(ends[flat]), self._trace(copies, taken, last[s], int(k), int(w) + max(model.trim_min, 1))))
        return found

    def _add(self, table, states, g, value):
        """Offer one more piece of a group to every state; return where it was taken and from which state."""
        np, width = self.np, self.model.groups[g].width
        position = self.model.groups[g].position
        old = table.copy()
        came = np.full(table.shape, -1, dtype=np.int8)
        for s, (outer, end) in enumerate(states):
            target = self._next(states, s, outer, end, position)
            if target is None:
                continue
            if self.by_pieces:
                offer, here, mark = old[s, :-1, :-width] + value, table[target, 1:, width:], came[target, 1:, width:]
            else:
                offer, here, mark = old[s, :, :-width] + value, table[target, :, width:], came[target, :, width:]
            better = offer > here + 1e-12
            here[better] = offer[better]
            mark[better] = s
        return came

    def _next(self, states, s, outer, end, position):
        if len(states) == 1 or position == NO_END:
            return s
        end += position == END
        if end > 2:
            return None
        if len(states) == 3:
            return states.index((end, end))
        return states.index((max(min(outer + 1, 2), end), end))

    def _trace(self, copies, taken, state, k, w):
        counts = {}
        for step in range(len(copies) - 1, -1, -1):
            source = taken[step][state, k, w]
            if source >= 0:
                g = copies[step]
                counts[g] = counts.get(g, 0) + 1
                state, w = int(source), w - self.model.groups[g].width
                k -= 1 if self.by_pieces else 0
        return tuple(sorted(counts.items()))


def _example(position, trim_min_mm=0):
    from .groups import make_model  # noqa: PLC0415 - of the doctests
    from .items import Item, Winder, make_problem  # noqa: PLC0415

    items = [Item("a", 900, 1, 1, 1), Item("b", 700, 1, 1, 1, position=position)]
    return make_model(make_problem(items, Winder(2500, trim_min_mm=trim_min_mm, knives=4)))
