# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What paper can be: a figure outside is a slip of the unit or the pen, and asked instead of taken.

These are no limits of a standard: they lie well outside of what is made and traded, so that what they catch is worth a question.
"""

from .figures import KG

RANGES = {
    "basis_weight": (10, 1500),  # g/m²: tissue to heavy board
    "thickness_um": (8, 5000),
    "sheet": (200, 3500),  # mm: from A4
    "reel": (30, 11000),  # mm: a slit reel to the widest machine
    "diameter_mm": (150, 3000),
    "core_mm": (25, 620),
    "ream": (1, 100_000),
    "sheet_count": (50, 20_000_000),
}
LEAST_KG = {"reel": 100, "sheet": 20}  # less than one reel, than one ream
LARGE_KG = 1_000_000  # an item above is proposed, not taken: nobody orders that much of one paper by a list


def is_paper(name, value):
    """Say whether a figure can be one of paper.

    >>> is_paper("core_mm", 3), is_paper("basis_weight", 80)
    (False, True)
    """
    low, high = RANGES[name]
    return low <= value <= high


def quantity_doubt(value, unit, form):
    """Return what is doubtful about a quantity: "implausible", "large" or "".

    >>> quantity_doubt(12.5, "kg", "reel"), quantity_doubt(1250.5, "t", "sheet"), quantity_doubt(12.5, "t", "sheet")
    ('implausible', 'large', '')
    """
    if value <= 0:
        return "implausible"
    if unit in KG:
        mass = value * float(KG[unit])
        return "implausible" if mass < LEAST_KG.get(form, 20) else "large" if mass > LARGE_KG else ""
    if unit == "ream":
        return "" if is_paper("ream", value) else "implausible"
    if unit == "sheet":
        return "" if is_paper("sheet_count", value) else "implausible"
    return ""
