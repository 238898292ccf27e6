# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who works which shift: teams that rotate, skills, rest, leave, and what is left open (R5.2.3).

Days are ``date``; hours count from midnight of the first day. People and skills are any hashable keys. No Odoo.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

REST = 11.0  # hours between two shifts
MOST_DAYS = 6  # days in a row
OFF = "-"
# Four teams, three shifts (四班三运转): two nights, two mornings, two evenings, two days off.
FOUR_TEAMS = "NNMMEE--"


def on_duty(pattern, offset, day):
    """Return the letter of the shift of a team on a day, "-" where it is off.

    Four teams that begin two days apart share each shift of each day among them:

    >>> from datetime import date
    >>> sorted(on_duty(FOUR_TEAMS, offset, date(2026, 3, 2)) for offset in (0, 2, 4, 6))
    ['-', 'E', 'M', 'N']
    """
    return pattern[(day.toordinal() + offset) % len(pattern)]


def fault(pattern):
    """Return what is wrong with a pattern, "" if nothing: ``letters``, ``off`` (no day off), ``row`` (too many in a row).

    >>> fault(FOUR_TEAMS), fault("NNXX--"), fault("NNMMEE"), fault("NNMMEEE-")
    ('', 'letters', 'off', 'row')
    """
    if not pattern or set(pattern) - set("NME-"):
        return "letters"
    if OFF not in pattern:
        return "off"
    longest = max(len(run) for run in (pattern * 2).split(OFF))
    return "row" if longest > MOST_DAYS else ""


@dataclass(frozen=True)
class Post:
    """People that a shift needs: ``key`` of the post, ``day``, ``letter`` of the shift, its hours, ``skill`` and ``count``."""

    key: object
    day: object
    letter: str
    start: float
    stop: float
    skill: object
    count: int


@dataclass
class Person:
    """``offset`` of the team, None for a relief; ``skills`` {skill: last valid day or None}; ``away`` days of leave."""

    key: object
    offset: int | None
    skills: dict
    away: set = field(default_factory=set)

    def can(self, skill, day):
        """Say whether the person has the skill on a day, and is there."""
        if day in self.away or skill not in self.skills:
            return False
        last = self.skills[skill]
        return last is None or last >= day


@dataclass
class Rota:
    """``assigned`` [(post, person key, relief or team)], ``gaps`` [(post, missing, [person keys who could be trained])]."""

    assigned: list = field(default_factory=list)
    gaps: list = field(default_factory=list)


def make(posts, people, pattern=FOUR_TEAMS, taken=None):
    """Assign people to posts: the team on duty first, the rarest skill first; then whoever else has the skill and the rest.

    :param taken: {person key: [(start, stop)]}, shifts that they have already, hours from midnight of the first day

    >>> from datetime import date, timedelta
    >>> day = date(2026, 3, 2)
    >>> letters = {"N": (0, 8), "M": (8, 16), "E": (16, 24)}
    >>> posts = [Post(letter, day + timedelta(n), letter, *hours, "tender", 1)
    ...          for n in range(28) for letter, hours in letters.items()]
    >>> crews = [Person(f"team {offset}", offset, {"tender": None}) for offset in (0, 2, 4, 6)]
    >>> found = make(posts, crews)
    >>> len(found.assigned), len(found.gaps), {sum(who == one.key for _p, who, _r in found.assigned) for one in crews}
    (84, 0, {20, 21, 22})
    """
    rota, first = Rota(), min((post.day for post in posts), default=None)
    busy = defaultdict(list, {key: list(spans) for key, spans in (taken or {}).items()})
    able = {skill: sum(skill in one.skills for one in people) for skill in {post.skill for post in posts}}
    order = sorted(posts, key=lambda post: (post.day, post.start, able[post.skill], str(post.key)))
    missing = {}
    for number, post in enumerate(order):
        team = [one for one in people if one.offset is not None and on_duty(pattern, one.offset, post.day) == post.letter]
        missing[number] = post.count - _take(rota, busy, first, post, team, post.count, False)
    for number, post in enumerate(order):
        if missing[number] <= 0:
            continue
        # Those who rest least before their own next shift last: reliefs, then who has worked least.
        others = sorted(people, key=lambda one: (one.offset is not None, len(busy[one.key])))
        missing[number] -= _take(rota, busy, first, post, others, missing[number], True)
        if missing[number] > 0:
            could = [one.key for one in people if post.skill not in one.skills and post.day not in one.away]
            rota.gaps.append((post, missing[number], could))
    return rota


def _take(rota, busy, first, post, candidates, wanted, extra):
    taken = 0
    for one in candidates:
        if taken == wanted:
            break
        if one.can(post.skill, post.day) and rested(busy[one.key], first, post.day, post.start, post.stop):
            begin = (post.day - first).days * 24
            busy[one.key].append((begin + post.start, begin + post.stop))
            rota.assigned.append((post, one.key, extra))
            taken += 1
    return taken


def rested(spans, first, day, start, stop):
    """Say whether a shift keeps the rest before and after others, and the days in a row.

    >>> from datetime import date
    >>> first = date(2026, 3, 2)
    >>> [rested([(0, 8)], first, first, *hours) for hours in ((0, 8), (8, 16), (16, 24), (19, 24))]
    [False, False, False, True]
    >>> six = [(24 * n, 24 * n + 8) for n in range(6)]
    >>> rested(six, first, date(2026, 3, 8), 0, 8), rested(six, first, date(2026, 3, 9), 0, 8)
    (False, True)
    """
    begin = (day - first).days * 24
    if any(begin + start < other + REST and before - REST < begin + stop for before, other in spans):
        return False
    worked = {first + timedelta(days=int(before // 24)) for before, _stop in spans} | {day}
    row, probe = 1, day - timedelta(days=1)
    while probe in worked:
        row, probe = row + 1, probe - timedelta(days=1)
    probe = day + timedelta(days=1)
    while probe in worked:
        row, probe = row + 1, probe + timedelta(days=1)
    return row <= MOST_DAYS
