# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which supplier a material is bought from: the lowest landed cost among those that have proved themselves (R5.2.1).

Costs are money for one unit of the material, shares run from 0 to 1, scores from 0 to 100. No Odoo.
"""

from dataclasses import dataclass

AIR_DRY = 90.0  # an air-dry tonne of pulp holds 90 % fibre and 10 % water
WEIGHTS = (50, 30, 20)  # of deliveries on time, of inspections passed, of the price


def as_delivered(moisture):
    """Return how many kg arrive on the scale for one air-dry kg of pulp.

    :param moisture: % of what arrives that is water, 0 to below 100; 0: nobody said, it arrives air-dry

    >>> as_delivered(0), as_delivered(10), as_delivered(55)
    (1.0, 1.0, 2.0)
    """
    return AIR_DRY / (100.0 - moisture) if moisture else 1.0


@dataclass(frozen=True)
class Past:
    """What is known of a supplier: ``on_time`` of ``deliveries``, ``passed`` of ``inspections``, own price and the median."""

    on_time: int = 0
    deliveries: int = 0
    passed: int = 0
    inspections: int = 0
    price: float = 0.0
    median: float = 0.0

    def score(self, weights=WEIGHTS):
        """Return the score; None where neither a delivery nor an inspection is known, for no data is not good data.

        What is not known earns nothing: of a supplier whose goods nobody inspected the score is 70 at best.

        >>> Past(9, 10, 4, 5, 4.0, 3.6).score()
        87.0
        >>> Past(10, 10, 0, 0, 3.6, 3.6).score()
        70.0
        >>> Past(price=3.6, median=3.6).score() is None
        True
        """
        if not self.deliveries and not self.inspections:
            return None
        shares = (
            self.on_time / self.deliveries if self.deliveries else 0.0,
            self.passed / self.inspections if self.inspections else 0.0,
            min(self.median / self.price, 1.0) if self.price > 0 and self.median > 0 else 0.0,
        )
        return round(100 * sum(w * share for w, share in zip(weights, shares, strict=True)) / sum(weights), 6)


@dataclass(frozen=True)
class Offer:
    """What a supplier asks: ``price`` of an air-dry unit, ``duty`` % of it, ``freight`` of a unit on the scale, ``moisture`` %,
    ``days`` until it is there, ``least`` that is sold; ``score`` None where nothing is known; ``fault`` why it is no offer."""

    key: object
    price: float
    freight: float = 0.0
    duty: float = 0.0
    moisture: float = 0.0
    days: int = 0
    least: float = 0.0
    score: float | None = None
    fault: str = ""

    @property
    def landed(self):
        """Return what one air-dry unit costs at the mill.

        >>> Offer("a", 3.6, freight=0.2, duty=5, moisture=10).landed
        3.98
        >>> Offer("b", 3.6, freight=0.2, moisture=55).landed
        4.0
        """
        return round(self.price * (1 + self.duty / 100) + self.freight * as_delivered(self.moisture), 6)


def choose(offers, minimum=0.0, days=None):
    """Return the offer to take, and whether it comes in time; (None, False) where none can be taken.

    Those are asked that have a price and reach the minimum score; those in time before the others, the cheapest first.

    :param days: days that are left; None: it does not matter

    >>> four = [Offer("cheap", 3.4, days=45, score=90), Offer("poor", 3.3, days=5, score=40),
    ...         Offer("good", 3.9, freight=0.1, days=12, score=87), Offer("near", 4.1, days=5, score=95)]
    >>> [(choose(four, 60, days)[0].key, choose(four, 60, days)[1]) for days in (60, 20, 6, 1)]
    [('cheap', True), ('good', True), ('near', True), ('cheap', False)]
    >>> choose([Offer("new", 3.0)], 60), choose([Offer("free", 0.0, score=99)])
    ((None, False), (None, False))
    """
    able = [one for one in offers if not one.fault and one.price > 0 and (one.score or 0.0) >= minimum]
    in_time = [one for one in able if days is None or one.days <= days]
    best = min(in_time or able, key=lambda one: one.landed, default=None)
    return best, bool(in_time)
