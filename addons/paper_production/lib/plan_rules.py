# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The rules by which papers follow each other on a machine, as data, and what is wrong with them by themselves (R5.1.1)."""

from dataclasses import dataclass

MINIMUM_RUN, LARGEST_STEP, SHADE_ORDER = "minimum_run", "largest_step", "shade_order"
CHANGEOVER, FORBIDDEN, PASS_THROUGH, WINDOW = "changeover", "forbidden", "pass_through", "window"
NO_ROOM = "no_room"


@dataclass(frozen=True)
class Paper:
    """What a machine runs: a grade of a basis weight, g/m²; ``shade`` counts from light to dark."""

    grade: object
    weight: float
    shade: int = 0
    name: str = ""


@dataclass(frozen=True)
class Rule:
    """One rule; what is None holds for all.

    ``value`` is kg for the minimum run, per cent for the largest step; ``seconds`` is the time of a change-over, or of a wash-up
    from dark to light (0: that never happens); ``start`` and ``stop`` are the moments of a window for ``to_grade``.
    """

    key: object
    kind: str
    machine: object = None
    from_grade: object = None
    to_grade: object = None
    via_grade: object = None
    value: float = 0.0
    seconds: int = 0
    broke: float = 0.0
    start: int | None = None
    stop: int | None = None

    def meets(self, machine, before, after):
        """Say whether the rule is about a change from one paper to another on a machine."""
        return (
            self.machine in (None, machine)
            and self.from_grade in (None, before.grade)
            and self.to_grade in (None, after.grade)
        )

    def _exact(self):
        return sum(one is not None for one in (self.machine, self.from_grade, self.to_grade))


@dataclass(frozen=True)
class Change:
    """What it takes to go from one paper to the next: seconds, kg of broke, and the rules that it breaks, [(kind, key)]."""

    seconds: int = 0
    broke: float = 0.0
    breaks: tuple = ()


def change(rules, machine, before, after):
    """Return the :class:`Change` from a paper to another on a machine; nothing where the machine ran none before.

    >>> white, grey = Paper("white", 80, 0), Paper("grey", 100, 5)
    >>> rules = [Rule(1, CHANGEOVER, seconds=1800), Rule(2, CHANGEOVER, to_grade="white", seconds=3600)]
    >>> rules.append(Rule(3, LARGEST_STEP, value=20))
    >>> change(rules, "PM1", white, grey)
    Change(seconds=1800, broke=0.0, breaks=(('largest_step', 3),))
    >>> change([*rules, Rule(4, SHADE_ORDER, seconds=600)], "PM1", grey, white)
    Change(seconds=4200, broke=0.0, breaks=())
    """
    if before is None or before == after:
        return Change()
    meets = [rule for rule in rules if rule.meets(machine, before, after)]
    own = max((rule for rule in meets if rule.kind == CHANGEOVER), key=Rule._exact, default=None)
    seconds, broke, breaks = (own.seconds, own.broke, []) if own else (0, 0.0, [])
    for rule in meets:
        if rule.kind == FORBIDDEN:
            breaks.append((rule.kind, rule.key))
        elif rule.kind == PASS_THROUGH and before.grade != after.grade and rule.via_grade not in (before.grade, after.grade):
            breaks.append((rule.kind, rule.key))
        elif rule.kind == LARGEST_STEP and abs(after.weight - before.weight) > before.weight * rule.value / 100 + 1e-9:
            breaks.append((rule.kind, rule.key))
        elif rule.kind == SHADE_ORDER and after.shade < before.shade:
            seconds += rule.seconds
            if not rule.seconds:
                breaks.append((rule.kind, rule.key))
    return Change(seconds, broke, tuple(breaks))


def minimum_run(rules, machine, paper):
    """Return the kg that a run of a paper has at least on a machine and the rule that says so: (0, None) where none does.

    >>> rules = [Rule(1, MINIMUM_RUN, value=5000), Rule(2, MINIMUM_RUN, to_grade="kraft", value=2000)]
    >>> minimum_run(rules, "PM1", Paper("kraft", 80))
    (2000, 2)
    """
    meets = [rule for rule in rules if rule.kind == MINIMUM_RUN and rule.meets(machine, paper, paper)]
    rule = max(meets, key=Rule._exact, default=None)
    return (rule.value, rule.key) if rule else (0, None)


def windows(rules, machine, paper):
    """Return [(first moment or None, last moment or None, rule)] of the windows that a paper is bound to on a machine."""
    return [
        (rule.start, rule.stop, rule.key) for rule in rules if rule.kind == WINDOW and rule.meets(machine, paper, paper)
    ]


@dataclass(frozen=True)
class RuleFault:
    """Rules that cannot hold together: ``contradiction``, ``cycle``, or ``empty`` (a rule without its figure)."""

    kind: str
    rules: tuple


def rule_faults(rules):
    """Return what is wrong with rules by themselves, :class:`RuleFault` by fault.

    >>> rule_faults([Rule(1, MINIMUM_RUN, value=5000), Rule(2, MINIMUM_RUN, value=8000)])
    [RuleFault(kind='contradiction', rules=(1, 2))]
    >>> rule_faults([Rule(1, PASS_THROUGH, None, "a", "b", "c"), Rule(2, PASS_THROUGH, None, "a", "c", "b")])
    [RuleFault(kind='cycle', rules=(1, 2))]
    """
    faults = []
    for rule in rules:
        lacks = {MINIMUM_RUN: not rule.value, LARGEST_STEP: not rule.value, PASS_THROUGH: rule.via_grade is None}
        ends = rule.start is not None and rule.stop is not None and rule.stop <= rule.start
        if lacks.get(rule.kind) or (rule.kind == WINDOW and (ends or (rule.start is None and rule.stop is None))):
            faults.append(RuleFault("empty", (rule.key,)))
    single, first = (MINIMUM_RUN, LARGEST_STEP, CHANGEOVER, SHADE_ORDER), {}
    for rule in rules:
        scope = rule.kind, rule.machine, rule.from_grade, rule.to_grade
        says = rule.value, rule.seconds
        other = first.setdefault(scope, (says, rule))
        if rule.kind in single and other[0] != says:
            faults.append(RuleFault("contradiction", (other[1].key, rule.key)))
    through = [rule for rule in rules if rule.kind == PASS_THROUGH and rule.via_grade is not None]
    for rule in through:
        for forbids in (other for other in rules if other.kind == FORBIDDEN and other.machine in (None, rule.machine)):
            ways = ((rule.from_grade, rule.via_grade), (rule.via_grade, rule.to_grade))
            if any(forbids.from_grade in (None, a) and forbids.to_grade in (None, b) for a, b in ways):
                faults.append(RuleFault("contradiction", (rule.key, forbids.key)))
    return faults + _cycles(through)


def _cycles(through):
    """Return the cycles among rules of what has to be passed through: each way needs two others, and they it."""

    def needs(rule):
        ways = {(rule.from_grade, rule.via_grade), (rule.via_grade, rule.to_grade)}
        return [
            other
            for other in through
            if (other.from_grade, other.to_grade) in ways
            and (other.machine == rule.machine or None in (other.machine, rule.machine))
        ]

    faults, done = [], set()
    for rule in through:
        path, stack = [], [(rule, 0)]
        while stack and rule.key not in done:
            one, depth = stack.pop()
            path = [*path[:depth], one]
            for other in needs(one):
                if other in path:
                    keys = tuple(item.key for item in path[path.index(other) :])
                    if not done.intersection(keys):
                        faults.append(RuleFault("cycle", keys))
                    done.update(keys)
                elif other.key not in done:
                    stack.append((other, depth + 1))
        done.add(rule.key)
    return faults
