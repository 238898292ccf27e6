# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from hypothesis import given
from hypothesis import strategies as st
from paper_delivery_lib.load_plan import Floor, Unit, overlap, plan

SIZE = st.integers(300, 2600)


def unit(size, width, height, kg, stop, is_round):
    return Unit("U", size, size if is_round else width, height, kg, stop, is_round)


UNIT = st.builds(unit, SIZE, SIZE, SIZE, st.integers(100, 3000), st.integers(0, 4), st.booleans())


@given(st.lists(UNIT, max_size=60))
def test_nothing_overlaps_and_nothing_is_lost(units):
    """R6.2.2: no two units share ground, none leaves the floor, each is placed or named as left over."""
    floor, drawn = Floor(), plan(units)
    assert sorted([*(place.unit for place in drawn.places), *drawn.left], key=repr) == sorted(units, key=repr)
    for number, place in enumerate(drawn.places):
        assert 0 <= place.x <= floor.length - place.length and 0 <= place.y <= floor.width - place.width
        assert not any(overlap(place, other) for other in drawn.places[:number])


@given(st.lists(UNIT, max_size=40))
def test_what_is_unloaded_first_stands_at_the_doors(units):
    """R6.2.2: nothing of a later stop stands between the doors and what is unloaded before it."""
    places = plan(units).places
    for one in places:
        for other in places:
            if one.unit.stop < other.unit.stop:
                assert one.x >= other.x + other.length


@given(st.lists(UNIT, min_size=1, max_size=40))
def test_axles_carry_the_load(units):
    """R6.2.2: both axles together carry what stands on the floor."""
    drawn = plan(units)
    assert abs(drawn.front_kg + drawn.rear_kg - sum(place.unit.kg for place in drawn.places)) < 1e-6
