# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The dimensions of the evaluation panel that the regulation names, and what the answers of a panel add up to."""

# The dimensions that bring figures of their own, by their codes (R3.3.2 - R3.3.5; sales answers for the demand itself).
# A mill may add others, see paper.evaluation.dimension.
DIMENSIONS = ("sales", "capacity", "materials", "technical", "cost")
SEATS = len(DIMENSIONS)
PASSED, CONDITIONAL, FAILED = "passed", "conditional", "failed"


def panel_result(verdicts, quorum=SEATS, mandatory=DIMENSIONS):
    """Return what the verdicts of a panel add up to.

    :param verdicts: ``{dimension: "yes", "conditional" or "no"}``, without a dimension, or with a false value, while
        its opinion is owed
    :param quorum: how many opinions the panel needs
    :param mandatory: dimensions whose opinion it needs in any case
    :return: ``passed``, ``conditional``, ``failed``, or None while the panel owes opinions

    >>> yes = dict.fromkeys(DIMENSIONS, "yes")
    >>> panel_result(yes)
    'passed'
    >>> panel_result({**yes, "capacity": "conditional"})
    'conditional'
    >>> panel_result({**yes, "capacity": "conditional", "materials": "no"})
    'failed'
    >>> panel_result({**yes, "cost": None}) is None
    True
    >>> panel_result({"sales": "yes", "capacity": "yes", "technical": "yes"}, quorum=3, mandatory=["capacity"])
    'passed'
    >>> panel_result({"sales": "yes", "capacity": "yes", "technical": "yes"}, quorum=3, mandatory=["cost"]) is None
    True
    """
    given = {dimension: verdict for dimension, verdict in verdicts.items() if verdict}
    if len(given) < quorum or any(dimension not in given for dimension in mandatory):
        return None
    if "no" in given.values():
        return FAILED
    return CONDITIONAL if "conditional" in given.values() else PASSED


def margin_percent(revenue, cost):
    """Return the margin in percent of the revenue, None where there is no revenue.

    >>> margin_percent(200.0, 150.0)
    25.0
    >>> margin_percent(100.0, 120.0)
    -20.0
    >>> margin_percent(0.0, 10.0) is None
    True
    """
    return (revenue - cost) / revenue * 100 if revenue else None


def margin_after(revenue, cost, price_percent=0.0, saving=0.0, financing=0.0):
    """Return the margin in percent after an offer in the price-or-cost round (R3.3.5).

    :param price_percent: change of the price in percent of the price before
    :param saving: cost saved, in the unit of ``cost``
    :param financing: the part of the cost that grows with the price: to wait for more money costs more

    >>> margin_after(100.0, 96.0)
    4.0
    >>> round(margin_after(100.0, 96.0, price_percent=5), 4)
    8.5714
    >>> margin_after(100.0, 96.0, saving=6)
    10.0
    >>> round(margin_after(100.0, 96.0, price_percent=5, financing=2.0), 4)
    8.4762
    """
    change = price_percent / 100
    return margin_percent(revenue * (1 + change), cost - saving + financing * change)
