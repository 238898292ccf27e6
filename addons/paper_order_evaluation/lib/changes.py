# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What changed between two states of an order, and whose opinion the change touches (R3.3.1)."""

import json

from .panel import DIMENSIONS

MAKING = ("capacity", "materials", "technical", "cost")  # what the paper is made of, how and on what
TERMS = ("sales", "cost")
# Field of the order, of a line or of its specification -> dimensions that have to answer again. A field that is
# not named here touches all of them; a dimension that a mill added answers again whatever changed.
TOUCHED = {
    "commitment_date": ("sales", "capacity", "materials"),
    "payment_term_id": TERMS,
    "currency_id": TERMS,
    "partner_shipping_id": ("sales", "capacity", "cost"),  # transit and freight
    "paper_commitment_date": ("sales", "capacity", "materials"),
    "paper_shipping_id": ("sales", "capacity", "cost"),
    "price_unit": TERMS,
    "discount": TERMS,
    "product_uom_qty": ("sales", "capacity", "materials", "cost"),
    "product_uom_id": ("sales", "capacity", "materials", "cost"),
    "paper_quantity": ("sales", "capacity", "materials", "cost"),
    "paper_unit": ("sales",),  # the same paper, counted otherwise
    "grade_id": MAKING,
    "format": MAKING,
    "basis_weight": MAKING,
    "caliper": MAKING,
    "width": MAKING,
    "length": MAKING,
    "sheets_per_ream": MAKING,
    "reel_diameter_min": MAKING,
    "reel_diameter_max": MAKING,
    "core_diameter": MAKING,
    "core_outside_diameter": MAKING,
    "reel_length": MAKING,
    "finish": MAKING,
    "coating_top": MAKING,
    "coating_bottom": MAKING,
    "grain_direction": ("capacity", "technical"),
    "winding_direction": ("capacity", "technical"),
    "packing": ("materials", "cost"),
    "tolerance_minus": TERMS,
    "tolerance_plus": TERMS,
    "quality_requirement": ("materials", "technical"),
    "limits": ("materials", "technical"),
}
# Facts that nobody could state before they were looked at: they are compared with facts kept before, as empty.
EMPTY_BEFORE = ("paper_commitment_date", "paper_shipping_id")
LINE = "line"  # a line came or went


def changed_fields(before, after):
    """Return the names of the facts that differ, ``line`` for a line that came or went.

    :param before: facts as they were kept: ``{field: text, "lines": [{field: text}]}``; only what they hold is
        compared, so that facts kept before a field was looked at do not count as changed
    :param after: facts of today
    :return: set of field names, empty where nothing changed; the order of the lines does not matter

    >>> one = {"price_unit": "6.0", "width": "787"}
    >>> changed_fields({"commitment_date": "d", "lines": [one]}, {"commitment_date": "d", "lines": [one], "new": "x"})
    set()
    >>> changed_fields({"lines": [one]}, {"lines": [{**one, "price_unit": "5.0"}]})
    {'price_unit'}
    >>> changed_fields({"lines": [one]}, {"lines": [one, one]})
    {'line'}
    """
    if before == after:
        return set()
    names = {name for name in before if name != "lines" and before[name] != after.get(name)}
    old = [{**dict.fromkeys(EMPTY_BEFORE, ""), **line} for line in before.get("lines", [])]
    known = set().union(*old) if old else None
    after_lines = [{**dict.fromkeys(EMPTY_BEFORE, ""), **line} for line in after.get("lines", [])]
    new = [{key: line[key] for key in line if known is None or key in known} for line in after_lines]
    old, new = _without_common(old, new)
    pairs = sorted(
        ((_difference(one, other), i, j) for i, one in enumerate(old) for j, other in enumerate(new)),
        key=lambda pair: (len(pair[0]), pair[1:]),
    )
    left, right = set(range(len(old))), set(range(len(new)))
    for difference, i, j in pairs:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            names |= difference
    return names | ({LINE} if left or right else set())


def touched_dimensions(names, dimensions=DIMENSIONS):
    """Return those of the dimensions, in their order, that changes of these facts touch.

    >>> touched_dimensions({"price_unit"})
    ['sales', 'cost']
    >>> touched_dimensions({"limits", "paper_unit"})
    ['sales', 'materials', 'technical']
    >>> touched_dimensions({"line"}) == list(DIMENSIONS)
    True
    >>> touched_dimensions(set())
    []
    >>> touched_dimensions({"price_unit"}, ["sales", "capacity", "environment"])
    ['sales', 'environment']
    """
    touched = {dimension for name in names for dimension in TOUCHED.get(name, DIMENSIONS)}
    added = set(dimensions) - set(DIMENSIONS) if names else set()
    return [dimension for dimension in dimensions if dimension in touched | added]


def _difference(one, other):
    return {key for key in one.keys() | other.keys() if one.get(key) != other.get(key)}


def _without_common(old, new):
    """Return both lists without the lines that stand in both, as often as they do."""
    keys = [json.dumps(line, sort_keys=True) for line in new]
    rest = []
    for line in old:
        key = json.dumps(line, sort_keys=True)
        if key in keys:
            index = keys.index(key)
            del keys[index]
        else:
            rest.append(line)
    return rest, [json.loads(key) for key in keys]
