# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The mass balance of a run or a cut: what was taken, what of it became paper and broke, what evaporated, what is missing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class RunBalance:
    """One run or cut, kg and shares of 1.

    Of the material the yield stays in the web, the rest leaves with the water as fines and filler. What stays carries its own
    moisture, and is dried to that of the paper. What should be there then, and is neither rolls nor broke, is the difference.

    >>> run = RunBalance(taken=((1080, 0.10),), yield_share=0.98, moisture=0.06, made_kg=970, broke_kg=40)
    >>> round(run.retained_kg, 3), round(run.moisture_loss_kg, 3), round(run.difference_kg, 3)
    (1058.4, 45.038, 3.362)
    >>> round(run.taken_kg - run.lost_kg - run.moisture_loss_kg - run.made_kg - run.broke_kg - run.difference_kg, 6)
    0.0
    >>> RunBalance(((1000, 0.0),), 1.0, 0.0, 1005, 0).difference_kg
    -5.0
    """

    taken: tuple
    yield_share: float
    moisture: float
    made_kg: float
    broke_kg: float

    @property
    def taken_kg(self):
        """All that went in, as weighed."""
        return float(sum(kg for kg, _moisture in self.taken))

    @property
    def retained_kg(self):
        """What of it stays in the web, with the moisture that it came with."""
        return self.taken_kg * self.yield_share

    @property
    def lost_kg(self):
        """What left with the water: fines and filler."""
        return self.taken_kg - self.retained_kg

    @property
    def moisture_loss_kg(self):
        """How much water evaporates until what is retained is as dry as the paper; below zero where it gets wetter."""
        dry = 1 - self.moisture
        return sum(kg * self.yield_share * (moisture - self.moisture) / dry for kg, moisture in self.taken)

    @property
    def difference_kg(self):
        """What should be there and is neither paper nor broke; below zero where more came out."""
        return self.retained_kg - self.moisture_loss_kg - self.made_kg - self.broke_kg

    def within(self, tolerance_percent):
        """Say whether the difference is within a share of what was retained, or below half a kilogram."""
        return abs(self.difference_kg) <= max(self.retained_kg * tolerance_percent / 100, 0.5)
