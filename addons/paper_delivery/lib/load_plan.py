"""Where the reels and pallets of a load stand on the floor: never over one another, the last stop in front."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Unit:
    """A reel that stands on its end, or a pallet; millimetres and kilograms. ``stop`` counts the stops from 0."""

    name: str
    length: int
    width: int
    height: int
    kg: float
    stop: int = 0
    round: bool = False


@dataclass(frozen=True)
class Floor:
    """What a vehicle can hold; the axles are counted from the front wall, in millimetres; no limit where 0."""

    length: int = 13600
    width: int = 2450
    height: int = 2700
    front_axle: int = 1500
    rear_axle: int = 10500
    front_limit: float = 0.0
    rear_limit: float = 0.0


@dataclass(frozen=True)
class Place:
    """A unit with its corner: ``x`` from the front wall, ``y`` from the left."""

    unit: Unit
    x: int
    y: int
    length: int
    width: int


@dataclass
class Plan:
    places: list = field(default_factory=list)
    left: list = field(default_factory=list)
    front_kg: float = 0.0
    rear_kg: float = 0.0
    overloaded: tuple = ()

    @property
    def centre(self):
        """Return where the weight of the load lies, in mm from the front wall; 0 without a load."""
        kg = sum(place.unit.kg for place in self.places)
        return sum((place.x + place.length / 2) * place.unit.kg for place in self.places) / kg if kg else 0.0


def plan(units, floor=None):
    """Return the :class:`Plan` of a load: rows across the floor, the goods of the last stop in front, heavy ones first.

    What finds no place is listed in ``left``. What is unloaded first stands at the doors and nothing before it.

    >>> reels = [Unit(f"R{n}", 1200, 1200, 1000, 800, stop=n % 2, round=True) for n in range(4)]
    >>> [(place.unit.name, place.x, place.y) for place in plan(reels).places]
    [('R1', 0, 0), ('R3', 0, 1200), ('R0', 1200, 0), ('R2', 1200, 1200)]
    >>> plan([Unit("R", 1200, 1200, 3000, 800)]).left[0].name
    'R'
    >>> plan([Unit("P", 2600, 800, 1500, 500)], Floor(length=1000)).left[0].name
    'P'
    """
    floor = floor or Floor()
    result = Plan()
    x = y = depth = 0
    last = None
    for unit in sorted(units, key=lambda item: (-item.stop, -item.length, -item.width, -item.kg, item.name)):
        turns = [(unit.length, unit.width)] if unit.round else [(unit.length, unit.width), (unit.width, unit.length)]
        fits = [(long, wide) for long, wide in turns if wide <= floor.width]
        if not fits or unit.height > floor.height or min(unit.length, unit.width) <= 0:
            result.left.append(unit)
            continue
        # Another stop begins a row of its own: nothing of a later stop stands between its goods and the doors.
        new_row = last is not None and unit.stop != last
        here = (
            [] if new_row else [(long, wide) for long, wide in fits if y + wide <= floor.width and (not depth or long <= depth)]
        )
        if here:
            long, wide = min(here)
        else:
            x, y, depth = x + depth, 0, 0
            long, wide = min(fits)
        if x + long > floor.length:
            result.left.append(unit)
            continue
        result.places.append(Place(unit, x, y, long, wide))
        y, depth, last = y + wide, max(depth, long), unit.stop
    _weigh(result, floor)
    return result


def _weigh(result, floor):
    kg = sum(place.unit.kg for place in result.places)
    span = floor.rear_axle - floor.front_axle
    result.rear_kg = kg * (result.centre - floor.front_axle) / span if kg and span > 0 else 0.0
    result.front_kg = kg - result.rear_kg
    over = []
    if floor.front_limit and result.front_kg > floor.front_limit:
        over.append("front")
    if floor.rear_limit and result.rear_kg > floor.rear_limit:
        over.append("rear")
    result.overloaded = tuple(over)


def overlap(one, other):
    """Say whether two places share ground.

    >>> unit = Unit("A", 10, 10, 10, 1)
    >>> here = Place(unit, 0, 0, 10, 10)
    >>> overlap(here, Place(unit, 10, 0, 10, 10)), overlap(here, Place(unit, 9, 0, 10, 10))
    (False, True)
    """
    return (
        one.x < other.x + other.length and other.x < one.x + one.length
        and one.y < other.y + other.width and other.y < one.y + one.width
    )  # fmt: skip


def drawing(result, floor=None, width=640):
    """Return the plan to scale as SVG markup: front wall at the left, doors at the right; only numbers and escaped names."""
    from html import escape

    floor = floor or Floor()
    scale = width / floor.length
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{floor.width * scale:.0f}">']
    parts.append(f'<rect width="{width}" height="{floor.width * scale:.0f}" fill="none" stroke="#333"/>')
    for place in result.places:
        x, y, long, wide = (value * scale for value in (place.x, place.y, place.length, place.width))
        if place.unit.round:
            parts.append(
                f'<circle cx="{x + long / 2:.1f}" cy="{y + wide / 2:.1f}" r="{long / 2:.1f}" fill="#eef" stroke="#336"/>'
            )
        else:
            parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{long:.1f}" height="{wide:.1f}" fill="#efe" stroke="#363"/>')
        label = f"{place.unit.stop + 1}·{escape(place.unit.name[-6:])}"
        parts.append(f'<text x="{x + long / 2:.1f}" y="{y + wide / 2:.1f}" font-size="8" text-anchor="middle">{label}</text>')
    return "".join([*parts, "</svg>"])
