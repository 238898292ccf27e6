# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whether a width finds partners: what it leaves of the trim alone, and beside what else is ordered."""

from dataclasses import dataclass

TENTHS = 10


@dataclass(frozen=True)
class Fill:
    """How a width is cut: ``ups`` times itself with ``partners`` (widths in mm) beside it; ``left_mm`` of the trim stays over."""

    ups: int
    partners: tuple
    left_mm: float


def fills(width_mm, partner_mm, trim_mm, most_pieces=None):
    """Return the best :class:`Fill` of a width alone and with partners, None where it does not fit at all.

    :param partner_mm: widths that are ordered in the same paper; each may stand several times in a set
    :param most_pieces: pieces of a set by the knives

    >>> fills(787, [889, 1194], 2500)
    (Fill(ups=3, partners=(), left_mm=139.0), Fill(ups=2, partners=(889,), left_mm=37.0))
    >>> fills(2600, [889], 2500) is None
    True
    """
    trim, width = round(trim_mm * TENTHS), round(width_mm * TENTHS)
    most = min(trim // width if width else 0, most_pieces or trim)
    if most < 1:
        return None
    reach = _reach(sorted(set(partner_mm), reverse=True), trim - width, (most_pieces or trim) - 1)
    alone = Fill(most, (), (trim - most * width) / TENTHS)
    best = alone
    for ups in range(1, most + 1):
        room = trim - ups * width
        fitting = [
            (used, partners)
            for used, partners in reach.items()
            if used <= room and (most_pieces is None or len(partners) + ups <= most_pieces)
        ]
        used, partners = max(fitting, key=lambda each: (each[0], -len(each[1])))
        if (room - used) / TENTHS < best.left_mm:
            best = Fill(ups, partners, (room - used) / TENTHS)
    return alone, best


def _reach(widths, room, most):
    """Return ``{width that is reached: fewest partners}``, each width as often as it fits."""
    reach = {0: ()}
    edge = [0]
    while edge:
        new = []
        for used in edge:
            for width in widths:
                total = used + round(width * TENTHS)
                if total <= room and total not in reach and len(reach[used]) < most:
                    reach[total] = (*reach[used], width)
                    new.append(total)
        edge = new
    return reach
