# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How much of the width of a web is cut, and where most."""


def widest_mm(cuts):
    """Return the greatest width that is cut at any metre of a web.

    :param cuts: ``[(width_mm, from_m, to_m, position), …]``. What names its metres lies beside what is cut at the same metres;
        of what names none, one of each position does, and what names no position either lies beside nothing.

    >>> widest_mm([(800, 0, 500, 1), (900, 0, 500, 2), (800, 500, 900, 1)])
    1700
    >>> widest_mm([(800, 0, 0, 1), (900, 0, 0, 2), (820, 0, 0, 1)])
    1720
    >>> widest_mm([(2500, 0, 0, 0), (2500, 0, 0, 0)])
    2500
    >>> widest_mm([])
    0
    """
    places = {}
    for width, start, end, position in cuts:
        if not (position or end > start):
            places[None] = max(places.get(None, 0), width)
    alone = places.get(None, 0)
    by_position = {}
    for width, start, end, position in cuts:
        if position and not end > start:
            by_position[position] = max(by_position.get(position, 0), width)
    metres = [(width, start, end) for width, start, end, _position in cuts if end > start]
    starts = {start for _width, start, _end in metres}
    beside = max((sum(width for width, begin, end in metres if begin <= start < end) for start in starts), default=0)
    return max(alone, sum(by_position.values()), beside)
