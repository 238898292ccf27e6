# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Exact conversion of paper quantities through the geometry of the paper.

Units: ``kg`` kilogram, ``t`` tonne, ``m`` running metre of the web, ``m2`` square metre,
``sheet``, ``ream``, ``reel``. There is no fixed ratio between them; each step of

    t ── kg ── m2 ──┬── m ── reel          (format reel)
                    └── sheet ── ream      (format sheet)

needs the figures of one specification. Inside, everything is a Fraction; results are
Decimals with 34 significant digits (the width of IEEE 754 decimal128), rounded once.

Vectors of the trade (ream weight = L·W·g·500, reel length = π(D²−d²)/4t):

>>> ream = PaperGeometry(basis_weight=60, format="sheet", width_mm=787, length_mm=1092)
>>> round(ream_weight_kg(ream), 3), round(reams_per_tonne(ream), 3)
(Decimal('25.782'), Decimal('38.787'))
>>> art = PaperGeometry(basis_weight=157, format="sheet", width_mm=889, length_mm=1194)
>>> round(convert(1, "ream", "kg", art), 3)
Decimal('83.325')
>>> big = PaperGeometry(format="reel", reel_diameter_mm=1500, core_diameter_mm=100, caliper_um=80)
>>> round(reel_length_m(big))
21991
>>> offset = PaperGeometry(basis_weight=70, format="reel", width_mm=787, caliper_um=88,
...                        reel_diameter_mm=1050, core_diameter_mm=76)
>>> round(reel_length_m(offset)), round(reel_weight_kg(offset))
(9788, 539)
>>> round(air_dry_mass(1000, 12), 1)
Decimal('977.8')
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from .geometry import (
    REEL,
    SHEET,
    InvalidFigureError,
    MissingFigureError,
    NonFiniteError,
    NotANumberError,
    NotApplicableError,
    OutOfRangeError,
    PaperGeometry,
    QuantityError,
    UnknownUnitError,
    exact,
    figure,
    geometry_errors,
    optional_figure,
)

__all__ = [
    "PI",
    "UNITS",
    "InvalidFigureError",
    "MissingFigureError",
    "NonFiniteError",
    "NotANumberError",
    "NotApplicableError",
    "OutOfRangeError",
    "PaperGeometry",
    "QuantityError",
    "UnknownUnitError",
    "air_dry_mass",
    "available_units",
    "convert",
    "convert_exact",
    "density",
    "geometry_errors",
    "ream_weight_kg",
    "reams_per_tonne",
    "reel_length_m",
    "reel_weight_kg",
    "summary",
]

UNITS = ("kg", "t", "m", "m2", "sheet", "ream", "reel")

# A fixed rational, so that a conversion and its way back cancel exactly. Twenty digits more
# than a result carries: the truncation never shows.
PI = Fraction(314159265358979323846264338327950288419716939937510582, 10**53)

_RESULT = Context(prec=34, rounding=ROUND_HALF_EVEN)
_ONLY = {"m": REEL, "reel": REEL, "sheet": SHEET, "ream": SHEET}
# Each unit's neighbour on the way to the kilogram.
_TOWARDS_KG = {"t": "kg", "m2": "kg", "m": "m2", "sheet": "m2", "ream": "sheet", "reel": "m"}


def convert(qty, from_unit, to_unit, geometry):
    """Convert ``qty`` of ``from_unit`` into ``to_unit`` and return a Decimal.

    :param qty: int, float, Decimal, Fraction or numeric text; negative for a difference
    :param from_unit: one of :data:`UNITS`
    :param to_unit: one of :data:`UNITS`
    :param geometry: the :class:`PaperGeometry`; only the figures on the way must be given
    :raises UnknownUnitError, NotApplicableError, MissingFigureError: see their docstrings
    :raises InvalidFigureError, NotANumberError, NonFiniteError, OutOfRangeError:

    >>> a4 = PaperGeometry(basis_weight=80, format="sheet", width_mm=210, length_mm=297)
    >>> convert(1, "t", "m2", a4), convert("2494.8", "kg", "ream", a4)
    (Decimal('12500'), Decimal('1000'))
    >>> convert(1, "reel", "kg", a4)
    Traceback (most recent call last):
    ...
    NotApplicableError: The unit 'reel' does not apply to the format 'sheet'.
    """
    return _decimal(convert_exact(qty, from_unit, to_unit, geometry))


def convert_exact(qty, from_unit, to_unit, geometry):
    """Do as :func:`convert`, and return the unrounded Fraction for further computing.

    >>> half = PaperGeometry(basis_weight=80, format="reel", width_mm=500)
    >>> convert_exact(1, "kg", "m", half)
    Fraction(25, 1)
    """
    for unit in (from_unit, to_unit):
        _check_unit(unit, geometry)
    number = exact(qty)
    up, down = _path_to_kg(from_unit), _path_to_kg(to_unit)
    while up and down and up[-1] == down[-1]:
        up.pop()
        down.pop()
    for unit in up:
        number *= _step(unit, geometry)
    for unit in reversed(down):
        number /= _step(unit, geometry)
    return number


def available_units(geometry, unit="kg"):
    """Return the units, in the order of :data:`UNITS`, that ``unit`` converts into.

    With the default, these are the units in which the paper can be ordered and still be
    planned by weight. A unit whose figures are missing or impossible is left out.

    :raises UnknownUnitError: ``unit`` is none of ours

    >>> available_units(PaperGeometry(format="reel", basis_weight=80, width_mm=787))
    ('kg', 't', 'm', 'm2')
    """
    return tuple(summary(1, unit, geometry))


def summary(qty, unit, geometry):
    """Return ``{unit: Decimal}`` of ``qty`` in every unit that applies and can be computed.

    {} where ``unit`` itself does not apply to the format.

    :raises UnknownUnitError, NotANumberError, NonFiniteError, OutOfRangeError: of ``qty``, ``unit``

    >>> a4 = PaperGeometry(basis_weight=80, format="sheet", width_mm=210, length_mm=297)
    >>> {unit: str(value) for unit, value in summary(2, "ream", a4).items()}
    {'kg': '4.9896', 't': '0.0049896', 'm2': '62.37', 'sheet': '1000', 'ream': '2'}
    """
    if unit not in UNITS:
        raise UnknownUnitError(unit=unit)
    number = exact(qty)
    result = {}
    for target in UNITS:
        try:
            result[target] = convert(number, unit, target, geometry)
        except QuantityError:
            continue
    return result


def reel_length_m(geometry):
    """Return the web length of one reel, m: as ordered, else by its diameters and caliper.

    L = π(D² − d²) / 4t, where the paper begins at the core's outside diameter if that is
    known, else at its inside diameter. D, d in mm and t in µm give metres as they are.

    :raises NotApplicableError: a sheet
    :raises MissingFigureError: neither a length nor diameters and caliper
    :raises InvalidFigureError: the core is as wide as the reel, or a figure is negative
    """
    _check_unit("reel", geometry)
    return _decimal(_reel_length(geometry))


def ream_weight_kg(geometry):
    """Return the mass of one ream, kg. Errors as :func:`convert`."""
    return convert(1, "ream", "kg", geometry)


def reams_per_tonne(geometry):
    """Return the reams in one tonne (令/吨). Errors as :func:`convert`."""
    return convert(1, "t", "ream", geometry)


def reel_weight_kg(geometry):
    """Return the net mass of one reel without its core, kg. Errors as :func:`convert`."""
    return convert(1, "reel", "kg", geometry)


def density(geometry):
    """Return the apparent density, g/cm³: basis weight (g/m²) over caliper (µm).

    :raises MissingFigureError, InvalidFigureError:

    >>> density(PaperGeometry(basis_weight=80, caliper_um=100))
    Decimal('0.8')
    """
    return _decimal(figure(geometry, "basis_weight") / figure(geometry, "caliper_um"))


def air_dry_mass(gross_kg, moisture_percent):
    """Return the air-dry mass, kg, of ``gross_kg`` at ``moisture_percent`` (of the gross mass).

    Air-dry is 90 % bone-dry fibre and 10 % water, the 90/10 basis of the pulp trade.

    :raises InvalidFigureError: moisture outside 0..100, or a negative mass
    :raises NotANumberError, NonFiniteError, OutOfRangeError:
    """
    mass = exact(gross_kg, "gross_kg")
    moisture = exact(moisture_percent, "moisture_percent")
    if mass < 0:
        raise InvalidFigureError(field="gross_kg", value=gross_kg)
    if not 0 <= moisture <= 100:
        raise InvalidFigureError(field="moisture_percent", value=moisture_percent)
    return _decimal(mass * (100 - moisture) / 90)


def _decimal(number):
    return _RESULT.divide(Decimal(number.numerator), Decimal(number.denominator))


def _check_unit(unit, geometry):
    if unit not in UNITS:
        raise UnknownUnitError(unit=unit)
    if unit in _ONLY and geometry.format != _ONLY[unit]:
        raise NotApplicableError(unit=unit, format=geometry.format)


def _path_to_kg(unit):
    path = []
    while unit != "kg":
        path.append(unit)
        unit = _TOWARDS_KG[unit]
    return path


def _step(unit, geometry):
    """How much of the unit's neighbour (towards kg) one ``unit`` is."""
    if unit == "t":
        return Fraction(1000)
    if unit == "m2":
        return figure(geometry, "basis_weight") / 1000
    if unit == "m":
        return figure(geometry, "width_mm") / 1000
    if unit == "sheet":
        return figure(geometry, "width_mm") * figure(geometry, "length_mm") / 10**6
    if unit == "ream":
        return figure(geometry, "sheets_per_ream")
    return _reel_length(geometry)


def _reel_length(geometry):
    ordered = optional_figure(geometry, "reel_length_m")
    if ordered is not None:
        return ordered
    outside = figure(geometry, "reel_diameter_mm")
    caliper = figure(geometry, "caliper_um")
    inside = optional_figure(geometry, "core_outside_diameter_mm")
    if inside is None:
        inside = figure(geometry, "core_diameter_mm")
    if inside >= outside:
        raise InvalidFigureError(field="core_diameter_mm", value=inside)
    return PI * (outside**2 - inside**2) / (4 * caliper)
