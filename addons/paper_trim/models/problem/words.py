"""What the maths says of an item or a pattern, in the reader's language."""

from odoo.tools.misc import formatLang


def _figures(env, params):
    return {name: formatLang(env, value, digits=1) if isinstance(value, float) else value for name, value in params.items()}


def refusal_words(env, refusal):
    """Return why an item cannot be planned, with its figures.

    :param refusal: :class:`~..lib.items.Refusal`
    """
    _, p = env._, _figures(env, refusal.params)
    words = {
        "duplicate_key": lambda: _("The item stands twice."),
        "not_finite": lambda: _("A figure is no usable number: %(value)s.", value=p["value"]),
        "no_width": lambda: _("The width is missing."),
        "no_quantity": lambda: _("The quantity is zero."),
        "no_basis_weight": lambda: _("The basis weight is missing."),
        "no_caliper": lambda: _("The caliper is missing, so the length of a reel is not known."),
        "no_diameter": lambda: _("The outside diameter of the reel is missing."),
        "diameter_backwards": lambda: _("The outside diameter runs backwards, from %(min)s to %(max)s mm.", **p),
        "core_not_below_outside": lambda: _("The core of %(core)s mm is not below the outside of %(outside)s mm.", **p),
        "tolerance": lambda: _("The tolerance of the quantity is not between 0 and 100 %."),
        "range_backwards": lambda: _(
            "The quantity runs backwards: at least %(least)s, wanted %(target)s, at most %(most)s.", **p
        ),
        "too_wide": lambda: _("The width of %(width)s mm is above the trim of %(trim)s mm.", **p),
        "too_narrow": lambda: _("The width of %(width)s mm is below the least distance of knives, %(pitch)s mm.", **p),
        "position": lambda: _("The position in the web is not known."),
        "max_ups": lambda: _("At most %(max_ups)s beside each other makes none.", **p),
        "no_whole_reels": lambda: _(
            "No whole number of reels weighs %(least_kg)s to %(most_kg)s kg: a reel weighs "
            "%(reel_min_kg)s to %(reel_max_kg)s kg.",
            **p,
        ),
        "reel_length": lambda: _("Reels of one class have %(metres)s and %(other)s metres.", **p),
        "no_set": lambda: _(
            "Whatever is cut beside it, no set keeps within the winder's limits: at least %(trim_min)s mm of %(trim)s mm.", **p
        ),
        "little_beside": lambda: _(
            "%(missing)s of at least %(least)s find no place: too little is ordered to cut beside it.", **p
        ),
    }
    return words[refusal.code]()


def fault_words(env, fault, name):
    """Return what a plan breaks, naming the item.

    :param fault: :class:`~..lib.check.Fault`
    :param name: function of an item's key
    """
    _, p = env._, _figures(env, fault.params)
    p["run"] = fault.params.get("run", 0) + 1
    p["item"] = name(fault.params["key"]) if "key" in fault.params else ""
    # Whole reels are counted by the maths in whole numbers, metres never.
    p["unit"] = _("reels") if isinstance(fault.params.get("quantity"), int) else _("metres")
    words = {
        "unknown": lambda: _("Pattern %(run)s: an item is not of this problem.", **p),
        "no_length": lambda: _("Pattern %(run)s has no length.", **p),
        "too_wide": lambda: _("Pattern %(run)s: %(used)s mm on a trim of %(trim)s mm.", **p),
        "too_narrow": lambda: _("Pattern %(run)s: %(used)s mm, at least %(trim_min)s mm have to be cut.", **p),
        "knives": lambda: _("Pattern %(run)s: %(pieces)s pieces with %(knives)s knives.", **p),
        "pitch": lambda: _("Pattern %(run)s: a piece of %(width)s mm, knives stand at least %(pitch)s mm apart.", **p),
        "width": lambda: _("Pattern %(run)s: %(item)s of %(wanted)s mm is cut %(width)s mm wide.", **p),
        "gap": lambda: _("Pattern %(run)s: a piece is given to two items at once.", **p),
        "outside": lambda: _("Pattern %(run)s: a piece is longer than its run.", **p),
        "unassigned": lambda: _("Pattern %(run)s: %(metres)s m of a piece are for nobody.", **p),
        "ups": lambda: _("Pattern %(run)s: %(pieces)s pieces of %(item)s beside each other, at most %(max_ups)s.", **p),
        "end": lambda: _("Pattern %(run)s: %(item)s belongs to an edge of the web.", **p),
        "no_end": lambda: _("Pattern %(run)s: %(item)s must not lie at an edge of the web.", **p),
        "classes": lambda: _("Pattern %(run)s: reels of different diameters, cores or winding in one set.", **p),
        "set_length": lambda: _("Pattern %(run)s: %(item)s does not get whole reels.", **p),
        "too_little": lambda: _("%(item)s gets %(quantity)s %(unit)s, at least %(least)s are ordered.", **p),
        "too_much": lambda: _("%(item)s gets %(quantity)s %(unit)s, at most %(most)s are accepted.", **p),
        "refused": lambda: _("%(item)s cannot be planned and stands in the plan.", **p),
    }
    return words[fault.code]() if fault.code in words else _("The figures of the plan do not add up (%(code)s).", code=fault.code)


def bound_words(env, bound):
    """Return why no plan has fewer patterns.

    :param bound: :class:`~..lib.pattern_bound.PatternBound`
    """
    _, p = env._, _figures(env, dict(bound.params))
    words = {
        "cover": lambda: _("%(widths)s widths laid beside each other once take %(webs)s webs", **p),
        "classes": lambda: _("%(classes)s classes of reels cannot be in one set", **p),
        "run_length": lambda: _("no pattern runs long enough: the shares of the longest runs add up to %(shares)s", **p),
        "search": lambda: _("every combination of %(count)s patterns was ruled out", **p),
    }
    return words[bound.reason]() if bound.reason in words else ""
