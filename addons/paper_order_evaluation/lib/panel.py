# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The table of the evaluation panel: who answers for which dimension, and what the answers add up to."""

# Dimension -> department that answers for it (R3.3.2 - R3.3.5; sales answers for the demand itself).
DEPARTMENTS = {
    "sales": "paper_base.group_sales",
    "capacity": "paper_base.group_planning",
    "materials": "paper_base.group_purchasing",
    "technical": "paper_base.group_technical",
    "cost": "paper_base.group_finance",
}
DIMENSIONS = tuple(DEPARTMENTS)
PASSED, CONDITIONAL, FAILED = "passed", "conditional", "failed"


def panel_result(verdicts):
    """Return what the verdicts of a panel add up to.

    :param verdicts: iterable of ``yes``, ``conditional``, ``no``, or a false value for one that is owed
    :return: ``passed``, ``conditional``, ``failed``, or None while an opinion is owed

    >>> panel_result(["yes"] * 5)
    'passed'
    >>> panel_result(["yes", "conditional", "yes", "yes", "yes"])
    'conditional'
    >>> panel_result(["conditional", "yes", "no", "yes", "yes"])
    'failed'
    >>> panel_result(["no", None, "yes", "yes", "yes"]) is None
    True
    >>> panel_result(["yes"] * 4) is None
    True
    """
    verdicts = list(verdicts)
    if len(verdicts) < len(DIMENSIONS) or not all(verdicts):
        return None
    if "no" in verdicts:
        return FAILED
    return CONDITIONAL if "conditional" in verdicts else PASSED


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
