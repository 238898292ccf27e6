# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Patterns as a planner types them: widths beside each other, and how often or how far they run.

One line a pattern: ``787+787+889: 12`` is twelve sets of three widths, ``2*787+889: 12`` the same. The number is whole sets where
the widths are of reels counted in reels, metres otherwise.
"""

import re

from .groups import make_model
from .plan import PLANNED, Plan, make_runs

TIMES = re.compile(r"^(?:(\d+)\s*[*x×]\s*)?(\d+(?:\.\d+)?)$")
MOST_PIECES = 60


class TypingError(ValueError):
    """A line of typed patterns cannot be read; ``line`` counts from 1, ``code`` is shape, width or length."""

    def __init__(self, line, code, what):
        super().__init__(f"line {line}: {what}")
        self.line, self.code, self.what = line, code, what


def read_patterns(text):
    """Return ``[(widths in mm, number)]`` of typed patterns.

    >>> read_patterns("787+787+889: 12\\n\\n2×787 + 889 ： 3.5")
    [((787.0, 787.0, 889.0), 12.0), ((787.0, 787.0, 889.0), 3.5)]
    >>> read_patterns("787 889")
    Traceback (most recent call last):
    paper_trim_lib.typed.TypingError: line 1: 787 889
    """
    found = []
    for number, line in enumerate(text.replace("：", ":").replace("＋", "+").splitlines(), 1):
        if not line.strip():
            continue
        left, colon, right = line.partition(":")
        try:
            length = float(right)
        except ValueError:
            length = 0.0
        if not colon or not 0 < length < 1e9:
            raise TypingError(number, "shape", line.strip())
        widths = []
        for part in left.split("+"):
            match = TIMES.match(part.strip())
            if not match or int(match[1] or 1) + len(widths) > MOST_PIECES:
                raise TypingError(number, "shape", line.strip())
            widths += [float(match[2])] * int(match[1] or 1)
        found.append((tuple(widths), length))
    return found


def typed_plan(problem, patterns, bound=0.0):
    """Return the :class:`~.plan.Plan` of typed patterns: pieces are given to the items of their width by due date.

    What it breaks is told by :func:`~.check.check`.

    >>> from .items import Item, Winder, make_problem
    >>> problem = make_problem([Item("a", 700, 90, 100, 110), Item("b", 600, 90, 100, 110)], Winder(2000))
    >>> plan = typed_plan(problem, read_patterns("2*700+600: 50"))
    >>> [run.widths for run in plan.runs], round(plan.waste, 4)
    ([(700, 600, 700)], 0.0)
    """
    model = make_model(problem)
    runs = {}
    for number, (widths, length) in enumerate(patterns, 1):
        counts = _counts(model, widths, number)
        units = length if model.is_whole(counts) else length / model.scale
        if model.is_whole(counts) and units != int(units):
            raise TypingError(number, "length", f"{length:.10g}")
        runs[counts] = runs.get(counts, 0) + units
    made = make_runs(problem, model, runs) if runs else ()
    return Plan(trim_mm=problem.winder.trim_mm, runs=made, bound=bound, status=PLANNED, provenance="typed", limit=1.0)


def _counts(model, widths, number):
    """The pattern of widths: groups of one class where that is possible, else of whatever has the width."""
    for reel_class in (*model.classes, None):
        found = _of_class(model, widths, model.members(reel_class))
        if found:
            return found
    found = _of_class(model, widths, range(len(model.groups)))
    if found:
        return found
    known = {round(group.width_mm, 2) for group in model.groups}
    raise TypingError(number, "width", ", ".join(f"{width:.10g}" for width in dict.fromkeys(widths) if width not in known))


def _of_class(model, widths, members):
    counts = {}
    for width in widths:
        fitting = [g for g in members if abs(model.groups[g].width_mm - width) < 0.01]
        if not fitting:
            return None
        g = min(fitting, key=lambda g: model.groups[g].due)
        counts[g] = counts.get(g, 0) + 1
    return tuple(sorted(counts.items()))
