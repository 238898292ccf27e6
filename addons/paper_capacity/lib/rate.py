# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How much paper a machine makes in an hour: the one rate that promise, cost and work order reckon with (R3.3.2, R3.3.5)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """What a machine makes of one specification.

    :param web: kg an hour of trimmed paper, broke included
    :param trim: share of the trimmed web that is sold to nobody, 0 to 1
    :param broke: share of the paper made that goes back to the pulper, 0 to 1

    >>> Rate(10000.0, 0.01, 0.05).good
    9500.0
    >>> Rate(10000.0, 0.01, 0.05).hours(19000)
    2.0
    """

    web: float
    trim: float = 0.0
    broke: float = 0.0

    @property
    def good(self):
        """Return the kg an hour that are left to sell."""
        return self.web * (1 - self.broke)

    def hours(self, kilograms):
        return kilograms / self.good


def deckle_use(width, trim_width):
    """Return how often a reel or sheet fits beside itself on the machine, and the share of the web that is sold.

    :param width: mm, of one reel
    :param trim_width: mm, widest web after the edges are trimmed
    :return: (number, share 0 to 1); (0, 0.0) where it does not fit

    >>> deckle_use(787, 2400)
    (3, 0.98375)
    >>> deckle_use(2500, 2400)
    (0, 0.0)
    """
    if not width or not trim_width or width > trim_width:
        return 0, 0.0
    number = int(trim_width // width)
    return number, number * width / trim_width


def machine_rate(basis_weight, width, speed, efficiency=1.0):
    """Return how many kg of paper a machine makes in an hour: what is sold of the web, by its speed.

    :param basis_weight: g/m²
    :param width: mm of the web that are sold
    :param speed: m/min
    :param efficiency: share of the time that the machine runs, 0 to 1

    >>> machine_rate(80, 2361, 800)
    9066.24
    """
    return basis_weight * width / 1000 * speed * 60 / 1000 * efficiency


def counted_trim(sides, trim_width, most):
    """Return the share of the web that counts as trim: of the better side, and no more than what other orders would not fill.

    :param sides: mm, the sides of the paper that may lie across the web
    :param trim_width: mm, widest web after the edges are trimmed
    :param most: share, the most that counts

    >>> counted_trim((787,), 2400, 0.05)
    0.01625
    >>> counted_trim((1300,), 2400, 0.05), counted_trim((1300, 1200), 2400, 0.05)
    (0.05, 0.0)
    """
    used = max((deckle_use(side, trim_width)[1] for side in sides), default=0.0)
    return min(round(1 - used, 12), most)
