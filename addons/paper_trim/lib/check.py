# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Check a plan against its problem, with nothing of what made it.

Everything is counted anew from the pieces of the runs, so that a fault of the solver or of the one who typed a pattern shows.
Typed patterns are checked by the same function: a plan of one run.
"""

from collections import defaultdict
from dataclasses import dataclass

METRE = 1e-3  # a millimetre in each metre of rounding would show; a millionth does not
FAULTS = {
    "unknown": "run {run}: there is no item {key}",
    "no_length": "run {run}: {metres} metres",
    "too_wide": "run {run}: {used} mm on a trim of {trim} mm",
    "too_narrow": "run {run}: {used} mm, at least {trim_min} mm are to be cut",
    "knives": "run {run}: {pieces} pieces with {knives} knives",
    "pitch": "run {run}: a piece of {width} mm, knives stand at least {pitch} mm apart",
    "width": "run {run}: item {key} of {wanted} mm is cut {width} mm wide",
    "gap": "run {run}: piece {piece} is cut from {begin} m on, where {end} m of it are given already",
    "outside": "run {run}: piece {piece} ends at {end} m of {metres} m",
    "unassigned": "run {run}: piece {piece} has {metres} m for nobody",
    "ups": "run {run}: {pieces} pieces of item {key} beside each other, at most {max_ups}",
    "end": "run {run}: item {key} belongs to an edge of the web",
    "no_end": "run {run}: item {key} must not lie at an edge of the web",
    "classes": "run {run}: reels of different classes in one set",
    "set_length": "run {run}: item {key} has {metres} m for {reels} reels of {reel_m} m",
    "too_little": "item {key}: {quantity}, at least {least}",
    "too_much": "item {key}: {quantity}, at most {most}",
    "refused": "item {key} was refused and is in the plan",
    "waste": "the plan says a waste of {said}, its runs give {found}",
    "bound": "the waste of {waste} is below the bound of {bound}",
    "patterns": "the plan says {said} patterns, its runs give {found}",
    "pattern_bound": "{patterns} patterns are below the lower bound of {bound}",
}


@dataclass(frozen=True)
class Fault:
    """A fault of a plan: ``code`` is one of ``FAULTS``."""

    code: str
    params: dict

    @property
    def message(self):
        """The fault as an English sentence."""
        return FAULTS[self.code].format(**self.params)


def check(plan, problem, complete=True):
    """Return the faults of a plan, an empty list if there is none.

    :param complete: whether every item must have its least quantity, but for those that the plan refuses by name; not so for
        patterns that are typed one by one

    >>> from .items import Item, Winder, make_problem
    >>> from .plan import Piece, Plan, Run, Stretch
    >>> problem = make_problem([Item("a", 900, 100, 110, 120)], Winder(1000))
    >>> run = Run((Piece(900, (Stretch("a", 0, 130),)), Piece(900, (Stretch("a", 0, 1),))), 130)
    >>> [fault.message for fault in check(Plan(1000, (run,)), problem)][:2]
    ['run 0: 1800 mm on a trim of 1000 mm', 'run 0: piece 1 has 129 m for nobody']
    """
    return list(_faults(plan, problem, complete))


def _faults(plan, problem, complete):
    items = {item.key: item for item in problem.items}
    metres, reels = defaultdict(float), defaultdict(int)
    sold = web = 0.0
    patterns = set()
    for number, run in enumerate(plan.runs):
        yield from _run_faults(number, run, problem.winder, items)
        widths = []
        for piece in run.pieces:
            widths.append(piece.width_mm)
            for stretch in piece.stretches:
                metres[stretch.key] += stretch.metres
                reels[stretch.key] += stretch.reels
        sold += sum(widths) * run.metres
        web += problem.winder.trim_mm * run.metres
        patterns.add((tuple(sorted(widths)), run.reel_class))
    if not plan.runs:
        return
    left_out = {refusal.key for refusal in plan.refused if refusal not in problem.refused}
    for key, item in items.items():
        quantity = reels[key] if item.reel_m else metres[key]
        slack = 0 if item.reel_m else METRE * max(1.0, item.most * 1e-4)
        if key in left_out:
            if quantity:
                yield Fault("refused", {"key": key})
            continue
        if complete and quantity < item.least - slack:
            yield Fault("too_little", {"key": key, "quantity": quantity, "least": item.least})
        if quantity > item.most + slack:
            yield Fault("too_much", {"key": key, "quantity": quantity, "most": item.most})
    for refusal in problem.refused:
        if refusal.key in metres and refusal.key not in items:
            yield Fault("refused", {"key": refusal.key})
    waste = 1 - sold / web if web else 0.0
    if abs(waste - plan.waste) > 1e-9:
        yield Fault("waste", {"said": plan.waste, "found": waste})
    if complete and waste < plan.bound - 1e-6:
        yield Fault("bound", {"waste": waste, "bound": plan.bound})
    if len(patterns) != plan.patterns:
        yield Fault("patterns", {"said": plan.patterns, "found": len(patterns)})
    if complete and waste <= plan.limit and len(patterns) < plan.pattern_bound.count:
        yield Fault("pattern_bound", {"patterns": len(patterns), "bound": plan.pattern_bound.count})


def _run_faults(number, run, winder, items):
    at = {"run": number}
    if not run.metres > 0:
        yield Fault("no_length", at | {"metres": run.metres})
    used = sum(piece.width_mm for piece in run.pieces)
    if used > winder.trim_mm + 1e-6:
        yield Fault("too_wide", at | {"used": used, "trim": winder.trim_mm})
    if used < winder.trim_min_mm - 1e-6:
        yield Fault("too_narrow", at | {"used": used, "trim_min": winder.trim_min_mm})
    if winder.knives is not None and len(run.pieces) + 1 > winder.knives:
        yield Fault("knives", at | {"pieces": len(run.pieces), "knives": winder.knives})
    classes, beside = set(), defaultdict(set)
    for place, piece in enumerate(run.pieces):
        if piece.width_mm < winder.pitch_mm:
            yield Fault("pitch", at | {"width": piece.width_mm, "pitch": winder.pitch_mm})
        yield from _piece_faults(at, place, piece, run, items)
        at_edge = place in (0, len(run.pieces) - 1)
        for stretch in piece.stretches:
            item = items.get(stretch.key)
            if item is None:
                continue
            beside[stretch.key].add(place)
            if item.reel_class is not None:
                classes.add(item.reel_class)
            if item.position == "end" and not at_edge:
                yield Fault("end", at | {"key": stretch.key})
            if item.position == "no_end" and at_edge:
                yield Fault("no_end", at | {"key": stretch.key})
    if len(classes) > 1:
        yield Fault("classes", at)
    for key, places in beside.items():
        most = items[key].max_ups
        if most is not None and len(places) > most:
            yield Fault("ups", at | {"key": key, "pieces": len(places), "max_ups": most})


def _piece_faults(at, place, piece, run, items):
    end = 0.0
    slack = METRE * max(1.0, run.metres * 1e-4)
    for stretch in piece.stretches:
        item = items.get(stretch.key)
        if item is None:
            yield Fault("unknown", at | {"key": stretch.key})
            continue
        if abs(item.width_mm - piece.width_mm) > 1e-6:
            yield Fault("width", at | {"key": stretch.key, "wanted": item.width_mm, "width": piece.width_mm})
        if abs(stretch.start_m - end) > slack:
            yield Fault("gap", at | {"piece": place, "begin": stretch.start_m, "end": end})
        end = stretch.start_m + stretch.metres
        if item.reel_m and abs(stretch.reels * item.reel_m - stretch.metres) > slack:
            params = {"key": stretch.key, "metres": stretch.metres, "reels": stretch.reels, "reel_m": item.reel_m}
            yield Fault("set_length", at | params)
    if end > run.metres + slack:
        yield Fault("outside", at | {"piece": place, "end": end, "metres": run.metres})
    elif end < run.metres - slack:
        yield Fault("unassigned", at | {"piece": place, "metres": run.metres - end})
