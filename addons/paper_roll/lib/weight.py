# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a roll can weigh, and whether what was cut of rolls weighs as much as they did."""

from dataclasses import dataclass


def heaviest_kg(basis_weight, width_mm, length_m, tolerance_percent):
    """Return the most kg that a web can weigh, None where a figure is missing.

    >>> heaviest_kg(80, 787, 9788, 0)
    616.25248
    >>> heaviest_kg(80, 787, 0, 5) is None
    True
    """
    if not (basis_weight and width_mm and length_m):
        return None
    return round(basis_weight * width_mm * length_m / 1e6 * (1 + tolerance_percent / 100), 6)


@dataclass(frozen=True)
class Balance:
    """The mass balance of a conversion, kg: what went in, came out, became broke.

    >>> balance = Balance(1000, 900, 95)
    >>> balance.difference_kg, balance.within(0.5), balance.within(0.4)
    (5, True, False)
    >>> Balance(1000, 1001, 0).difference_kg
    -1
    """

    parents_kg: float
    children_kg: float
    broke_kg: float

    @property
    def difference_kg(self):
        """What went in and did not come out; below zero where more came out."""
        return round(self.parents_kg - self.children_kg - self.broke_kg, 6)

    def within(self, tolerance_percent):
        """Say whether the difference is within a share of what went in."""
        return abs(self.difference_kg) <= self.parents_kg * tolerance_percent / 100 + 1e-6
