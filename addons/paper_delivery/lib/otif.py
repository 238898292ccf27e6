"""On time in full, of one line of an order: binary, with the class of what was wrong."""

from datetime import timedelta

from .loading import STEP

CLASSES = ("otif", "early", "late", "short", "over", "damaged", "open")


def classify(ordered, due, receipts, minus=0.0, plus=0.0, early_days=None):
    """Return the class of a line: ``otif``, or what kept it from being so; ``open`` while nothing has come.

    On time is what the customer accepted on the due day or at most ``early_days`` before it; in full is what lies within
    the same tolerance that trim, dispatch and invoice use. Partial deliveries of one line count together.

    :param ordered: kg
    :param due: date
    :param receipts: list of (date, kg accepted, kg refused or damaged)
    :param minus: percent less that the customer accepts; ``plus``: percent more
    :param early_days: days before ``due`` from which goods come too early; None: never

    >>> from datetime import date
    >>> due = date(2026, 3, 10)
    >>> classify(1000, due, [(due, 1000, 0)])
    'otif'
    >>> classify(1000, due, [(date(2026, 3, 3), 400, 0), (due, 580, 0)], minus=2)
    'otif'
    >>> classify(1000, due, [(date(2026, 3, 9), 400, 0), (date(2026, 3, 11), 600, 0)])
    'late'
    >>> classify(1000, due, [(date(2026, 2, 1), 1000, 0)], early_days=7)
    'early'
    >>> classify(1000, due, [(due, 900, 0)], minus=5)
    'short'
    >>> classify(1000, due, [(due, 900, 100)], minus=5)
    'damaged'
    >>> classify(1000, due, [(due, 1060, 0)], plus=5)
    'over'
    >>> classify(1000, due, [])
    'open'
    """
    if not receipts or not due:
        return "open"
    low, high = ordered * (1 - minus / 100) - STEP, ordered * (1 + plus / 100) + STEP
    first = due - timedelta(days=early_days) if early_days is not None else None
    total = sum(kg for _day, kg, _refused in receipts)
    in_time = sum(kg for day, kg, _refused in receipts if day <= due and (first is None or day >= first))
    if total > high:
        return "over"
    if in_time >= low:
        return "otif"
    if total >= low:
        return "late" if any(day > due and kg for day, kg, _refused in receipts) else "early"
    if total + sum(refused for _day, _kg, refused in receipts) >= low:
        return "damaged"
    return "short"


def rate(classes):
    """Return the share of lines that are on time in full among those of which something has come; None without any.

    >>> rate(["otif", "late", "open", "otif", "short"])
    0.5
    """
    closed = [item for item in classes if item != "open"]
    return sum(item == "otif" for item in closed) / len(closed) if closed else None
