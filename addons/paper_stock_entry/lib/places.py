# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whether a place takes one roll more: by weight, and by how high rolls stand on each other."""


def layers(height_mm, width_mm):
    """Return how many rolls of a width stand on each other below a height; one where no height or width is known.

    >>> layers(4000, 787), layers(700, 787), layers(0, 787)
    (5, 0, 1)
    """
    return int(height_mm // width_mm) if height_mm and width_mm else 1


def takes(kg, limit_kg, here_kg, spots, height_mm, width_mm, here):
    """Say whether a place takes a roll.

    :param kg: of the roll
    :param limit_kg: what the place carries; 0: any weight
    :param here_kg: what lies there
    :param spots: how many rolls stand beside each other; 0: any number
    :param height_mm: how high they may stand on each other; 0: one layer
    :param here: how many rolls lie there

    >>> takes(600, 1000, 300, 2, 2000, 787, 3), takes(600, 1000, 500, 2, 2000, 787, 3), takes(600, 0, 0, 2, 2000, 787, 4)
    (True, False, False)
    """
    if limit_kg and here_kg + kg > limit_kg + 1e-6:
        return False
    return not spots or here < spots * layers(height_mm, width_mm)
