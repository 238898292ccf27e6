# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from netting_oracle import clerk_cost, clerk_nets
from paper_capacity_lib.netting import Ledger, Netting, Recipe, requirement

TODAY = date(2026, 3, 2)
PAPERS, BASES, STOCKS = ("paper A", "paper B"), ("base 1", "base 2", "kit"), ("furnish", "size")
MATERIALS = ("pulp", "clay", "starch", "water")
LEVELS = (PAPERS, BASES, STOCKS, MATERIALS)
quantities = st.integers(min_value=0, max_value=60)


@st.composite
def mills(draw):
    """A mill: bills of materials of three levels, stock, receipts and issues, prices, and orders that compete."""
    boms = {}
    for depth, names in enumerate(LEVELS[:3]):
        below = [name for level in LEVELS[depth + 1 :] for name in level]
        for name in names:
            if depth and draw(st.integers(0, 3)) == 0:
                continue  # bought, not made
            uses = draw(st.lists(st.tuples(st.sampled_from(below), st.integers(0, 12)), min_size=2, max_size=5))
            boms[name] = {
                "makes": draw(st.integers(1, 10)),
                "days": 0 if name == "kit" else draw(st.integers(0, 3)),
                "kit": name == "kit",
                "uses": uses,
                "share": draw(st.sampled_from([1, "9/10", "3/4"])),
            }
    stored = [name for level in LEVELS[1:] for name in level if name != "water"]
    stock = {name: draw(quantities) for name in stored}
    flow = st.tuples(st.sampled_from(stored), st.integers(-3, 40), st.integers(-30, 40))
    flows = draw(st.lists(flow, max_size=12))
    order = st.tuples(st.sampled_from(PAPERS), st.integers(1, 30), st.integers(12, 40))
    return {
        "boms": boms,
        "stock": stock,
        "flows": flows,
        "orders": draw(st.lists(order, min_size=1, max_size=5)),
        "prices": {name: draw(st.integers(0, 50)) for name in stored + ["water"]},
    }


def build(mill):
    """Return the mill as ``lib/`` has it."""
    recipes = {
        name: Recipe(name, bom["makes"], tuple(bom["uses"]), bom["days"], bom["kit"], _fraction(bom["share"]))
        for name, bom in mill["boms"].items()
    }
    ledgers = {
        name: Ledger(
            TODAY,
            quantity,
            [(TODAY + timedelta(days=day), amount) for material, day, amount in mill["flows"] if material == name],
        )
        for name, quantity in mill["stock"].items()
    }
    return Netting(recipes, ledgers)


def _fraction(share):
    above, _bar, below = str(share).partition("/")
    return float(above) / float(below or 1)


def day_number(day):
    return None if day is None else (day - TODAY).days


@given(mills())
def test_netting_is_the_clerks(mill):
    """R3.3.3: over generated mills with three levels, stock, receipts and competing orders, each material of each order is
    needed, taken, short and ready exactly as a clerk finds it day by day."""
    netting = build(mill)
    expected, made = clerk_nets(mill["stock"], mill["flows"], mill["boms"], mill["orders"])
    for (product, quantity, day), lines, runs in zip(mill["orders"], expected, made, strict=True):
        net = netting.demand(product, quantity, TODAY + timedelta(days=day))
        assert net.needs.keys() == lines.keys()
        for material, (needed, taken, short, first, ready) in lines.items():
            need = net.needs[material]
            assert need.needed == pytest.approx(float(needed), abs=1e-6)
            assert need.taken == pytest.approx(float(taken), abs=1e-6)
            assert need.shortfall == pytest.approx(float(short), abs=1e-6)
            assert (day_number(need.day), day_number(need.ready)) == (first, ready)
        found = {}
        for _recipe, name, amount in net.runs:
            found[name] = found.get(name, 0) + amount
        assert found == pytest.approx({name: float(amount) for name, amount in runs.items()}, abs=1e-6)


@given(mills())
def test_nothing_is_taken_twice(mill):
    """R3.3.3: what all orders take of a material never exceeds what was on hand and came in."""
    netting = build(mill)
    taken = {}
    for product, quantity, day in mill["orders"]:
        net = netting.demand(product, quantity, TODAY + timedelta(days=day))
        for material, need in net.needs.items():
            taken[material] = taken.get(material, 0.0) + need.taken
            assert need.taken + need.shortfall == pytest.approx(need.needed, abs=1e-6)
        for product_taken, (_day, amount) in net.stocked.items():
            taken[product_taken] = taken.get(product_taken, 0.0) + amount
    for material, amount in taken.items():
        if material in mill["stock"]:
            came = sum(flow for name, _day, flow in mill["flows"] if name == material and flow > 0)
            assert amount <= mill["stock"][material] + came + 1e-6


@given(mills())
def test_a_question_takes_nothing(mill):
    """R3.3.3: asking what another bill of materials would do leaves stock as it was."""
    product, quantity, day = mill["orders"][0]
    due = TODAY + timedelta(days=day)
    asked, plain = build(mill), build(mill)
    for other in asked.recipes.values():
        asked.what_if(product, quantity, due, {product: other})
    assert asked.demand(product, quantity, due).needs == plain.demand(product, quantity, due).needs


@given(mills())
def test_cost_is_the_clerks(mill):
    """R3.3.5: over generated mills, the materials of a paper cost what a clerk adds up, by-products bearing their share."""
    recipes = build(mill).recipes
    for product, quantity, _day in mill["orders"]:
        found = requirement(product, quantity, recipes)
        cost = sum(mill["prices"][material] * borne for material, (_needed, borne) in found.materials.items())
        assert cost == pytest.approx(float(clerk_cost(mill["boms"], mill["prices"], product, quantity)), abs=1e-6)


def test_hand_computed_netting():
    """R3.3.3: the case of the guide. 10 t paper of 1.0 t base and 5 kg starch a tonne; 4 t base are in stock; 1.1 t pulp make
    a tonne of base; 1 t pulp is free, 5 t come in on the 6th."""
    recipes = {
        "paper": Recipe("b1", 1, (("base", 1), ("starch", 5)), days=1),
        "base": Recipe("b2", 10, (("pulp", 11),), days=2),
    }
    ledgers = {
        "base": Ledger(TODAY, 4),
        "starch": Ledger(TODAY, 60),
        "pulp": Ledger(TODAY, 1, [(date(2026, 3, 6), 5)]),
    }
    netting = Netting(recipes, ledgers)
    first = netting.demand("paper", 10, date(2026, 3, 16))
    pulp, starch = first.needs["pulp"], first.needs["starch"]
    assert (round(pulp.needed, 6), round(pulp.taken, 6), round(pulp.shortfall, 6)) == (6.6, 6, 0.6)
    assert (pulp.day, pulp.ready) == (date(2026, 3, 13), None)
    assert (starch.needed, starch.shortfall, starch.ready) == (50, 0, TODAY)
    second = netting.demand("paper", 2, date(2026, 3, 16))
    assert (second.needs["pulp"].taken, second.needs["starch"].taken) == (0, 10)
