# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a machine can make against what is asked, property by property (R3.3.4).

A blank on the machine means that nobody has said yet: the answer is then None, never yes.
"""

# Property of a specification -> part of the making that it belongs to.
STAGES = {
    "grade": "web",
    "basis_weight": "web",
    "caliper": "web",
    "width": "web",
    "finish": "web",
    "coating": "web",
    "quality": "web",
    "reel_diameter": "reel",
    "core_diameter": "reel",
    "sheet_width": "sheet",
    "sheet_length": "sheet",
}


def parse_sizes(text):
    """Return the sizes of a list as people write it; None where one is no number.

    >>> parse_sizes("76, 152.4；203")
    (76.0, 152.4, 203.0)
    >>> parse_sizes("")
    ()
    >>> parse_sizes("three inch") is None
    True
    """
    parts = (text or "").replace("，", ",").replace("；", ",").replace(";", ",").replace("、", ",").split(",")
    try:
        return tuple(float(part) for part in parts if part.strip())
    except ValueError:
        return None


def parse_names(text):
    """Return the names of a list as people write it, to compare by.

    >>> parse_names("Machine finished, 压光、Super calendered")
    ('machine finished', '压光', 'super calendered')
    """
    parts = (text or "").replace("，", ",").replace("；", ",").replace(";", ",").replace("、", ",").split(",")
    return tuple(part.strip().casefold() for part in parts if part.strip())


def in_range(required, low, high):
    """Say whether a figure can be made; a bound that is not known (None) leaves it open unless the other refuses it.

    >>> in_range(80, 60, 120), in_range(140, 60, 120), in_range(80, None, 120), in_range(140, None, 120)
    (True, False, None, False)
    """
    if (low is not None and required < low) or (high is not None and required > high):
        return False
    return True if low is not None and high is not None else None


def span_within(required, known):
    """Say whether limits that are asked can be kept: what the machine scatters over lies within them.

    :param required: (minimum or None, maximum or None)
    :param known: (minimum or None, maximum or None) of what the machine makes
    :return: True; False where some or all of it would miss; None where it is not known

    >>> span_within((85, None), (86, 90)), span_within((85, None), (80, 84)), span_within((85, None), (80, 90))
    (True, False, False)
    >>> span_within((85, 95), (86, None)), span_within((None, None), (None, None))
    (None, True)
    """
    answers = []
    for asked, made, miss in ((required[0], known[0], -1), (required[1], known[1], 1)):
        if asked is None:
            continue
        if made is None:
            # The other end may be out already: all of it would miss.
            other = known[1] if miss < 0 else known[0]
            answers.append(False if other is not None and (other - asked) * miss > 0 else None)
        else:
            answers.append((made - asked) * miss <= 0)
    return verdict(answers)


def one_of(required, known):
    """Say whether a size or name is among those known; None where none is known.

    >>> one_of(76, (76.0, 152.0)), one_of(70, (76.0,)), one_of(76, ())
    (True, False, None)
    """
    return required in known if known else None


def verdict(answers):
    """Return what several answers add up to: False by one no, None while one is not known.

    >>> verdict([True, None]), verdict([None, False]), verdict([True]), verdict([])
    (None, False, True, True)
    """
    answers = list(answers)
    if False in answers:
        return False
    return None if None in answers else True


def nearest(required, low=None, high=None, sizes=()):
    """Return the nearest figure that can be made, None where none is known.

    >>> nearest(140, 60, 120), nearest(70, sizes=(76.0, 152.0)), nearest(80)
    (120, 76.0, None)
    """
    if sizes:
        return min(sizes, key=lambda size: (abs(size - required), size))
    if low is not None and required < low:
        return low
    if high is not None and required > high:
        return high
    return None
