# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What orders need of each material, level by level, against what is free on the day (R3.3.3).

Products and materials are any hashable keys, quantities are in each product's own unit, days are dates (anything that
compares and takes a ``timedelta``). No Odoo: the addon reads stock, moves and bills of materials, this module nets them.
"""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

MAX_LEVELS = 20  # deeper than any bill of materials; ends a loop that two companies could build
TINY = 1e-6  # binary residue, not paper


@dataclass(frozen=True)
class Recipe:
    """One way of making a product.

    :param key: what the caller knows it by
    :param quantity: made by one run, in the product's own unit
    :param lines: ((material, quantity of one run in the material's own unit), ...)
    :param days: days between the components and the product
    :param kit: taken apart on delivery, never made or stocked
    :param share: share of the cost that the product bears beside its by-products, 0 to 1
    """

    key: object
    quantity: float
    lines: tuple
    days: int = 0
    kit: bool = False
    share: float = 1.0


class Ledger:
    """What is free of one material, day by day: on hand now, and what is planned to come and go.

    What was promised for a later day is not free before: the quantity that may be taken on a day is the least that
    is projected from that day on.

    >>> from datetime import date, timedelta
    >>> today = date(2026, 3, 2)
    >>> ledger = Ledger(today, 10, [(date(2026, 3, 6), 30), (date(2026, 3, 9), -25)])
    >>> ledger.free(today), ledger.free(date(2026, 3, 6))
    (10.0, 15.0)
    >>> ledger.earliest(today, 12)
    datetime.date(2026, 3, 6)
    >>> ledger.take(today, 8)
    8
    >>> ledger.free(today), ledger.free(date(2026, 3, 6)), ledger.earliest(today, 12)
    (2.0, 7.0, None)
    """

    def __init__(self, today, on_hand=0.0, flows=()):
        self.today = today
        self.on_hand = float(on_hand)
        self.flows = defaultdict(float)
        for day, quantity in flows:
            self.flows[max(day, today)] += quantity
        self._reset()

    def copy(self):
        """Return a ledger of its own, for a question that must not take anything."""
        return Ledger(self.today, self.on_hand, self.flows.items())

    def _reset(self):
        self._days = None

    def _project(self):
        """Fill days and, for each, the least that is projected from it on."""
        if self._days is None:
            self._days = sorted(self.flows.keys() | {self.today})
            level, levels = self.on_hand, []
            for day in self._days:
                level += self.flows.get(day, 0.0)
                levels.append(level)
            for index in range(len(levels) - 2, -1, -1):
                levels[index] = min(levels[index], levels[index + 1])
            self._least = levels
        return self._days, self._least

    def free(self, day):
        """Return what may be taken on ``day`` without taking it from anybody."""
        days, least = self._project()
        index = max(bisect_right(days, max(day, self.today)) - 1, 0)
        # Between two days with a flow the level of the former holds, and all that follows.
        return max(least[index], 0.0)

    def earliest(self, day, quantity):
        """Return the first day, from ``day`` on, on which ``quantity`` is free; None if never."""
        day = max(day, self.today)
        if self.free(day) >= quantity - TINY:
            return day
        days, least = self._project()
        for index in range(bisect_right(days, day), len(days)):
            if least[index] >= quantity - TINY:
                return days[index]
        return None

    def take(self, day, quantity):
        """Take up to ``quantity`` on ``day`` and return what was taken."""
        taken = min(self.free(day), max(quantity, 0.0))
        if taken:
            self.claim(day, taken)
        return taken

    def claim(self, day, quantity):
        """Take ``quantity`` on ``day``, be it there or not: somebody else has it."""
        self.flows[max(day, self.today)] -= quantity
        self._reset()


@dataclass
class Need:
    """One material that a demand needs, over all the places where it is used.

    ``free`` is what the first use found on its day; ``ready`` the day on which stock and receipts cover the whole of
    it, None if never; ``offset`` the days from the material to the demand's own components.
    """

    material: object
    day: object
    needed: float = 0.0
    free: float = 0.0
    taken: float = 0.0
    shortfall: float = 0.0
    ready: object = None
    offset: int = 0


@dataclass
class Net:
    """What one demand needs: ``needs`` {material: :class:`Need`}, ``runs`` [(recipe, product, quantity made)],
    ``stocked`` {half-finished product: (first day, quantity
    taken from stock)}; ``recipe`` is None where nobody knows how to make it.
    """

    recipe: object = None
    needs: dict = field(default_factory=dict)
    runs: list = field(default_factory=list)
    stocked: dict = field(default_factory=dict)
    looped: bool = False


class Netting:
    """Nets demands one after the other: who comes first is served first, through all levels.

    :param recipes: ``{product: Recipe}``; what has none is a material
    :param ledgers: ``{product: Ledger}``; what has none is always there (services, consumables)

    >>> from datetime import date
    >>> today, due = date(2026, 3, 2), date(2026, 3, 16)
    >>> recipes = {"paper": Recipe("b1", 1, (("base", 1.0), ("starch", 5)), days=1),
    ...            "base": Recipe("b2", 10, (("pulp", 11000),), days=2)}
    >>> netting = Netting(recipes, {"base": Ledger(today, 4), "starch": Ledger(today, 100), "pulp": Ledger(today, 1000)})
    >>> net = netting.demand("paper", 10, due)
    >>> [(need.material, need.needed, need.taken, need.shortfall, need.day.day) for need in net.needs.values()]
    [('pulp', 6600.0, 1000.0, 5600.0, 13), ('starch', 50.0, 50.0, 0.0, 15)]
    >>> dict(net.stocked), [(recipe.key, quantity) for recipe, product, quantity in net.runs]
    ({'base': (datetime.date(2026, 3, 15), 4.0)}, [('b1', 10), ('b2', 6.0)])
    """

    def __init__(self, recipes, ledgers):
        self.recipes = recipes
        self.ledgers = ledgers

    def claim(self, material, day, quantity):
        """Set aside what another demand, netted elsewhere, has taken."""
        if material in self.ledgers:
            self.ledgers[material].claim(day, quantity)

    def demand(self, product, quantity, day):
        """Net one demand and take what it needs.

        :param quantity: in the product's own unit
        :param day: day on which the product has to be there
        """
        net = Net(recipe=self.recipes.get(product))
        if net.recipe:
            self._explode(net, net.recipe, product, quantity, day, 0, 0)
        return net

    def what_if(self, product, quantity, day, replaced):
        """Net a demand with other recipes, taking nothing.

        :param replaced: ``{product: Recipe}`` to use instead of the known ones
        """
        ledgers = {material: ledger.copy() for material, ledger in self.ledgers.items()}
        return Netting({**self.recipes, **replaced}, ledgers).demand(product, quantity, day)

    def _explode(self, net, recipe, product, quantity, day, offset, depth):
        net.runs.append((recipe, product, quantity))
        runs, start = quantity / recipe.quantity, day - timedelta(days=recipe.days)
        for material, per_run in recipe.lines:
            needed = runs * per_run
            if needed <= TINY:
                continue
            below = self.recipes.get(material)
            if below and depth < MAX_LEVELS:
                rest = needed if below.kit else needed - self._from_stock(net, material, needed, start)
                if rest > TINY:
                    self._explode(net, below, material, rest, start, offset + below.days, depth + 1)
            else:
                net.looped |= bool(below)
                self._need(net, material, needed, start, offset)

    def _from_stock(self, net, product, needed, day):
        taken = self.ledgers[product].take(day, needed) if product in self.ledgers else 0.0
        if taken:
            first, before = net.stocked.get(product, (day, 0.0))
            net.stocked[product] = (min(first, day), before + taken)
        return taken

    def _need(self, net, material, needed, day, offset):
        ledger = self.ledgers.get(material)
        need = net.needs.get(material)
        if need is None:
            free = ledger.free(day) if ledger else needed
            need = net.needs[material] = Need(material, day, free=free)
        ready = ledger.earliest(ledger.today, needed) if ledger else day
        # Two uses of one material: both have to be there, the later one tells when.
        need.ready = ready if not need.needed else (max(need.ready, ready) if need.ready and ready else None)
        taken = ledger.take(day, needed) if ledger else needed
        need.needed += needed
        need.taken += taken
        if needed - taken > TINY:
            need.shortfall += needed - taken
        need.day = min(need.day, day)
        need.offset = max(need.offset, offset)


@dataclass
class Requirement:
    """All that a quantity of a product is made of, whatever is in stock: ``materials`` {material: [quantity, quantity
    that the product's cost bears]}, ``runs`` [(recipe, product, quantity made, share of its cost that is borne)].
    """

    materials: dict = field(default_factory=dict)
    runs: list = field(default_factory=list)


def requirement(product, quantity, recipes):
    """Return what ``quantity`` of a product is made of, through every level; None where nobody knows.

    >>> recipes = {"paper": Recipe("b1", 1, (("base", 1.0), ("starch", 5))),
    ...            "base": Recipe("b2", 10, (("pulp", 11000),), share=0.9)}
    >>> found = requirement("paper", 10, recipes)
    >>> found.materials
    {'pulp': [11000.0, 9900.0], 'starch': [50.0, 50.0]}
    >>> [(recipe.key, quantity, share) for recipe, product, quantity, share in found.runs]
    [('b1', 10, 1.0), ('b2', 10.0, 0.9)]
    """
    if product not in recipes:
        return None
    found = Requirement()

    def walk(made, amount, share, depth):
        recipe = recipes[made]
        share *= recipe.share
        found.runs.append((recipe, made, amount, share))
        for material, per_run in recipe.lines:
            needed = amount / recipe.quantity * per_run
            if material in recipes and depth < MAX_LEVELS:
                walk(material, needed, share, depth + 1)
            else:
                sums = found.materials.setdefault(material, [0.0, 0.0])
                sums[0] += needed
                sums[1] += needed * share

    walk(product, quantity, 1.0, 0)
    return found
