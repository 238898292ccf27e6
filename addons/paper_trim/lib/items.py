# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is to be cut, and on what: items, the winder, reels in stock, and what was refused."""

import math
from dataclasses import dataclass

ANY, NO_END, END = "any", "no_end", "end"
POSITIONS = (ANY, NO_END, END)
LEAST_M = 0.01  # less than a centimetre is no quantity

# Why an item cannot be planned. The figures stand in the refusal's ``params``.
REFUSALS = {
    "duplicate_key": "the key is used twice",
    "not_finite": "{field}: {value} is no usable number",
    "no_width": "the width is missing",
    "no_quantity": "the quantity is zero",
    "no_basis_weight": "the basis weight is missing",
    "no_caliper": "the caliper is missing, so that the length of a reel is not known",
    "no_diameter": "the outside diameter of the reel is missing",
    "diameter_backwards": "the outside diameter runs backwards, from {min} to {max} mm",
    "core_not_below_outside": "the core of {core} mm is not below the outside of {outside} mm",
    "tolerance": "the tolerance of {under} to {over} is not within 0 and 1",
    "range_backwards": "the quantity runs backwards: at least {least}, wanted {target}, at most {most}",
    "too_wide": "the width of {width} mm is above the trim of {trim} mm",
    "too_narrow": "the width of {width} mm is below the least distance of knives, {pitch} mm",
    "position": "{position} is no position",
    "max_ups": "at most {max_ups} beside each other makes none",
    "no_whole_reels": (
        "no whole number of reels weighs {least_kg} to {most_kg} kg: a reel weighs {reel_min_kg} to {reel_max_kg} kg"
    ),
    "reel_length": "reels of one class have {metres} and {other} metres",
    # These two are found while planning: they depend on what else is ordered.
    "no_set": "whatever is cut beside it, no set keeps within the winder's limits, at least {trim_min} mm of {trim} mm",
    "little_beside": "{missing} of at least {least} find no place in a set of the winder: too little is ordered to cut beside it",
}


@dataclass(frozen=True)
class Refusal:
    """An item that cannot be planned: ``code`` is one of ``REFUSALS``, ``params`` its figures.

    >>> Refusal("4711", "too_wide", {"width": 2600, "trim": 2540}).message
    'the width of 2600 mm is above the trim of 2540 mm'
    """

    key: str
    code: str
    params: dict

    @property
    def message(self):
        """The reason as an English sentence."""
        return REFUSALS[self.code].format(**self.params)


@dataclass(frozen=True)
class Item:
    """An order line to be cut.

    :param key: the order line
    :param width_mm: width of a piece
    :param least, target, most: quantity within the line's tolerance: run metres, or whole reels where ``reel_m`` is set
    :param reel_class: what must agree within a set (diameter, core, winding side), any hashable; None goes to the sheeter
        and runs beside every class
    :param reel_m: metres of one reel, the same for the whole class; 0: the quantity is in metres
    :param position: ``ANY``, ``NO_END`` (never at an edge of the web) or ``END`` (only there)
    :param max_ups: most pieces of the item beside each other; None: no limit
    :param due: a sortable date or number; None: last
    :param order: what is open on the floor from its first set to its last; the key where not given
    """

    key: str
    width_mm: float
    least: float
    target: float
    most: float
    reel_class: object = None
    reel_m: float = 0.0
    position: str = ANY
    max_ups: int | None = None
    due: object = None
    order: str = ""

    @property
    def whole(self):
        """Whether the quantity is a whole number of reels."""
        return self.reel_m > 0

    def metres(self, quantity):
        """Return the run metres of a quantity.

        >>> Item("a", 500, 2, 2, 3, reel_m=6000).metres(2)
        12000
        """
        return quantity * self.reel_m if self.whole else quantity


@dataclass(frozen=True)
class Winder:
    """A winder and the web that it gets.

    :param deckle_mm: width of the jumbo
    :param edge_trim_mm: what is always cut off at each edge
    :param trim_min_mm: least sum of widths in a set
    :param knives: slitters; a set of n pieces with both edges cut needs n + 1. None: no limit
    :param pitch_mm: least distance of two knives

    >>> winder = Winder(2540, edge_trim_mm=20, knives=9)
    >>> winder.trim_mm, winder.most_pieces
    (2500, 8)
    """

    deckle_mm: float
    edge_trim_mm: float = 0
    trim_min_mm: float = 0
    knives: int | None = None
    pitch_mm: float = 0

    @property
    def trim_mm(self):
        """The width that can be sold: the deckle without its edges."""
        return self.deckle_mm - 2 * self.edge_trim_mm

    @property
    def most_pieces(self):
        """Most pieces of a set by the knives, None without limit."""
        return None if self.knives is None else self.knives - 1


@dataclass(frozen=True)
class StockReel:
    """A reel in stock that can be rewound.

    :param width_mm, metres: its web
    :param cost: of rewinding it, in the unit of ``Prices.new``
    """

    key: str
    width_mm: float
    metres: float
    cost: float = 0.0


@dataclass(frozen=True)
class Problem:
    """Items and winder, ready to be planned; build it with :func:`make_problem`.

    :param basis_weight: g/m², turns areas into kilograms; 0: not known
    """

    winder: Winder
    items: tuple
    refused: tuple = ()
    basis_weight: float = 0.0

    def item(self, key):
        """Return the item with a key."""
        return self._by_key[key]

    @property
    def _by_key(self):
        return {item.key: item for item in self.items}


def make_problem(items, winder, basis_weight=0.0, refused=()):
    """Return the :class:`Problem` of the items that can be planned; the others are refused with their reason.

    >>> problem = make_problem([Item("a", 2600, 1, 1, 1), Item("b", 900, 0.0, 0.0, 0.0)], Winder(2540))
    >>> [(refusal.key, refusal.code) for refusal in problem.refused]
    [('a', 'too_wide'), ('b', 'no_quantity')]
    """
    kept, refused, seen, reel_m = [], list(refused), set(), {}
    for item in items:
        fault = _fault(item, winder, seen, reel_m)
        seen.add(item.key)
        if fault:
            refused.append(Refusal(item.key, *fault))
            continue
        if item.whole:
            reel_m[item.reel_class] = item.reel_m
        kept.append(item)
    return Problem(winder, tuple(kept), tuple(refused), basis_weight)


def _fault(item, winder, seen, reel_m):
    for field in ("width_mm", "least", "target", "most", "reel_m"):
        value = getattr(item, field)
        if not math.isfinite(value) or value < 0:
            return "not_finite", {"field": field, "value": value}
    checks = (
        (item.key in seen, "duplicate_key", {}),
        (not item.width_mm, "no_width", {}),
        (item.width_mm > winder.trim_mm, "too_wide", {"width": item.width_mm, "trim": winder.trim_mm}),
        (item.width_mm < winder.pitch_mm, "too_narrow", {"width": item.width_mm, "pitch": winder.pitch_mm}),
        (item.metres(item.most) < LEAST_M, "no_quantity", {}),
        (
            not item.least <= item.target <= item.most,
            "range_backwards",
            {"least": item.least, "target": item.target, "most": item.most},
        ),
        (item.position not in POSITIONS, "position", {"position": item.position}),
        (item.max_ups is not None and item.max_ups < 1, "max_ups", {"max_ups": item.max_ups}),
        (
            item.whole and reel_m.get(item.reel_class, item.reel_m) != item.reel_m,
            "reel_length",
            {"metres": item.reel_m, "other": reel_m.get(item.reel_class)},
        ),
        (
            item.whole and math.floor(item.most) < math.ceil(item.least),
            "range_backwards",
            {"least": item.least, "target": item.target, "most": item.most},
        ),
    )
    return next(((code, params) for wrong, code, params in checks if wrong), None)
