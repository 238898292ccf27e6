# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Netting and costing told once more, as a clerk would with a calendar on the wall: one cell a day, exact fractions.

It shares no code with ``lib/``: stock is a list with one figure for each day, and each day is looked at. Data are plain
dicts and day numbers, not the classes of ``lib/``.
"""

from fractions import Fraction

HORIZON = 60


def clerk_nets(stock, flows, boms, orders):
    """Net orders one after the other.

    :param stock: {material: on hand}; what is not in it is always there
    :param flows: [(material, day, signed quantity)], days before 0 count as day 0
    :param boms: {product: {"makes": quantity, "days": n, "kit": bool, "uses": [(material, quantity)]}}
    :param orders: [(product, quantity, day)]
    :return: [{material: (needed, taken, short, first day needed, ready day or None)}] for each order, and what it made:
        [{product: quantity}]
    """
    wall = {material: [Fraction(quantity)] * HORIZON for material, quantity in stock.items()}
    for material, day, quantity in flows:
        for cell in range(max(day, 0), HORIZON):
            if material in wall:
                wall[material][cell] += quantity
    answers, made = [], []
    for product, quantity, day in orders:
        lines, runs = {}, {}
        if product in boms:
            _make(wall, boms, lines, runs, product, Fraction(quantity), day)
        answers.append(lines)
        made.append(runs)
    return answers, made


def _can_take(cells, day):
    return max(min(cells[max(day, 0) :]), Fraction(0))


def _take(cells, day, quantity):
    took = min(_can_take(cells, day), quantity)
    for cell in range(max(day, 0), HORIZON):
        cells[cell] -= took
    return took


def _make(wall, boms, lines, runs, product, quantity, day):
    bom = boms[product]
    runs[product] = runs.get(product, 0) + quantity
    start = day - bom["days"]
    for material, per_batch in bom["uses"]:
        needed = quantity / Fraction(bom["makes"]) * Fraction(per_batch)
        if not needed:
            continue
        if material in boms:
            rest = needed
            if not boms[material]["kit"] and material in wall:
                rest -= _take(wall[material], start, needed)
            if rest:
                _make(wall, boms, lines, runs, material, rest, start)
            continue
        if material in wall:
            ready = next((cell for cell in range(HORIZON) if _can_take(wall[material], cell) >= needed), None)
            took = _take(wall[material], start, needed)
        else:
            ready, took = start, needed
        before = lines.get(material)
        if before is None:
            lines[material] = (needed, took, needed - took, start, ready)
        else:
            later = None if before[4] is None or ready is None else max(before[4], ready)
            lines[material] = (
                before[0] + needed,
                before[1] + took,
                before[2] + needed - took,
                min(before[3], start),
                later,
            )


def clerk_cost(boms, prices, product, quantity):
    """Return what the materials of a product cost, by-products bearing their share of it.

    :param boms: as above, each with ``share`` of the cost that the product bears
    """
    if product not in boms:
        return Fraction(prices.get(product, 0)) * Fraction(quantity)
    bom = boms[product]
    batches = Fraction(quantity) / Fraction(bom["makes"])
    total = sum(clerk_cost(boms, prices, material, batches * Fraction(amount)) for material, amount in bom["uses"])
    return total * Fraction(bom["share"])
