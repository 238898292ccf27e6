# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import decimal
import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_base_lib import quantity
from paper_base_lib.quantity import PaperGeometry, convert, convert_exact, geometry_errors

REEL_UNITS = ("kg", "t", "m", "m2", "reel")
SHEET_UNITS = ("kg", "t", "m2", "sheet", "ream")


def figures(low, high, places):
    return st.decimals(low, high, places=places, allow_nan=False, allow_infinity=False)


@st.composite
def reels(draw):
    core = draw(figures("25", "500", 1))
    return PaperGeometry(
        format="reel",
        basis_weight=draw(figures("6", "1500", 2)),
        width_mm=draw(figures("10", "11000", 1)),
        caliper_um=draw(figures("5", "3000", 1)),
        core_diameter_mm=core,
        core_outside_diameter_mm=draw(st.none() | figures(core + 1, core + 40, 1)),
        reel_diameter_mm=core + 40 + draw(figures("1", "3000", 1)),
        reel_length_m=draw(st.none() | figures("1", "100000", 2)),
    )


@st.composite
def sheets(draw):
    return PaperGeometry(
        format="sheet",
        basis_weight=draw(figures("6", "1500", 2)),
        width_mm=draw(figures("10", "11000", 1)),
        length_mm=draw(figures("10", "11000", 1)),
        sheets_per_ream=draw(st.integers(1, 2000)),
    )


@st.composite
def cases(draw):
    """A geometry and three of its units."""
    if draw(st.booleans()):
        geometry, units = draw(reels()), REEL_UNITS
    else:
        geometry, units = draw(sheets()), SHEET_UNITS
    return geometry, [draw(st.sampled_from(units)) for _i in range(3)]


QUANTITIES = figures("-10000000", "10000000", 6)


def same(left, right):
    """Equal to 30 significant digits: results carry 34."""
    return abs(left - right) <= abs(right) * Decimal("1e-30")


@given(cases(), QUANTITIES)
def test_round_trip_exact(case, qty):
    """R3.2.1: a quantity converted and converted back is the same quantity."""
    geometry, (unit, other, _third) = case
    assert convert_exact(convert_exact(qty, unit, other, geometry), other, unit, geometry) == qty
    assert same(convert(convert(qty, unit, other, geometry), other, unit, geometry), qty)


@given(cases(), QUANTITIES)
def test_path_does_not_matter(case, qty):
    """R3.2.1: whether one converts at once or through a third unit, the result is the same."""
    geometry, (unit, other, third) = case
    direct = convert_exact(qty, unit, third, geometry)
    assert (
        convert_exact(convert_exact(qty, unit, other, geometry), other, third, geometry) == direct
    )


@given(cases(), QUANTITIES, QUANTITIES)
def test_additive(case, one, two):
    """R3.2.1: a split order weighs what the whole one weighs."""
    geometry, (unit, other, _third) = case
    total = convert_exact(one + two, unit, other, geometry)
    assert total == sum(convert_exact(each, unit, other, geometry) for each in (one, two))


@given(cases(), QUANTITIES)
def test_against_independent_formulas(case, qty):
    """R3.2.1: mass by floating-point formulas written apart from the product's own."""
    geometry, (unit, _other, _third) = case
    grams = float(geometry.basis_weight) / 1000
    width = float(geometry.width_mm) / 1000
    factor = {"kg": 1, "t": 1000, "m2": grams, "m": grams * width}
    if geometry.format == "sheet":
        factor["sheet"] = grams * width * float(geometry.length_mm) / 1000
        factor["ream"] = factor["sheet"] * geometry.sheets_per_ream
    else:
        outer = float(geometry.reel_diameter_mm) / 1000
        inner = float(geometry.core_outside_diameter_mm or geometry.core_diameter_mm) / 1000
        length = math.pi * (outer**2 - inner**2) / 4 / (float(geometry.caliper_um) / 10**6)
        factor["reel"] = factor["m"] * float(geometry.reel_length_m or length)
    assert float(convert(qty, unit, "kg", geometry)) == pytest.approx(float(qty) * factor[unit])


@given(cases())
def test_legal_geometry_is_accepted(case):
    """R3.2.1: no legal specification is questioned, and all its units are offered."""
    geometry = case[0]
    units = REEL_UNITS if geometry.format == "reel" else SHEET_UNITS
    assert geometry_errors(geometry) == []
    assert set(quantity.available_units(geometry)) == set(units)
    assert list(quantity.summary(1, "kg", geometry)) == list(quantity.available_units(geometry))


@given(sheets(), st.floats(0.001, 1e9))
def test_floats_count_as_printed(geometry, qty):
    """R3.2.1: a float of a form is the decimal it shows, so 0.1 kg is one tenth."""
    assert convert_exact(qty, "kg", "t", geometry) == Fraction(repr(qty)) / 1000


def test_result_ignores_the_callers_decimal_context():
    """R3.2.1: a context of three digits elsewhere in the program rounds nothing here."""
    with decimal.localcontext() as context:
        context.prec = 3
        assert convert("123456.789", "kg", "t", PaperGeometry()) == Decimal("123.456789")


def test_pi_has_the_digits_it_needs():
    """R3.2.1: the rational pi agrees with Machin's formula to 50 digits."""
    with decimal.localcontext() as context:
        context.prec = 70

        def arctan_inverse(x):
            term = total = Decimal(1) / x
            for n in range(1, 120):
                term = -term / (x * x)
                total += term / (2 * n + 1)
            return total

        machin = 4 * (4 * arctan_inverse(5) - arctan_inverse(239))
        own = Decimal(quantity.PI.numerator) / Decimal(quantity.PI.denominator)
        assert abs(machin - own) < Decimal("1e-50")


REEL = {"format": "reel", "basis_weight": 80, "width_mm": 787}
SHEET = {"format": "sheet", "basis_weight": 80, "width_mm": 787, "length_mm": 1092}


@pytest.mark.parametrize(
    ("qty", "unit", "to", "values", "error", "params"),
    [
        (1, "stone", "kg", SHEET, quantity.UnknownUnitError, {"unit": "stone"}),
        (1, "kg", "", SHEET, quantity.UnknownUnitError, {"unit": ""}),
        (1, "sheet", "kg", REEL, quantity.NotApplicableError, {"unit": "sheet", "format": "reel"}),
        (1, "ream", "ream", REEL, quantity.NotApplicableError, {"unit": "ream", "format": "reel"}),
        (1, "kg", "m", SHEET, quantity.NotApplicableError, {"unit": "m", "format": "sheet"}),
        (1, "kg", "reel", SHEET, quantity.NotApplicableError, {"unit": "reel", "format": "sheet"}),
        (
            1,
            "m2",
            "kg",
            SHEET | {"basis_weight": 0.0},
            quantity.MissingFigureError,
            {"field": "basis_weight"},
        ),
        (
            1,
            "sheet",
            "m2",
            SHEET | {"length_mm": None},
            quantity.MissingFigureError,
            {"field": "length_mm"},
        ),
        (1, "reel", "m", REEL, quantity.MissingFigureError, {"field": "reel_diameter_mm"}),
        (
            1,
            "reel",
            "m",
            REEL | {"reel_diameter_mm": 1000, "core_diameter_mm": 76},
            quantity.MissingFigureError,
            {"field": "caliper_um"},
        ),
        (
            1,
            "reel",
            "m",
            REEL | {"reel_diameter_mm": 1000, "caliper_um": 88},
            quantity.MissingFigureError,
            {"field": "core_diameter_mm"},
        ),
        (
            1,
            "kg",
            "m2",
            SHEET | {"basis_weight": -80},
            quantity.InvalidFigureError,
            {"field": "basis_weight", "value": -80},
        ),
        (math.nan, "kg", "t", SHEET, quantity.NonFiniteError, None),
        (math.inf, "kg", "t", SHEET, quantity.NonFiniteError, None),
        (Decimal("sNaN"), "kg", "t", SHEET, quantity.NonFiniteError, None),
        ("-Infinity", "kg", "t", SHEET, quantity.NonFiniteError, None),
        (1, "kg", "m2", SHEET | {"basis_weight": math.nan}, quantity.NonFiniteError, None),
        ("12 kg", "kg", "t", SHEET, quantity.NotANumberError, None),
        (None, "kg", "t", SHEET, quantity.NotANumberError, None),
        (True, "kg", "t", SHEET, quantity.NotANumberError, None),
        ("1e999999999", "kg", "t", SHEET, quantity.OutOfRangeError, None),
        ("1e-999999999", "kg", "t", SHEET, quantity.OutOfRangeError, None),
        ("9" * 501, "kg", "t", SHEET, quantity.OutOfRangeError, None),
        (10**100, "kg", "t", SHEET, quantity.OutOfRangeError, None),
    ],
)
def test_errors_are_named(qty, unit, to, values, error, params):
    """R3.2.1: what cannot be computed says which figure or unit stands in the way."""
    with pytest.raises(error) as caught:
        convert(qty, unit, to, PaperGeometry(**values))
    assert isinstance(caught.value, quantity.QuantityError)
    assert isinstance(caught.value, ValueError)
    assert str(caught.value)
    if params is not None:
        assert caught.value.params == params


def test_core_as_wide_as_the_reel():
    """R3.2.1: no paper fits between a core and a reel of the same diameter."""
    geometry = PaperGeometry(**REEL, caliper_um=88, reel_diameter_mm=76, core_diameter_mm=76)
    with pytest.raises(quantity.InvalidFigureError):
        quantity.reel_length_m(geometry)


def test_paper_begins_at_the_outside_of_the_core():
    """R3.2.1: with the core's outside diameter known, its wall counts as no paper."""
    thin = PaperGeometry(**REEL, caliper_um=88, reel_diameter_mm=1050, core_diameter_mm=76)
    wall = PaperGeometry(
        **REEL,
        caliper_um=88,
        reel_diameter_mm=1050,
        core_diameter_mm=76,
        core_outside_diameter_mm=106,
    )
    inner = PaperGeometry(**REEL, caliper_um=88, reel_diameter_mm=1050, core_diameter_mm=106)
    assert quantity.reel_length_m(wall) == quantity.reel_length_m(inner)
    assert quantity.reel_length_m(wall) < quantity.reel_length_m(thin)


def test_ordered_reel_length_wins():
    """R3.2.1: a reel ordered by its length has that length, whatever its diameters say."""
    geometry = PaperGeometry(
        **REEL, caliper_um=88, reel_diameter_mm=1050, core_diameter_mm=76, reel_length_m=6000
    )
    assert quantity.reel_length_m(geometry) == 6000


def test_only_the_figures_on_the_way_are_needed():
    """R3.2.1: reams count sheets before the basis weight is settled."""
    geometry = PaperGeometry(format="sheet", width_mm=787, length_mm=1092)
    assert convert(2, "ream", "sheet", geometry) == 1000
    assert quantity.available_units(geometry) == ("kg", "t")
    assert quantity.available_units(geometry, "sheet") == ("m2", "sheet", "ream")


def test_summary_of_a_unit_that_does_not_apply():
    """R3.2.1: sheets of a reel are nothing, and an unknown unit is an error."""
    assert quantity.summary(1, "sheet", PaperGeometry(**REEL)) == {}
    with pytest.raises(quantity.UnknownUnitError):
        quantity.summary(1, "pallet", PaperGeometry(**REEL))
    with pytest.raises(quantity.NonFiniteError):
        quantity.summary(math.inf, "kg", PaperGeometry(**REEL))


@given(figures("0", "1000000", 3), figures("0", "100", 2))
def test_air_dry(gross, moisture):
    """R3.2.1: at ten per cent moisture air-dry is gross; wetter is less, drier is more."""
    result = quantity.air_dry_mass(gross, moisture)
    assert quantity.air_dry_mass(gross, 10) == gross
    if gross:
        assert (result < gross) == (moisture > 10)


@pytest.mark.parametrize(("gross", "moisture"), [(1, -1), (1, 101), (-1, 10)])
def test_air_dry_refuses_the_impossible(gross, moisture):
    """R3.2.1: moisture is a share of the gross mass."""
    with pytest.raises(quantity.InvalidFigureError):
        quantity.air_dry_mass(gross, moisture)


def codes(values):
    return [code for code, _params in geometry_errors(values)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (REEL, []),
        (SHEET, []),
        (SHEET | {"width_mm": 0}, ["missing"]),
        (SHEET | {"basis_weight": None}, ["missing"]),
        (SHEET | {"width_mm": -5}, ["not_positive"]),
        (SHEET | {"width_mm": "wide"}, ["not_a_number"]),
        (SHEET | {"width_mm": math.inf}, ["not_finite"]),
        (SHEET | {"caliper_um": Decimal("sNaN")}, ["not_finite"]),
        (SHEET | {"length_mm": 0}, ["sheet_needs_length"]),
        (SHEET | {"length_mm": "x"}, ["not_a_number"]),
        (SHEET | {"sheets_per_ream": 480.5}, ["not_whole"]),
        (SHEET | {"caliper_um": -1}, ["not_positive"]),
        (SHEET | {"format": "roll"}, ["unknown_format"]),
        (SHEET | {"deckle_mm": 787}, []),
        (SHEET | {"deckle_mm": 786.9}, ["width_above_deckle"]),
        (REEL | {"length_mm": 5}, ["reel_has_length"]),
        (REEL | {"reel_diameter_mm": 1000, "core_diameter_mm": 76}, []),
        (REEL | {"reel_diameter_mm": 76, "core_diameter_mm": 76}, ["core_not_below_outside"]),
        (
            REEL
            | {"reel_diameter_mm": 100, "core_diameter_mm": 76, "core_outside_diameter_mm": 100},
            ["core_not_below_outside"],
        ),
        (REEL | {"core_diameter_mm": 76, "core_outside_diameter_mm": 76}, ["core_wall_backwards"]),
        (REEL | {"reel_diameter_min_mm": 1000, "reel_diameter_max_mm": 1000}, []),
        (
            REEL | {"reel_diameter_min": 1000, "reel_diameter_max": 110},
            ["diameter_range_backwards"],
        ),
        (
            REEL
            | {"reel_diameter_min_mm": 90, "reel_diameter_max_mm": 110, "core_diameter_mm": 100},
            ["core_not_below_outside"],
        ),
    ],
)
def test_geometry_errors(values, expected):
    """R3.2.1: a specification that contradicts itself is questioned, and only that one."""
    assert codes(values) == expected


@given(cases(), st.sampled_from(["basis_weight", "width_mm"]), figures("0.1", "9999", 1))
def test_negative_figures_are_named(case, field, value):
    """R3.2.1: a negative figure is an error that carries its name, never a negative mass."""
    values = {name: getattr(case[0], name) for name in PaperGeometry.__dataclass_fields__}
    values[field] = -value
    assert ("not_positive", {"field": field, "value": -value}) in geometry_errors(values)
    with pytest.raises(quantity.InvalidFigureError):
        convert(1, "kg", "m" if case[0].format == "reel" else "sheet", PaperGeometry(**values))


@given(
    st.dictionaries(
        st.sampled_from(
            ["format", "basis_weight", "width_mm", "length_mm", "caliper_um", "reel_diameter_mm"]
        ),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    )
)
def test_geometry_errors_never_raises(values):
    """R3.2.1: whatever a form or an import holds, the check answers."""
    assert isinstance(geometry_errors(values), list)
