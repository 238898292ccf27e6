# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From order lines in kilograms to items in run metres or whole reels.

Reels of a set are wound to one diameter on one core. Orders give a range of diameters, so lines are put together
where their ranges meet: as few classes as can be found, each with the diameter that suits most of its lines.
"""

import math
from collections import defaultdict
from dataclasses import dataclass, replace

from .items import ANY, Item, Refusal, make_problem


@dataclass(frozen=True)
class Line:
    """An order line as ordered.

    :param length_mm: length of a sheet; 0 is a reel
    :param under, over: tolerance of the quantity as fractions, the one that delivery and invoice use too
    :param diameter_min_mm, diameter_max_mm, core_mm: of a reel
    :param reel_length_m: ordered length of a reel; wins over the length by diameters
    :param winding: side that a reel shows outside, None: either
    """

    key: str
    width_mm: float
    kg: float
    basis_weight: float
    length_mm: float = 0.0
    caliper_um: float = 0.0
    under: float = 0.0
    over: float = 0.0
    diameter_min_mm: float = 0.0
    diameter_max_mm: float = 0.0
    core_mm: float = 0.0
    reel_length_m: float = 0.0
    winding: str | None = None
    position: str = ANY
    max_ups: int | None = None
    due: object = None
    order: str = ""

    @property
    def is_reel(self):
        """Whether the line is of reels, not sheets."""
        return not self.length_mm


def run_metres(kg, width_mm, basis_weight):
    """Return the metres of a web of ``width_mm`` that weigh ``kg`` at ``basis_weight`` g/m².

    >>> run_metres(2000, 500, 200)
    20000.0
    """
    return kg * 1e6 / (width_mm * basis_weight)


def reel_metres(diameter_mm, core_mm, caliper_um):
    """Return the metres on a reel: the area of its face over the caliper.

    >>> round(reel_metres(1000, 100, 260))
    2991
    """
    return math.pi / 4 * (diameter_mm**2 - core_mm**2) / caliper_um


def build_problem(lines, winder, whole=False, classes=True):
    """Return the :class:`~.items.Problem` of order lines; contradictions are refused by name.

    :param whole: reels are counted in whole reels; else by run metres
    :param classes: False leaves diameters, cores and windings out of account, the reading of published benchmarks; a
        contradiction in a figure that is not used is no fault then

    >>> from .items import Winder
    >>> lines = [
    ...     Line("4909", 550, 3500, 200, under=0.15, over=0.15, caliper_um=260, diameter_min_mm=1000, diameter_max_mm=110),
    ...     Line("4890", 890, 0, 200, length_mm=860),
    ...     Line("4910", 480, 2800, 200, caliper_um=260, under=0.2, over=0.2, diameter_min_mm=1000, diameter_max_mm=1100,
    ...          core_mm=100),
    ... ]
    >>> problem = build_problem(lines, Winder(2540), whole=True)
    >>> [(refusal.key, refusal.code) for refusal in problem.refused]
    [('4909', 'diameter_backwards'), ('4890', 'no_quantity')]
    >>> [(item.key, item.least, item.target, item.most) for item in problem.items]
    [('4910', 7, 8, 9)]
    >>> by_length = [Line("5001", 787, 5000, 70, under=0.05, over=0.05, reel_length_m=9000, core_mm=76)]
    >>> [(item.least, item.target, item.most, item.reel_m) for item in build_problem(by_length, Winder(2540), whole=True).items]
    [(10, 10, 10, 9000)]
    """
    refused, sound = [], []
    for line in lines:
        fault = _fault(line, whole, classes)
        if not fault and line.width_mm > winder.trim_mm:
            fault = "too_wide", {"width": line.width_mm, "trim": winder.trim_mm}
        if fault:
            refused.append(Refusal(line.key, *fault))
        else:
            sound.append(line)
    if classes:
        by_length = [line for line in sound if line.is_reel and line.reel_length_m]
        diameters, without = _classes([line for line in sound if line.is_reel and not line.reel_length_m], whole)
        refused += without
        if whole:
            refused += [Refusal(line.key, "no_whole_reels", _length_figures(line)) for line in by_length if not _is_whole(line)]
    items = []
    for line in sound:
        if not (classes and line.is_reel):
            items.append(_in_metres(line, None))
        elif line.reel_length_m:
            reel_class = (f"{line.reel_length_m:.10g} m", line.core_mm, line.winding)
            if not whole:
                items.append(_in_metres(line, reel_class))
            elif _is_whole(line):
                items.append(_in_reels(line, reel_class, line.reel_length_m))
        elif line.key in diameters:
            reel_class = (diameters[line.key], line.core_mm, line.winding)
            items.append(_in_reels(line, reel_class) if whole else _in_metres(line, reel_class))
    weights = {line.basis_weight for line in sound}
    return make_problem(items, winder, weights.pop() if len(weights) == 1 else 0.0, refused)


def _fault(line, whole, classes):
    for field in ("width_mm", "kg", "basis_weight", "length_mm", "caliper_um", "under", "over", "core_mm", "reel_length_m"):
        value = getattr(line, field)
        if not math.isfinite(value) or (value < 0 and field not in ("under", "over")):
            return "not_finite", {"field": field, "value": value}
    if not line.width_mm:
        return "no_width", {}
    if not line.kg:
        return "no_quantity", {}
    if not line.basis_weight:
        return "no_basis_weight", {}
    if not (0 <= line.under < 1 and 0 <= line.over < 1):
        return "tolerance", {"under": line.under, "over": line.over}
    if not (classes and line.is_reel) or line.reel_length_m:
        return None
    if line.diameter_min_mm > line.diameter_max_mm:
        return "diameter_backwards", {"min": line.diameter_min_mm, "max": line.diameter_max_mm}
    if line.diameter_max_mm and line.core_mm >= line.diameter_min_mm:
        return "core_not_below_outside", {"core": line.core_mm, "outside": line.diameter_min_mm}
    if whole and not line.diameter_max_mm:
        return "no_diameter", {}
    if whole and not line.caliper_um:
        return "no_caliper", {}
    return None


def _classes(lines, whole):
    """Choose diameters so that few classes serve all lines: ``{key: diameter}`` and the refusals."""
    families, diameters, refused = defaultdict(list), {}, []
    for line in lines:
        ranges = _whole_ranges(line) if whole else [(line.diameter_min_mm, line.diameter_max_mm)]
        if ranges:
            families[line.core_mm, line.winding].append((line.key, ranges))
        else:
            refused.append(Refusal(line.key, "no_whole_reels", _reel_figures(line)))
    for family in families.values():
        while family:
            points = sorted({high for _key, ranges in family for _low, high in ranges})
            served = {point: [key for key, ranges in family if _within(point, ranges)] for point in points}
            best = max(points, key=lambda point: (len(served[point]), point))
            diameters.update(dict.fromkeys(served[best], best))
            family[:] = [(key, ranges) for key, ranges in family if key not in served[best]]
    return diameters, refused


def _within(point, ranges):
    return any(low <= point <= high for low, high in ranges)


def _whole_ranges(line):
    """The diameters at which a whole number of reels weighs what was ordered, as (low, high) pairs within the order's."""
    per_metre = line.width_mm * line.basis_weight / 1e6
    low_kg, high_kg = _kg_range(line)
    lightest, heaviest = (
        per_metre * reel_metres(d, line.core_mm, line.caliper_um) for d in (line.diameter_min_mm, line.diameter_max_mm)
    )
    found = []
    for count in range(max(1, math.ceil(low_kg / heaviest - 1e-9)), math.floor(high_kg / lightest + 1e-9) + 1):
        low, high = (_diameter(kg / count / per_metre, line) for kg in (low_kg, high_kg))
        low, high = max(low, line.diameter_min_mm), min(high, line.diameter_max_mm)
        # Whole millimetres: the diameter is set at the winder.
        low, high = math.ceil(low - 1e-9), math.floor(high + 1e-9)
        if low <= high:
            found.append((low, high))
    return found


def _diameter(metres, line):
    return math.sqrt(metres * line.caliper_um * 4 / math.pi + line.core_mm**2)


def _kg_range(line):
    return line.kg * (1 - line.under), line.kg * (1 + line.over)


def _reel_figures(line):
    per_metre = line.width_mm * line.basis_weight / 1e6
    reels = [
        round(per_metre * reel_metres(d, line.core_mm, line.caliper_um), 1)
        for d in (line.diameter_min_mm, line.diameter_max_mm)
    ]
    least, most = (round(kg, 1) for kg in _kg_range(line))
    return {"least_kg": least, "most_kg": most, "reel_min_kg": reels[0], "reel_max_kg": reels[1]}


def _in_metres(line, reel_class):
    least, target, most = (run_metres(kg, line.width_mm, line.basis_weight) for kg in _three(line))
    return _item(line, least, target, most, reel_class)


def _is_whole(line):
    """Whether a whole number of reels of the ordered length weighs what was ordered."""
    low, high = (kg / _reel_kg(line, line.reel_length_m) for kg in _kg_range(line))
    return max(math.ceil(low - 1e-9), 1) <= math.floor(high + 1e-9)


def _reel_kg(line, metres):
    return metres * line.width_mm * line.basis_weight / 1e6


def _length_figures(line):
    least, most = (round(kg, 1) for kg in _kg_range(line))
    reel = round(_reel_kg(line, line.reel_length_m), 1)
    return {"least_kg": least, "most_kg": most, "reel_min_kg": reel, "reel_max_kg": reel}


def _in_reels(line, reel_class, metres=None):
    metres = metres or reel_metres(reel_class[0], line.core_mm, line.caliper_um)
    reel_kg = _reel_kg(line, metres)
    low, wanted, high = (kg / reel_kg for kg in _three(line))
    least, most = math.ceil(low - 1e-9), math.floor(high + 1e-9)
    target = min(max(round(wanted), least), most)
    return replace(_item(line, least, target, most, reel_class), reel_m=metres)


def _three(line):
    low, high = _kg_range(line)
    return low, line.kg, high


def _item(line, least, target, most, reel_class):
    return Item(
        key=line.key,
        width_mm=line.width_mm,
        least=least,
        target=target,
        most=most,
        reel_class=reel_class,
        position=line.position,
        max_ups=line.max_ups,
        due=line.due,
        order=line.order,
    )
