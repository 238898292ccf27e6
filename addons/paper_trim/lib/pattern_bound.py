# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How many patterns any plan needs at least, and why.

Patterns are told apart by the widths of their pieces, so groups of one width are one here. Three arguments, the best one counts:

- ``cover``: every width with a demand stands in some pattern; the widths laid beside each other, each once, need so many webs.
- ``classes``: reels of different classes are never in one set.
- ``run_length``: a pattern p runs at most M_p: until one of its widths has all that may be delivered, or until the waste of the
  whole plan is used up. A share x_p / M_p of a pattern is paid for a run of x_p, so the linear program over *all* patterns that
  pays shares costs no more than the count of any plan; every width stands in patterns whose shares sum up to one.
- ``search``: a mixed-integer program over all patterns was searched to the end.
"""

import math
from collections import defaultdict
from dataclasses import dataclass, replace

from . import lp
from .patterns import all_patterns

REASONS = {
    "cover": "{widths} widths laid beside each other once take {webs} webs",
    "classes": "{classes} classes of reels cannot be in one set",
    "run_length": "no pattern runs long enough: the shares of the longest runs sum up to {shares}",
    "search": "every combination of {count} patterns was ruled out",
    "none": "nothing to be cut",
}


@dataclass(frozen=True)
class PatternBound:
    """At least ``count`` patterns, by ``reason`` (a key of ``REASONS``) with the figures in ``params``."""

    count: int = 0
    reason: str = "none"
    params: tuple = ()

    @property
    def message(self):
        """The argument as an English sentence."""
        return REASONS[self.reason].format(**dict(self.params))


def merge_widths(model):
    """Return the model with all groups of one width as one, in metres, without classes and positions: a relaxation."""
    merged = defaultdict(list)
    for group in model.groups:
        merged[group.width].append(group)
    groups = tuple(
        replace(
            found[0],
            least=sum(group.least * group.unit_m for group in found),
            target=sum(group.target * group.unit_m for group in found),
            most=sum(group.most * group.unit_m for group in found),
            reel_class=None,
            reel_m=0.0,
            position="any",
            cap=min(model.trim // width, model.most_pieces),
            keys=tuple(key for group in found for key in group.keys),
        )
        for width, found in merged.items()
    )
    return replace(model, groups=groups, classes=())


def simple_bound(model):
    """Return the better of the arguments ``cover`` and ``classes``.

    >>> from .groups import make_model
    >>> from .items import Item, Winder, make_problem
    >>> items = [Item(str(width), width, 90, 100, 110) for width in (900, 800, 700, 600)]
    >>> found = simple_bound(make_model(make_problem(items, Winder(1500))))
    >>> found.count, found.message
    (2, '4 widths laid beside each other once take 2 webs')
    """
    needed = [group for group in merge_widths(model).groups if group.least > 0]
    if not needed:
        return PatternBound()
    webs = sum(group.width for group in needed) / model.web
    count = max(math.ceil(webs - 1e-9), math.ceil(len(needed) / max(model.most_pieces, 1)))
    count = max(count, sum(2 * group.width > model.trim for group in needed))
    cover = PatternBound(count, "cover", (("widths", len(needed)), ("webs", count)))
    classes = {group.reel_class for group in model.groups if group.least > 0 and group.reel_class is not None}
    by_class = PatternBound(len(classes), "classes", (("classes", len(classes)),))
    return max(cover, by_class, key=lambda bound: bound.count)


class RunLengths:
    """The argument by run lengths, and the search to the end behind it, over all patterns of the widths.

    :param limit: most waste of the plans that are spoken of
    :param most_patterns: above that the patterns are not listed, and nothing is said
    """

    def __init__(self, model, limit, most_patterns=60_000):
        self.model = merge_widths(model)
        self.limit = limit
        self.patterns = all_patterns(replace(self.model, trim_min=model.trim_min), most_patterns)
        if self.patterns is not None:
            sold = sum(group.most * group.width / self.model.web for group in self.model.groups)
            budget = sold * limit / (1 - limit) / self.model.scale
            self.longest = []
            for counts in self.patterns:
                lost = 1 - self.model.used(counts) / self.model.web
                units = self.model.longest(counts)
                self.longest.append(min(units, budget / lost) if lost > 1e-12 else units)

    def relaxed(self):
        """Return the :class:`PatternBound` by run lengths, None where it says nothing."""
        if not self.patterns:
            return None
        program = self._program(searching=False, most=None)
        if not program.solve():
            return None
        shares = program.objective
        return PatternBound(math.ceil(shares - 1e-6), "run_length", (("shares", round(shares, 2)),))

    def rules_out(self, count, seconds, should_stop, nodes=None):
        """Return whether a search to the end finds that no plan has ``count`` patterns."""
        if not self.patterns:
            return False
        program = self._program(searching=True, most=count)
        found, proven, _bound = program.solve_whole(seconds, should_stop, nodes=nodes)
        return proven and not found

    def _program(self, searching, most):
        model = self.model
        groups, size = model.groups, len(model.groups)
        rows = [(group.least / model.scale, group.most / model.scale) for group in groups]
        rows.append((-lp.INFINITY, 1e-9))
        rows += [(1.0 if group.least > 0 else 0.0, lp.INFINITY) for group in groups]
        if searching:
            rows.append((-lp.INFINITY, float(most)))
            rows += [(-lp.INFINITY, 0.0)] * len(self.patterns)
        program = lp.Program(rows)
        for at, counts in enumerate(self.patterns):
            longest = self.longest[at]
            if longest <= 1e-9:
                continue
            covers = [(size + 1 + g, 1.0) for g, _n in counts]
            run = [*model.coefficients(counts), (size, 1 - self.limit - model.used(counts) / model.web)]
            if searching:
                program.add(0.0, [*run, (2 * size + 2 + at, 1.0)])
                program.add(1.0, [*covers, (2 * size + 1, 1.0), (2 * size + 2 + at, -longest)], upper=1.0, whole=True)
            else:
                program.add(1.0 / longest, run + [(row, 1.0 / longest) for row, _one in covers])
                program.add(1.0, covers)
        return program
