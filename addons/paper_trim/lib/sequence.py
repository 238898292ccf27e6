# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The order in which patterns are cut: what is due first ends first, and few orders stand open on the floor."""

LATE, OPEN = 3.0, 1.0
ROUNDS = 30
MOST_MOVED = 40  # patterns; with more of them the moves take too long


def sequence(model, problem, runs):
    """Return the patterns of ``{pattern: units}`` in the order of cutting.

    The cost is, in metres of web: for each group the metres until it ends, weighed by how early it is due, and the metres
    over which it stands open. Insertion from the earliest due pattern on, then moves of one pattern while they help.

    >>> from .groups import make_model
    >>> from .items import Item, Winder, make_problem
    >>> items = [Item("late", 900, 1, 1, 1, due=9), Item("soon", 800, 1, 1, 1, due=2), Item("also", 700, 1, 1, 1, due=9)]
    >>> problem = make_problem(items, Winder(1800))
    >>> sequence(make_model(problem), problem, {((0, 2),): 1.0, ((1, 2),): 1.0, ((2, 2),): 1.0})[0]
    ((1, 2),)
    """
    patterns = sorted(runs, key=lambda counts: (min(model.groups[g].due for g, _n in counts), counts))
    length = {counts: runs[counts] * model.unit_m(counts) for counts in patterns}
    orders = _orders(model, problem)
    dues = sorted({due for due, _groups in orders})
    urgency = {due: (len(dues) - at) / len(dues) for at, due in enumerate(dues)}
    weighed = [(urgency[due], groups) for due, groups in orders]
    # The patterns of each order; the cost of a sequence is then a look at where those stand.
    cut_for = [
        (weight, [counts for counts in patterns if any(g in groups for g, _n in counts)]) for weight, groups in weighed
    ]

    def cost(order):
        begin, end, at = {}, {}, 0.0
        for counts in order:
            begin[counts] = at
            at += length[counts]
            end[counts] = at
        total = 0.0
        for weight, mine in cut_for:
            there = [counts for counts in mine if counts in begin]
            if there:
                last = max(end[counts] for counts in there)
                total += LATE * weight * last + OPEN * (last - min(begin[counts] for counts in there))
        return total

    best = []
    for counts in patterns:
        best = min((best[:at] + [counts] + best[at:] for at in range(len(best) + 1)), key=cost)
    lowest = cost(best)
    for _round in range(ROUNDS if len(best) <= MOST_MOVED else 0):
        moved = False
        for counts in list(best):
            rest = [each for each in best if each != counts]
            other = min((rest[:at] + [counts] + rest[at:] for at in range(len(rest) + 1)), key=cost)
            if cost(other) < lowest - 1e-9:
                best, lowest, moved = other, cost(other), True
        if not moved:
            break
    return best


def _orders(model, problem):
    """The orders as (due, groups): one order may have several lines, so several groups."""
    found = {}
    for g, group in enumerate(model.groups):
        for key in group.keys:
            item = problem.item(key)
            order = item.order or key
            due = (item.due is None, item.due if item.due is not None else 0)
            before, groups = found.get(order, (due, set()))
            found[order] = (min(before, due), groups | {g})
    return list(found.values())
