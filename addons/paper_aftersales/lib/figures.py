# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Figures of after-sales over a period, from one row a case; plain Python."""

from collections import Counter, defaultdict
from statistics import median

RECURRENCE_DAYS = 90


def pareto(pairs):
    """Return ``[(key, count, share %, cumulated share %), …]``, the largest first; ties by key.

    >>> pareto([("edge", 1), ("dust", 1), ("edge", 1), ("core", 2)])
    [('core', 2, 40.0, 40.0), ('edge', 2, 40.0, 80.0), ('dust', 1, 20.0, 100.0)]
    >>> pareto([])
    []
    """
    sums = Counter()
    for key, amount in pairs:
        sums[key] += amount
    whole = sum(sums.values())
    rows, so_far = [], 0
    for key, amount in sorted(sums.items(), key=lambda item: (-item[1], str(item[0]))):
        if not whole:
            break
        so_far += amount
        rows.append((key, amount, round(100 * amount / whole, 1), round(100 * so_far / whole, 1)))
    return rows


def recurrences(cases, days=RECURRENCE_DAYS):
    """Return how many cases came again: the same defect on the same grade and machine within ``days`` after an earlier one.

    :param cases: ``[{"defect", "grade", "machine", "day"}, …]`` with dates; those without a defect never recur

    >>> from datetime import date
    >>> same = {"defect": 1, "grade": 2, "machine": 3}
    >>> recurrences([{**same, "day": date(2026, 1, 1)}, {**same, "day": date(2026, 3, 1)}, {**same, "day": date(2026, 9, 1)}])
    1
    """
    kept = defaultdict(list)
    for case in cases:
        if case["defect"]:
            kept[case["defect"], case["grade"], case["machine"]].append(case["day"])
    count = 0
    for moments in kept.values():
        moments.sort()
        count += sum((later - earlier).days <= days for earlier, later in zip(moments, moments[1:], strict=False))
    return count


def per_thousand_tonnes(count, kg):
    """Return complaints per 1,000 t delivered; None where nothing was delivered.

    >>> per_thousand_tonnes(3, 2_000_000), per_thousand_tonnes(3, 0)
    (1.5, None)
    """
    return round(1_000_000 * count / kg, 2) if kg else None


def spread(values):
    """Return ``{"count", "median", "mean", "most"}`` of figures, None where there are none.

    >>> spread([2, 4, 9])
    {'count': 3, 'median': 4, 'mean': 5.0, 'most': 9}
    >>> spread([]) is None
    True
    """
    known = [value for value in values if value is not None]
    if not known:
        return None
    return {"count": len(known), "median": median(known), "mean": round(sum(known) / len(known), 1), "most": max(known)}
