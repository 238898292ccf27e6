# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Random books of orders for the tests: small, and of every kind that a winder can be asked for."""

from hypothesis import strategies as st
from paper_trim_lib.items import ANY, END, NO_END, Item, Winder, make_problem

REEL_M = {"A": 4000.0, "B": 6500.0}


@st.composite
def winders(draw):
    trim = draw(st.integers(1000, 3000))
    least = draw(st.sampled_from([0, 0, 0, 0, 0, 0.3, 0.6]))
    return Winder(
        deckle_mm=trim,
        edge_trim_mm=draw(st.sampled_from([0, 0, 15])),
        trim_min_mm=round(least * trim),
        knives=draw(st.sampled_from([None, None, 3, 5, 8])),
        pitch_mm=draw(st.sampled_from([0, 150])),
    )


@st.composite
def items(draw, key, winder, whole):
    """An item; about one in ten cannot be planned."""
    width = draw(st.integers(100, int(winder.deckle_mm * 1.02)) | st.integers(300, 900))
    width += draw(st.sampled_from([0, 0, 0, 0.5]))
    reel_class = draw(st.sampled_from([None, None, "A", "B"]))
    if whole and reel_class:
        least = draw(st.integers(0, 9))
        target = least + draw(st.integers(0, 2))
        quantity = (least, target, target + draw(st.integers(0, 2)))
        reel_m = REEL_M[reel_class]
    else:
        metres = draw(st.floats(0, 60_000) | st.integers(1, 60_000))
        tolerance = draw(st.sampled_from([0.0, 0.04, 0.1, 0.2]))
        quantity = (metres * (1 - tolerance), metres, metres * (1 + tolerance))
        reel_m = 0.0
    return Item(
        key,
        width,
        *quantity,
        reel_class=reel_class,
        reel_m=reel_m,
        position=draw(st.sampled_from([ANY] * 14 + [END, NO_END])),
        max_ups=draw(st.sampled_from([None] * 5 + [1, 2])),
        due=draw(st.sampled_from([None, 1, 2, 3])),
        order=draw(st.sampled_from(["", "", "S1", "S2"])),
    )


@st.composite
def problems(draw, most=9):
    winder = draw(winders())
    whole = draw(st.booleans())
    count = draw(st.integers(1, most))
    return make_problem([draw(items(f"line {at}", winder, whole)) for at in range(count)], winder, 200.0)
