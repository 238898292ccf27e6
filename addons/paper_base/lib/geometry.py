# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The geometry of ordered paper, its figures and what contradicts in them.

Paper is ordered as geometry, not as an article number: basis weight, format, width, sheet
length or reel diameters. Figures may be int, float, Decimal, Fraction or numeric text. A
float counts as the decimal that it prints as (0.1 is one tenth), so no binary residue
enters the maths. None, False, empty text and zero all mean "not given".
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from fractions import Fraction

REEL = "reel"
SHEET = "sheet"
FORMATS = (REEL, SHEET)

# Beyond these a number is a typing or transport fault, and as a Fraction it would fill memory.
_MAX_EXPONENT = 60
_MIN_EXPONENT = -400
_MAX_TEXT = 500


class QuantityError(ValueError):
    """A quantity cannot be computed. ``code`` and ``params`` let a caller word it."""

    code = "quantity"
    template = "The quantity cannot be computed."

    def __init__(self, **params):
        self.params = params
        super().__init__(self.template.format(**params))


class NotANumberError(QuantityError):
    """A quantity or figure is no number at all. ``params``: field, value."""

    code = "not_a_number"
    template = "{field}: {value!r} is not a number."


class NonFiniteError(QuantityError):
    """A quantity or figure is infinite or NaN. ``params``: field, value."""

    code = "not_finite"
    template = "{field}: {value!r} is not a finite number."


class OutOfRangeError(QuantityError):
    """A quantity or figure is absurdly large or fine. ``params``: field."""

    code = "out_of_range"
    template = "{field}: the number is outside the range that can be computed."


class InvalidFigureError(QuantityError):
    """A figure of the geometry is impossible. ``params``: field, value."""

    code = "invalid_figure"
    template = "{field}: {value} is not possible for this paper."


class MissingFigureError(QuantityError):
    """The geometry lacks a figure. ``params``: field, the name to fill in."""

    code = "missing_figure"
    template = "The specification lacks {field}."


class NotApplicableError(QuantityError):
    """The unit has no meaning for the format. ``params``: unit, format."""

    code = "not_applicable"
    template = "The unit {unit!r} does not apply to the format {format!r}."


class UnknownUnitError(QuantityError):
    """No such unit. ``params``: unit."""

    code = "unknown_unit"
    template = "The unit {unit!r} is unknown."


@dataclass(frozen=True, kw_only=True)
class PaperGeometry:
    """What the maths must know of a paper.

    :param basis_weight: mass of one square metre, g/m²
    :param format: ``"reel"`` or ``"sheet"``
    :param width_mm: width of the reel, or first side of the sheet, mm
    :param length_mm: second side of the sheet, mm
    :param caliper_um: thickness of one sheet, µm
    :param reel_diameter_mm: outside diameter of the wound reel, mm
    :param core_diameter_mm: inside diameter of the core, mm
    :param core_outside_diameter_mm: outside diameter of the core, where the paper begins, mm
    :param reel_length_m: ordered web length, m; wins over the length by diameters
    :param sheets_per_ream: 500 unless agreed otherwise
    """

    basis_weight: object = None
    format: str = SHEET
    width_mm: object = None
    length_mm: object = None
    caliper_um: object = None
    reel_diameter_mm: object = None
    core_diameter_mm: object = None
    core_outside_diameter_mm: object = None
    reel_length_m: object = None
    sheets_per_ream: object = 500


def exact(value, field="quantity"):
    """Return ``value`` as an exact Fraction.

    :param value: int, float, Decimal, Fraction or numeric text with a decimal point
    :param field: the name that an error carries
    :raises NotANumberError, NonFiniteError, OutOfRangeError:

    >>> exact(0.1), exact("78.75")
    (Fraction(1, 10), Fraction(315, 4))
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise NotANumberError(field=field, value=value)
    if isinstance(value, str) and len(value) > _MAX_TEXT:
        raise OutOfRangeError(field=field)
    if isinstance(value, int) and value.bit_length() > 4 * _MAX_EXPONENT:
        raise OutOfRangeError(field=field)
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value).strip())
    except InvalidOperation:
        raise NotANumberError(field=field, value=value) from None
    if not number.is_finite():
        raise NonFiniteError(field=field, value=value)
    if not number:
        return Fraction(0)
    if number.adjusted() > _MAX_EXPONENT or number.as_tuple().exponent < _MIN_EXPONENT:
        raise OutOfRangeError(field=field)
    return Fraction(number)


def _is_given(value):
    if isinstance(value, Decimal) and value.is_nan():
        return True  # a signalling NaN must not be compared
    return value is not None and value is not False and value != "" and value != 0


def optional_figure(geometry, field):
    """Return a figure of the geometry as Fraction > 0, or None where it is not given.

    :raises InvalidFigureError: negative
    :raises NotANumberError, NonFiniteError, OutOfRangeError:
    """
    value = getattr(geometry, field)
    if not _is_given(value):
        return None
    number = exact(value, field)
    if number < 0:
        raise InvalidFigureError(field=field, value=value)
    return number or None


def figure(geometry, field):
    """Return a figure of the geometry as Fraction > 0.

    :raises MissingFigureError: not given
    :raises InvalidFigureError, NotANumberError, NonFiniteError, OutOfRangeError:
    """
    number = optional_figure(geometry, field)
    if number is None:
        raise MissingFigureError(field=field)
    return number


_FIGURES = tuple(field.name for field in fields(PaperGeometry) if field.name != "format") + (
    "reel_diameter_min_mm",
    "reel_diameter_max_mm",
    "deckle_mm",
)
_ALIASES = {
    "reel_diameter_min_mm": "reel_diameter_min",
    "reel_diameter_max_mm": "reel_diameter_max",
}
_REQUIRED = ("basis_weight", "width_mm")


def geometry_errors(geometry):
    """List what is wrong with a specification as ``[(code, params), ...]``; [] if nothing.

    :param geometry: a :class:`PaperGeometry`, or a mapping with its field names and, beside
        them, ``reel_diameter_min_mm`` and ``reel_diameter_max_mm`` (the agreed range; also
        without ``_mm``) and ``deckle_mm`` (the widest deckle), all in mm. Other keys are ignored.

    Codes: ``unknown_format`` (format), ``not_a_number``/``not_finite``/``out_of_range``
    (field), ``not_positive`` (field, value), ``not_whole`` (field, value), ``missing``
    (field), ``sheet_needs_length``, ``reel_has_length`` (length), ``core_wall_backwards``
    (inside, outside), ``core_not_below_outside`` (core, outside, field),
    ``diameter_range_backwards`` (min, max), ``width_above_deckle`` (width, deckle).
    Nothing is raised: errors are values, so that a form shows all of them at once. There are
    no limits of taste here: a density (basis weight / caliper, g/cm³) must only exist.

    >>> geometry_errors({"format": "reel", "basis_weight": 80, "width_mm": 787,
    ...                  "reel_diameter_min_mm": 1000, "reel_diameter_max_mm": 110})
    [('diameter_range_backwards', {'min': 1000, 'max': 110})]
    >>> geometry_errors(PaperGeometry(basis_weight=80, width_mm=787, format="sheet"))
    [('sheet_needs_length', {})]
    """
    values = _values(geometry)
    numbers, errors = _read_figures(values)
    unreadable = {params["field"] for _code, params in errors}
    errors += [
        ("missing", {"field": field})
        for field in _REQUIRED
        if field not in numbers and field not in unreadable
    ]
    errors += _format_errors(values, numbers, unreadable)
    errors += _comparison_errors(values, numbers)
    return errors


def _values(geometry):
    if not isinstance(geometry, Mapping):
        return {field.name: getattr(geometry, field.name) for field in fields(geometry)}
    values = dict(geometry)
    for name, alias in _ALIASES.items():
        values.setdefault(name, values.get(alias))
    return values


def _read_figures(values):
    numbers, errors = {}, []
    for field in _FIGURES:
        value = values.get(field)
        if not _is_given(value):
            continue
        try:
            number = exact(value, field)
        except QuantityError as error:
            errors.append((error.code, {"field": field, "value": value}))
            continue
        if number < 0:
            errors.append(("not_positive", {"field": field, "value": value}))
        elif number:
            numbers[field] = number
            if field == "sheets_per_ream" and number.denominator != 1:
                errors.append(("not_whole", {"field": field, "value": value}))
    return numbers, errors


def _format_errors(values, numbers, unreadable):
    form = values.get("format")
    if form not in FORMATS:
        return [("unknown_format", {"format": form})]
    if form == SHEET and not {"length_mm"} & (numbers.keys() | unreadable):
        return [("sheet_needs_length", {})]
    if form == REEL and "length_mm" in numbers:
        return [("reel_has_length", {"length": values["length_mm"]})]
    return []


def _comparison_errors(values, numbers):
    def both(left, right):
        return left in numbers and right in numbers

    errors = []
    core, wall = "core_diameter_mm", "core_outside_diameter_mm"
    if both(core, wall) and numbers[core] >= numbers[wall]:
        errors.append(("core_wall_backwards", {"inside": values[core], "outside": values[wall]}))
    widest_core = max(
        (name for name in (core, wall) if name in numbers), key=numbers.get, default=None
    )
    low, high = "reel_diameter_min_mm", "reel_diameter_max_mm"
    backwards = both(low, high) and numbers[low] > numbers[high]
    if backwards:
        errors.append(("diameter_range_backwards", {"min": values[low], "max": values[high]}))
    for outside in ("reel_diameter_mm", low, high):
        if both(widest_core, outside) and numbers[widest_core] >= numbers[outside]:
            params = {"core": values[widest_core], "outside": values[outside], "field": outside}
            errors.append(("core_not_below_outside", params))
    if both("width_mm", "deckle_mm") and numbers["width_mm"] > numbers["deckle_mm"]:
        params = {"width": values["width_mm"], "deckle": values["deckle_mm"]}
        errors.append(("width_above_deckle", params))
    return errors
