# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How much of the width of a web is cut, and where most."""


def widest_mm(cuts):
    """Return the greatest width that is cut at any metre of a web.

    :param cuts: ``[(width_mm, from_m, to_m, position, set), …]``. What names its metres lies beside what is cut at the same
        metres; of what names none, one of each position of a set does (set 0: of any), and what names no position either lies
        beside nothing.

    >>> widest_mm([(800, 0, 500, 1, 0), (900, 0, 500, 2, 0), (800, 500, 900, 1, 0)])
    1700
    >>> widest_mm([(800, 0, 0, 1, 0), (900, 0, 0, 2, 0), (820, 0, 0, 1, 0)])
    1720
    >>> widest_mm([(1600, 0, 0, 1, 1), (800, 0, 0, 2, 1), (800, 0, 0, 1, 2), (1600, 0, 0, 2, 2)])
    2400
    >>> widest_mm([(2500, 0, 0, 0, 1), (2500, 0, 0, 0, 1)])
    2500
    >>> widest_mm([])
    0
    """
    alone, by_set, metres = 0, {}, []
    for width, start, end, position, turn in cuts:
        if end > start:
            metres.append((width, start, end))
        elif position:
            places = by_set.setdefault(turn, {})
            places[position] = max(places.get(position, 0), width)
        else:
            alone = max(alone, width)
    starts = {start for _width, start, _end in metres}
    beside = max((sum(width for width, begin, end in metres if begin <= start < end) for start in starts), default=0)
    return max(alone, beside, *(sum(places.values()) for places in by_set.values()), 0)
