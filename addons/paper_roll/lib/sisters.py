# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which rolls share a fault: a streak runs at one place across the web through a whole jumbo, a bad splice through a set."""

from collections import defaultdict

SCOPES = ("jumbo", "set", "position")
WEB = ("jumbo", "set")


def sisters_of(own, edges, facts, scope):
    """Return the ids of what shares a fault with ``own``, without these.

    Compared are the rolls as they were cut from the web; what was made of them goes with them.

    :param own: set of ids
    :param edges: ``[(parent id, child id), …]`` of the jumbos
    :param facts: ``{id: (kind, set number, position)}``
    :param scope: one of SCOPES

    >>> facts = {1: ("jumbo", 0, 0), 2: ("set", 1, 0), 3: ("set", 2, 0), 4: ("roll", 0, 1), 5: ("roll", 0, 2), 6: ("roll", 0, 1)}
    >>> facts[7] = ("roll", 0, 0)  # rewound from 6
    >>> edges = [(1, 2), (1, 3), (2, 4), (2, 5), (3, 6), (6, 7)]
    >>> [sorted(sisters_of({4}, edges, facts, scope)) for scope in SCOPES]
    [[5, 6, 7], [5], [6, 7]]
    >>> sorted(sisters_of({7}, edges, facts, "position"))
    [4, 6]
    """
    below, above = defaultdict(set), defaultdict(set)
    for parent, child in edges:
        below[parent].add(child)
        above[child].add(parent)
    webs = {lot for lot, (kind, _set, _position) in facts.items() if kind in WEB}
    cuts = {lot for lot in facts if lot not in webs and above[lot] & webs}
    mine = (_reached(own, above) | own) & cuts
    if own & webs:  # asked of the jumbo or the set itself
        mine |= _reached(own, below) & cuts
    roots = {lot: frozenset(top for top in _reached({lot}, above) if facts[top][0] == "jumbo") for lot in cuts}
    keys = {lot: _keys(lot, above, facts, roots[lot], scope) for lot in cuts}
    wanted = set().union(*(keys[lot] for lot in mine)) if mine else set()
    found = {lot for lot in cuts if keys[lot] & wanted}
    return (found | _reached(found, below)) - own


def _keys(lot, above, facts, jumbos, scope):
    """Return what a roll has in common with its sisters."""
    _kind, number, position = facts[lot]
    if scope == "jumbo":
        return {(jumbo,) for jumbo in jumbos}
    if scope == "position":
        return {(jumbo, position) for jumbo in jumbos if position}
    sets = {(parent, "set") for parent in above[lot] if facts[parent][0] == "set"}
    return sets or {(jumbo, number) for jumbo in jumbos if number}


def _reached(starts, ways):
    """Return what is reached from ``starts`` by one way or more."""
    found, ahead = set(), [step for start in starts for step in ways[start]]
    while ahead:
        lot = ahead.pop()
        if lot not in found:
            found.add(lot)
            ahead += ways[lot]
    return found
