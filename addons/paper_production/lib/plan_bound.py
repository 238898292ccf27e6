# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How long the machines are busy at least, whatever the sequence: beside it stands what was found."""

from .plan_rules import change


def bound(demands, lines, rules):
    """Return the seconds of machine that no sequence without a broken rule stays below.

    Each demand takes at least what its fastest machine needs. Each paper is entered at least once: the cheapest set of such
    changes, one into each paper and out of no paper twice, is an assignment; of ways over other papers the shortest counts,
    so that a paper that is made twice does not make it wrong.
    """
    keys = {line.key for line in lines}
    work = sum(min(seconds for key, seconds in demand.seconds.items() if key in keys) for demand in demands)
    papers = list(dict.fromkeys(demand.paper for demand in demands))
    makes = {paper: set() for paper in papers}
    for demand in demands:
        makes[demand.paper] |= demand.seconds.keys() & keys
    starts = [None if line.last is None else line.last for line in lines]
    count, inf = len(papers), float("inf")
    ways = [[inf] * count for _ in range(count + len(lines))]
    for line_at, line in enumerate(lines):
        own = [place for place, paper in enumerate(papers) if line.key in makes[paper]]
        for two in own:
            found = change(rules, line.key, starts[line_at], papers[two])
            if not found.breaks:
                ways[count + line_at][two] = found.seconds
            for one in own:
                found = change(rules, line.key, papers[one], papers[two])
                if one != two and not found.breaks:
                    ways[one][two] = min(ways[one][two], found.seconds)
    for middle in range(count):
        through = ways[middle]
        for row in ways:
            first = row[middle]
            if first < inf:
                for two in range(count):
                    if first + through[two] < row[two]:
                        row[two] = first + through[two]
    for one in range(count):
        ways[one][one] = inf
    return work + assignment(ways)


def assignment(rows):
    """Return the least sum of one entry of each column, no two of a row; what cannot be counts 0, so that it stays a bound.

    >>> assignment([[4, 1], [2, 9], [7, 7]])
    3
    """
    columns = len(rows[0]) if rows else 0
    finite = [cost for row in rows for cost in row if cost < float("inf")]
    big = (sum(finite) + 1) if finite else 1
    # The Hungarian method on the columns: each is given its row along the shortest augmenting path.
    high, low, owner = [0.0] * (columns + 1), [0.0] * (len(rows) + 1), [0] * (len(rows) + 1)
    cost = [[big if row[column] == float("inf") else row[column] for row in rows] for column in range(columns)]
    for column in range(1, columns + 1):
        owner[0], here = column, 0
        least, seen, back = [float("inf")] * (len(rows) + 1), [False] * (len(rows) + 1), [0] * (len(rows) + 1)
        while owner[here]:
            seen[here], one, step, following = True, owner[here], float("inf"), 0
            for row in range(1, len(rows) + 1):
                if not seen[row]:
                    left = cost[one - 1][row - 1] - high[one] - low[row]
                    if left < least[row]:
                        least[row], back[row] = left, here
                    if least[row] < step:
                        step, following = least[row], row
            for row in range(len(rows) + 1):
                if seen[row]:
                    high[owner[row]] += step
                    low[row] -= step
                else:
                    least[row] -= step
            here = following
        while here:
            owner[here], here = owner[back[here]], back[here]
    total = (cost[owner[row] - 1][row - 1] for row in range(1, len(rows) + 1) if owner[row])
    return sum(one for one in total if one < big)
