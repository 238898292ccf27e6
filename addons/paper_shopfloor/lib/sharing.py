# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sharing what a meter counted among the work orders that ran meanwhile, partly by hours and partly by tonnes."""


def share(amount, works, by_hours):
    """Return each work order's part of an amount; the parts add up to it exactly.

    Where nobody worked by one of the measures, the other stands for all of it; where by neither, all have the same.

    :param amount: what the meter counted, in its unit
    :param works: list of (hours, tonnes)
    :param by_hours: percent that is shared by hours, the rest by tonnes

    >>> share(100, [(6, 10), (2, 30)], 50)
    [50.0, 50.0]
    >>> share(100, [(6, 0), (2, 0)], 50)
    [75.0, 25.0]
    >>> share(90, [(0, 0)] * 2, 50), share(10, [], 50)
    ([45.0, 45.0], [])
    """
    if not works:
        return []
    hours, tonnes = (sum(work[place] for work in works) for place in (0, 1))
    weight = by_hours / 100 if hours and tonnes else 1.0 if hours else 0.0
    parts = []
    for own_hours, own_tonnes in works:
        part = (weight * own_hours / hours if hours else 0.0) + ((1 - weight) * own_tonnes / tonnes if tonnes else 0.0)
        parts.append(round(amount * (part if hours or tonnes else 1 / len(works)), 3))
    parts[-1] = round(amount - sum(parts[:-1]), 3)
    return parts
