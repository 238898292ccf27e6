# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a paper order costs and what it leaves, from plain figures (R3.3.5). Amounts are in one currency."""

# In the order in which a cost sheet is read. The first group falls away when the order is not made.
VARIABLE = ("material", "electricity", "steam", "allowance", "packing", "freight", "financing")
FIXED = ("machine", "labour")
ELEMENTS = ("material", "electricity", "steam", "machine", "labour", "allowance", "packing", "freight", "financing")
ENERGY = ("electricity", "steam")


def allowance(material, conversion, loss, recovered):
    """Return what trim and broke cost: more is made than is sold, part of the fibre comes back.

    :param material: materials of what is sold
    :param conversion: energy of what is sold
    :param loss: share of the paper made that is not sold, 0 to 1
    :param recovered: share of the material's value that comes back with the broke, 0 to 1

    >>> round(allowance(3000.0, 500.0, 0.02, 0.9), 2)
    16.33
    """
    if not 0 < loss < 1:
        return 0.0
    return (material * (1 - recovered) + conversion) * loss / (1 - loss)


def financing(revenue, days, rate):
    """Return what it costs to wait for the money.

    :param days: from delivery to payment
    :param rate: % a year

    >>> financing(73000.0, 60, 5.0)
    600.0
    """
    return revenue * days / 365 * rate / 100


def result(revenue, elements, weight=None, hours=None):
    """Return contribution and margin of one line or order.

    :param elements: ``{element: amount}`` with names from ``ELEMENTS``; what is missing counts nothing
    :param weight: kg
    :param hours: hours on the bottleneck
    :return: variable, fixed, cost, contribution, margin; percent of the revenue, per tonne and per bottleneck hour, None
        where there is nothing to divide by

    >>> found = result(60000.0, {"material": 33000.0, "machine": 1000.0}, weight=10000, hours=10)
    >>> found["contribution"], found["margin"], found["per_tonne"], found["per_hour"]
    (27000.0, 26000.0, 2600.0, 2700.0)
    """
    variable = sum(elements.get(name) or 0.0 for name in VARIABLE)
    fixed = sum(elements.get(name) or 0.0 for name in FIXED)
    contribution = revenue - variable
    margin = contribution - fixed
    return {
        "variable": variable,
        "fixed": fixed,
        "cost": variable + fixed,
        "contribution": contribution,
        "margin": margin,
        "contribution_percent": contribution / revenue * 100 if revenue else None,
        "margin_percent": margin / revenue * 100 if revenue else None,
        "per_tonne": margin / weight * 1000 if weight else None,
        "contribution_per_tonne": contribution / weight * 1000 if weight else None,
        "per_hour": contribution / hours if hours else None,
    }


def price_for_margin(cost, financing_share, percent):
    """Return the revenue at which the margin is ``percent``; None where no price reaches it.

    :param cost: without financing, which grows with the price
    :param financing_share: of the revenue, 0 to 1

    >>> price_for_margin(34000.0, 0.0, 15.0)
    40000.0
    >>> price_for_margin(100.0, 0.5, 60.0) is None
    True
    """
    left = 1 - financing_share - percent / 100
    return cost / left if left > 1e-9 else None


def sensitivity(revenue, cost, base, changes):
    """Return the margin in percent if one part of the cost moves.

    :param base: amount of the cost that moves
    :param changes: in percent
    :return: ``[(change, margin, margin in percent or None), ...]``

    >>> sensitivity(200.0, 150.0, 100.0, (-10, 10))
    [(-10, 60.0, 30.0), (10, 40.0, 20.0)]
    """
    rows = []
    for change in changes:
        margin = revenue - cost - base * change / 100
        rows.append((change, margin, margin / revenue * 100 if revenue else None))
    return rows
