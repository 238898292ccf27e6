# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Control charts without Odoo: limits of X̄-R, X̄-s and I-MR charts, rules of Western Electric and of Nelson, Cp and Cpk.

The constants follow from the distribution of the range and of the deviation of normal readings; those of the range are the
tabulated ones of ISO 7870-2, ASTM MNL 7 and the textbooks, those of the deviation are worked out.

>>> round(c4(5), 4), round(limits("xs", [[1, 2, 3, 4, 5]]).centre, 1)
(0.94, 3.0)
>>> chart = limits("imr", [[value] for value in (10, 12, 11, 13)])
>>> round(chart.centre, 2), round(chart.upper, 3), round(chart.spread_upper, 3)
(11.5, 15.933, 5.448)
"""

import math
from dataclasses import dataclass

from .readings import summary

# n: d2, d3 of the range of n normal readings.
RANGE = {
    2: (1.128, 0.853), 3: (1.693, 0.888), 4: (2.059, 0.880), 5: (2.326, 0.864), 6: (2.534, 0.848), 7: (2.704, 0.833),
    8: (2.847, 0.820), 9: (2.970, 0.808), 10: (3.078, 0.797),
}  # fmt: skip
KINDS = ("xr", "xs", "imr")


@dataclass(frozen=True)
class Limits:
    """Centre line and limits of a chart of means or single readings, and of its chart of ranges or deviations below.

    :param sigma: standard deviation within a subgroup, as the chart estimates it
    :param step: a third of the way from the centre to a limit, by which the rules tell their zones
    """

    centre: float
    lower: float
    upper: float
    spread: float
    spread_lower: float
    spread_upper: float
    sigma: float

    @property
    def step(self):
        return (self.upper - self.centre) / 3


def c4(n):
    """Return the mean of the deviation of ``n`` normal readings, in units of their true one."""
    return math.sqrt(2 / (n - 1)) * math.exp(math.lgamma(n / 2) - math.lgamma((n - 1) / 2))


def limits(kind, groups):
    """Return the :class:`Limits` that follow from subgroups of one size.

    :param kind: xr, xs or imr
    :param groups: readings of each subgroup in order; one each for imr
    :raises ValueError: for subgroups of other sizes, or too few
    """
    sizes = {len(group) for group in groups}
    n = sizes.pop() if len(sizes) == 1 else 0
    if kind == "imr":
        if n != 1 or len(groups) < 2:
            raise ValueError(kind)
        return _individuals([group[0] for group in groups])
    if n < 2 or (kind == "xr" and n not in RANGE):
        raise ValueError(kind)
    centre = math.fsum(map(math.fsum, groups)) / (n * len(groups))
    if kind == "xr":
        d2, d3 = RANGE[n]
        spread = math.fsum(max(group) - min(group) for group in groups) / len(groups)
        sigma, wide = spread / d2, 3 * d3 / d2
    else:
        spread = math.fsum(summary(group).deviation for group in groups) / len(groups)
        sigma, wide = spread / c4(n), 3 * math.sqrt(1 - c4(n) ** 2) / c4(n)
    reach = 3 * sigma / math.sqrt(n)
    return Limits(
        centre, centre - reach, centre + reach, spread, max(0.0, spread * (1 - wide)), spread * (1 + wide), sigma
    )


def _individuals(values):
    d2, d3 = RANGE[2]
    moving = [abs(late - early) for early, late in zip(values, values[1:], strict=False)]
    spread = math.fsum(moving) / len(moving)
    sigma, centre = spread / d2, math.fsum(values) / len(values)
    return Limits(centre, centre - 3 * sigma, centre + 3 * sigma, spread, 0.0, spread * (1 + 3 * d3 / d2), sigma)


def points(kind, groups):
    """Return ``(points, spreads)`` to draw: means and ranges or deviations of subgroups, or readings and moving ranges.

    >>> points("xr", [[1, 3], [2, 2]]), points("imr", [[4], [7]])
    (([2.0, 2.0], [2, 0]), ([4, 7], [None, 3]))
    """
    if kind == "imr":
        values = [group[0] for group in groups]
        return values, [None, *(abs(late - early) for early, late in zip(values, values[1:], strict=False))][: len(values)]
    means = [math.fsum(group) / len(group) for group in groups]
    if kind == "xr":
        return means, [max(group) - min(group) for group in groups]
    return means, [summary(group).deviation for group in groups]


# rule: (points looked at, how many of them, zones from the centre that they lie beyond, all on one side)
WESTERN_ELECTRIC = {"we1": (1, 1, 3), "we2": (3, 2, 2), "we3": (5, 4, 1), "we4": (8, 8, 0)}
NELSON = {"n1": (1, 1, 3), "n2": (9, 9, 0), "n5": (3, 2, 2), "n6": (5, 4, 1)}
RULES = {
    "western": ("we1", "we2", "we3", "we4"),
    "nelson": ("n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8"),
}


def alarms(values, chart, rules="western"):
    """Return ``[(index, rule), …]`` of the points at which a rule is broken, in order.

    Western Electric: beyond three sigma; two of three beyond two; four of five beyond one; eight on one side. Nelson has nine
    on one side, and six rising or falling, fourteen alternating, fifteen within one sigma, eight outside of it, too.

    >>> chart = Limits(0, -3, 3, 0, 0, 0, 1)
    >>> alarms([0.5, 3.2, -0.5], chart), alarms([2.1, 0, 2.2], chart), alarms([1.1] * 4, chart)
    ([(1, 'we1')], [(2, 'we2')], [(3, 'we3')])
    >>> alarms([0.1] * 8, chart), alarms([0.1, 0.2, 0.3, 0.4, 0.5, 0.6], chart, "nelson")
    ([(7, 'we4')], [(5, 'n3')])
    """
    if not chart.step:
        return []
    zones = [(value - chart.centre) / chart.step for value in values]
    return [(index, rule) for index in range(len(zones)) for rule in RULES[rules] if _breaks(rule, zones, index)]


def _breaks(rule, zones, index):
    sided = WESTERN_ELECTRIC.get(rule) or NELSON.get(rule)
    if sided:
        last, many, beyond = sided
        window = zones[max(0, index - last + 1) : index + 1]
        for side in (1, -1):
            out = [side * zone > beyond for zone in window]
            if out[-1] and sum(out) >= many:
                return True
        return False
    look = {"n3": 6, "n4": 14, "n7": 15, "n8": 8}[rule]
    window = zones[index - look + 1 : index + 1] if index >= look - 1 else []
    if not window:
        return False
    steps = [late - early for early, late in zip(window, window[1:], strict=False)]
    if rule == "n3":
        return all(step > 0 for step in steps) or all(step < 0 for step in steps)
    if rule == "n4":
        return all(one * two < 0 for one, two in zip(steps, steps[1:], strict=False))
    if rule == "n7":
        return all(abs(zone) < 1 for zone in window)
    return all(abs(zone) > 1 for zone in window)


def capability(mean, sigma, lower=None, upper=None):
    """Return ``(Cp, Cpk)``; Cp needs both limits, Cpk one, and both some scatter: None otherwise.

    >>> [round(index, 3) for index in capability(10, 1, 4, 14)]
    [1.667, 1.333]
    >>> capability(10, 1, upper=13), capability(10, 0, 4, 14)
    ((None, 1.0), (None, None))
    """
    if not sigma or (lower is None and upper is None):
        return None, None
    sides = [(upper - mean) / (3 * sigma)] if upper is not None else []
    sides += [(mean - lower) / (3 * sigma)] if lower is not None else []
    both = (upper - lower) / (6 * sigma) if len(sides) == 2 else None
    return both, min(sides)
