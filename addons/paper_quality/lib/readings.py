# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the readings of several specimens say, and how a result is rounded, without Odoo.

Rounding by GB/T 8170-2008: to the nearest interval, and where a figure lies exactly between two, to the even one, in one go.

>>> [rounded(value, "0.1") for value in (10.25, 10.35, 10.2501, -10.25)]
[10.2, 10.4, 10.3, -10.2]
>>> [rounded(value, "0.5") for value in (60.25, 60.38, 60.28, -60.75)]
[60.0, 60.5, 60.5, -61.0]
>>> [rounded(value, "20") for value in (830, 842, 840, -930)]
[840.0, 840.0, 840.0, -920.0]
"""

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation


@dataclass(frozen=True)
class Summary:
    """Statistics of one set of specimens; what needs more readings than there are is None.

    :param n: number of readings
    :param mean: arithmetic mean
    :param lowest: least reading
    :param highest: greatest reading
    :param deviation: standard deviation of the sample (divisor n − 1), from two readings on
    :param variation: coefficient of variation, % of the mean
    """

    n: int
    mean: float | None = None
    lowest: float | None = None
    highest: float | None = None
    deviation: float | None = None
    variation: float | None = None


def summary(values):
    """Return the :class:`Summary` of readings.

    >>> summary([2, 4, 4, 4, 5, 5, 7, 9]).mean
    5.0
    >>> round(summary([2, 4, 4, 4, 5, 5, 7, 9]).deviation, 4)
    2.1381
    >>> summary([]).n, summary([80]).deviation
    (0, None)
    """
    values = [float(value) for value in values]
    n = len(values)
    if not n:
        return Summary(0)
    mean = math.fsum(values) / n
    deviation = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1)) if n > 1 else None
    variation = abs(deviation / mean) * 100 if deviation is not None and mean else None
    return Summary(n, mean, min(values), max(values), deviation, variation)


def rounded(value, interval):
    """Return ``value`` rounded to a multiple of ``interval`` by GB/T 8170-2008; as it is where the interval is 0.

    :param interval: 0.01, 0.1, 0.5, 1, 20 …; text or number

    >>> rounded(1.05, 0.1), rounded(1.15, 0.1), rounded(2.5, 1), rounded(3.5, 1), rounded(1.2345, 0)
    (1.0, 1.2, 2.0, 4.0, 1.2345)
    """
    step = Decimal(str(interval or 0))
    if step <= 0:
        return value
    # A mean is a binary number: what the last digits of it say is noise of the calculation, not of the paper.
    exact = Decimal(repr(round(float(value), 10)))
    return float((exact / step).quantize(Decimal(1), rounding=ROUND_HALF_EVEN) * step) + 0.0


def ratio(machine, cross):
    """Return the ratio of the mean in machine direction to that across, None where one of them is missing.

    >>> ratio([60, 62], [30, 31]), ratio([60], [])
    (2.0, None)
    """
    along, across = summary(machine), summary(cross)
    return along.mean / across.mean if along.mean is not None and across.mean else None


def reading(text):
    """Return the number that somebody typed, with a point or a decimal comma; None for nothing.

    :raises ValueError: for what is no number, or may be read in two ways

    >>> reading("80,5"), reading(" 80.5 "), reading("-2"), reading("８０．５"), reading("")
    (80.5, 80.5, -2.0, 80.5, None)
    >>> reading("1.234,5")
    Traceback (most recent call last):
    ValueError: 1.234,5
    >>> reading("8o")
    Traceback (most recent call last):
    ValueError: 8o
    """
    plain = str(text).translate(WIDE).strip()
    if not plain:
        return None
    point = plain.replace(",", ".")
    if point.count(".") > 1 or "_" in point:
        raise ValueError(text)
    try:
        value = Decimal(point)
    except InvalidOperation:
        raise ValueError(text) from None
    if not value.is_finite():
        raise ValueError(text)
    return float(value)


# As a Chinese keyboard writes them.
WIDE = str.maketrans("０１２３４５６７８９．，－。", "0123456789.,-.")


def plausible(value, target, band):
    """Say whether ``value`` lies within ``band`` % of its target; without a target or a band everything does.

    >>> plausible(80.1, 80, 20), plausible(8.01, 80, 20), plausible(8.01, 0, 20)
    (True, False, True)
    """
    return not (target and band) or abs(value - target) <= abs(target) * band / 100
