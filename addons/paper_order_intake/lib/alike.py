# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""When two orders of paper may be one that came twice: what must be equal, and what may be missing in one of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Alike:
    """One paper that is ordered: width and length in mm (length 0: a reel), weight in kg, basis weight in g/m²,
    diameters in mm; the last three are 0 where they are not told.
    """

    width: float
    length: float
    weight: float
    basis_weight: float = 0.0
    diameter_max: float = 0.0
    core_diameter: float = 0.0

    @property
    def key(self):
        """What is equal in orders that may be the same, as the database holds it."""
        return round(self.width, 2), round(self.length, 2), round(self.weight, 3)

    def may_be(self, other):
        """Say whether this may be ``other``: of what both tell nothing differs.

        >>> paper = Alike(890, 860, 2000, basis_weight=80)
        >>> paper.may_be(Alike(890, 860, 2000)), paper.may_be(Alike(890, 860, 2000, basis_weight=90))
        (True, False)
        """
        loose = ("basis_weight", "diameter_max", "core_diameter")
        told = [(getattr(self, name), getattr(other, name)) for name in loose]
        return self.key == other.key and all(mine == theirs for mine, theirs in told if mine and theirs)
