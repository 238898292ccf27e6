# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Trim anew round a fault of a jumbo, and change only what must be changed.

The knives stay where they are as far as can be: the stretch with the fault is cut with the same pieces in another order, so that
the fault falls into the trim, or into the piece whose loss is least. What is lost is left to the tolerance of its order; if that
is not enough, runs that are still to come are made longer, and only if that fails a pattern is added.
"""

import itertools
import time
from dataclasses import dataclass, replace

from . import lp
from .groups import make_model
from .heuristic import plan_by_rule
from .items import make_problem
from .plan import Piece, Run, Stretch, make_runs

ORDERS = 5000
NODES = 2000


@dataclass(frozen=True)
class Defect:
    """Where a web is bad: a run of the plan, from and to metre of it, from and to millimetre across from the first edge."""

    run: int
    from_m: float
    to_m: float
    from_mm: float
    to_mm: float


@dataclass(frozen=True)
class Retrim:
    """What came of it.

    :param runs: of the new plan, in the order of cutting; lost stretches are for nobody (key "")
    :param lost: ``{key: quantity}`` that the fault takes
    :param short: ``{key: quantity}`` below the tolerance that could not be made up
    :param changed: numbers of the new runs whose pieces or length differ from the plan
    """

    runs: tuple
    lost: dict
    short: dict
    changed: tuple
    seconds: float


def retrim(plan, problem, defect, solver=True, seconds=2.0):
    """Return the :class:`Retrim` of a plan round a defect.

    Runs before the defect's are made already; what follows may be made longer.

    :param seconds: most seconds of the program that makes runs longer, should its nodes take long

    >>> from .items import Item, Winder, make_problem
    >>> from .solve import solve
    >>> problem = make_problem([Item("a", 700, 190.0, 200.0, 210.0), Item("b", 500, 90.0, 100.0, 110.0)], Winder(2000))
    >>> plan = solve(problem)
    >>> found = retrim(plan, problem, Defect(0, 10, 12, 1950, 2000))
    >>> found.lost, found.short, len(found.runs) - len(plan.runs)
    ({}, {}, 2)
    """
    began = time.monotonic()
    run = plan.runs[defect.run]
    offset, pieces, hit = _arrange(run, plan.trim_mm, defect, problem)
    before, middle, after = _split(run, pieces, hit, defect)
    parts = [part for part in (before, middle, after) if part is not None]
    lost = _lost(middle)
    runs = list(plan.runs[: defect.run]) + parts
    coming = list(plan.runs[defect.run + 1 :])
    changed = set()
    if hit or pieces != run.pieces:
        changed.add(runs.index(middle))
    short = _short(problem, [*runs, *coming], lost)
    if short:
        coming, more = _longer(problem, coming, [*runs, *coming], short, seconds if solver else 0)
        changed |= {len(runs) + at for at in more}
        short = _short(problem, [*runs, *coming], lost)
    if short:
        extra = _extra(problem, short, [*runs, *coming])
        changed |= {len(runs) + len(coming) + at for at in range(len(extra))}
        coming += extra
        short = _short(problem, [*runs, *coming], lost)
    return Retrim(tuple(runs + coming), lost, short, tuple(sorted(changed)), time.monotonic() - began)


def _arrange(run, trim_mm, defect, problem):
    """The order of the pieces, and where the trim lies, that lose least: (offset in mm, pieces, indexes that are hit)."""
    free = trim_mm - run.used_mm
    best = None
    for pieces in _orders(run.pieces, problem):
        for offset in dict.fromkeys((0.0, free)):
            at, hit = offset, []
            for place, piece in enumerate(pieces):
                if at < defect.to_mm - 1e-9 and at + piece.width_mm > defect.from_mm + 1e-9:
                    hit.append(place)
                at += piece.width_mm
            cost = (sum(pieces[place].width_mm for place in hit), pieces != run.pieces)
            if best is None or cost < best[0]:
                best = (cost, offset, pieces, tuple(hit))
            if cost == (0, False):
                return best[1:]
    return best[1:]


def _orders(pieces, problem):
    """The given order first, then others of the inner pieces; edges keep those that must or must not lie there."""
    yield pieces
    seen = {tuple(piece.width_mm for piece in pieces)}
    for order in itertools.islice(itertools.permutations(pieces), ORDERS):
        widths = tuple(piece.width_mm for piece in order)
        if widths not in seen and _may_lie(order, problem):
            seen.add(widths)
            yield order


def _may_lie(pieces, problem):
    for place, piece in enumerate(pieces):
        at_edge = place in (0, len(pieces) - 1)
        for stretch in piece.stretches:
            position = problem.item(stretch.key).position
            if (position == "end" and not at_edge) or (position == "no_end" and at_edge):
                return False
    return True


def _split(run, pieces, hit, defect):
    """The run before, in and after the defect; whole sets are not cut through."""
    begin, end = max(defect.from_m, 0.0), min(defect.to_m, run.metres)
    if run.sets:
        length = run.metres / run.sets
        begin, end = (begin + 1e-9) // length * length, -(-(end - 1e-9) // length) * length
    before = _part(run, run.pieces, 0.0, begin)
    middle = _part(run, pieces, begin, end)
    after = _part(run, run.pieces, end, run.metres)
    for place in hit:
        piece = middle.pieces[place]
        wasted = replace(piece, stretches=tuple(replace(s, key="", reels=0) for s in piece.stretches))
        middle = replace(middle, pieces=middle.pieces[:place] + (wasted,) + middle.pieces[place + 1 :])
    lost = [piece.stretches for piece in _part(run, pieces, begin, end).pieces]
    middle = _Marked(middle.pieces, middle.metres, middle.sets, middle.reel_class, tuple(lost[place] for place in hit))
    return before, middle, after


@dataclass(frozen=True)
class _Marked(Run):
    """A run that remembers whose stretches the fault took."""

    taken: tuple = ()


def _part(run, pieces, begin, end):
    if end - begin <= 1e-6:
        return None
    cut = []
    for piece in pieces:
        stretches = []
        for s in piece.stretches:
            low, high = max(s.start_m, begin), min(s.start_m + s.metres, end)
            if high - low > 1e-6:
                reels = round(s.reels * (high - low) / s.metres) if s.reels else 0
                stretches.append(Stretch(s.key, low - begin, high - low, reels))
        cut.append(Piece(piece.width_mm, tuple(stretches)))
    sets = round(run.sets * (end - begin) / run.metres) if run.sets else 0
    return Run(tuple(cut), end - begin, sets, run.reel_class)


def _lost(middle):
    lost = {}
    for stretches in middle.taken:
        for s in stretches:
            lost[s.key] = lost.get(s.key, 0) + (s.reels or s.metres)
    return lost


def _got(problem, runs):
    got = {item.key: 0 for item in problem.items}
    for run in runs:
        for piece in run.pieces:
            for s in piece.stretches:
                if s.key:
                    got[s.key] += s.reels if problem.item(s.key).whole else s.metres
    return got


def _short(problem, runs, lost):
    got = _got(problem, runs)
    return {
        key: problem.item(key).least - got[key]
        for key in lost
        if problem.item(key).least - got[key] > 1e-6 * max(problem.item(key).least, 1)
    }


def _longer(problem, coming, runs, short, seconds):
    """Make coming runs longer, by the least metres, within the tolerance of all that they cut: (runs, changed indexes)."""
    if not coming or not (seconds and lp.solver_name()):
        return coming, []
    got = _got(problem, runs)
    keys = sorted({key for run in coming for key in run.keys if key})
    rows = {key: at for at, key in enumerate(keys)}
    bounds = []
    for key in keys:
        item = problem.item(key)
        least = short.get(key, 0.0)
        # What is already at its most must not grow; what misses nothing need not.
        bounds.append((least if any(key in run.keys for run in coming) else 0.0, max(item.most - got[key], least)))
    program = lp.Program(bounds)
    for run in coming:
        entries = {}
        for piece in run.pieces:
            last = piece.stretches[-1].key if piece.stretches else ""
            if last:
                whole = problem.item(last).whole
                share = 1.0 if whole or not run.sets else run.metres / run.sets
                entries[rows[last]] = entries.get(rows[last], 0) + share
        program.add(run.metres / run.sets if run.sets else 1.0, sorted(entries.items()), whole=bool(run.sets))
    if any(run.sets for run in coming):
        found, _proven, _bound = program.solve_whole(seconds, lambda: False, nodes=NODES)
    else:
        found = program.solve()
    if not found:
        return coming, []
    longer, changed = [], []
    for at, (run, more) in enumerate(zip(coming, program.values, strict=True)):
        if more > 1e-6:
            changed.append(at)
            run = _extended(problem, run, more)
        longer.append(run)
    return longer, changed


def _extended(problem, run, more):
    """A run that is longer by ``more`` metres or sets: each piece's last stretch grows."""
    metres = round(more) * run.metres / run.sets if run.sets else more
    pieces = []
    for piece in run.pieces:
        last = piece.stretches[-1]
        reels = last.reels + round(more) if last.reels else 0
        pieces.append(replace(piece, stretches=(*piece.stretches[:-1], replace(last, metres=last.metres + metres, reels=reels))))
    return replace(run, pieces=tuple(pieces), metres=run.metres + metres, sets=run.sets + (round(more) if run.sets else 0))


def _extra(problem, short, runs):
    """Runs of new patterns for what is still short, filled up with what others may still have."""
    got = _got(problem, runs)
    items = []
    for item in problem.items:
        least = short.get(item.key, 0)
        most = item.most - got[item.key]
        if least or most > 1e-6 * item.most:
            items.append(replace(item, least=least, target=least, most=max(most, least)))
    model_problem = make_problem(items, problem.winder)
    if not model_problem.items:
        return []
    model = make_model(model_problem)
    made = plan_by_rule(model, passes=3)
    return list(make_runs(model_problem, model, made)) if made else []
