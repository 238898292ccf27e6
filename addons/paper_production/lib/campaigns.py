# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Demands as campaigns on machines: the problem, what is wrong with it, and what a sequence costs (R5.1.1).

A campaign is one paper (grade and basis weight) on one machine without a change-over. A sequence is, of each machine, a list of
blocks: a paper and the demands that are made of it one after the other; blocks of the same paper in a row are one campaign.
"""

from dataclasses import dataclass, field

from .plan_rules import MINIMUM_RUN, NO_ROOM, WINDOW, Paper, change, minimum_run, windows

MOST_DEMANDS = 1000
BROKEN = 1e9  # what a broken rule costs; all else together is less
LATE = 75.0  # seconds of machine that one tonne late by one hour is worth
# What it costs to leave what was planned before, seconds of machine for each demand: another machine; another time, and each
# hour of it up to so many. Less than an hour is no other time.
MOVED, SHIFTED, BY_HOUR, MOST_SHIFT = 36000.0, 14400.0, 300.0, 48


@dataclass(frozen=True)
class Demand:
    """Paper that somebody waits for: ``seconds`` is {machine: time of making it}; ``due`` and ``ready`` are moments."""

    key: object
    paper: Paper
    kg: float
    seconds: dict
    due: int | None = None
    ready: int = 0
    urgent: float = 1.0
    name: str = ""


@dataclass(frozen=True)
class Line:
    """A machine: its time (:class:`~odoo.addons.paper_capacity.lib.machine.Machine`, or whatever has its methods), when planning
    on it begins, and the paper that it ran last."""

    key: object
    machine: object
    begin: int = 0
    last: Paper | None = None
    name: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong with one demand: ``no_machine``, ``no_weight``, ``no_time`` stop the plan; ``past_due`` is a note."""

    kind: str
    demand: object

    @property
    def stops(self):
        return self.kind != "past_due"


def faults(demands, lines, now=0):
    """Return the :class:`Fault` of each demand that cannot be planned, or was due before ``now``.

    >>> faults([Demand("A", Paper("kraft", 80), 0, {"PM1": 60})], [Line("PM1", None)])
    [Fault(kind='no_weight', demand='A')]
    """
    found, keys = [], {line.key for line in lines}
    for demand in demands:
        if not demand.kg > 0 or not demand.paper.weight > 0:
            found.append(Fault("no_weight", demand.key))
        elif not keys & demand.seconds.keys():
            found.append(Fault("no_machine", demand.key))
        elif any(seconds <= 0 for key, seconds in demand.seconds.items() if key in keys):
            found.append(Fault("no_time", demand.key))
        if demand.due is not None and demand.due < now:
            found.append(Fault("past_due", demand.key))
    return found


@dataclass
class Campaign:
    """A campaign as it is planned: ``ends`` is {demand: moment at which it is made}, ``breaks`` [(kind, rule)]."""

    machine: object
    paper: Paper
    demands: list
    kg: float
    start: int
    stop: int
    seconds: int  # of the change-over before it
    broke: float
    ends: dict
    breaks: list = field(default_factory=list)
    worked: int = 0  # where it stops, in worked time


class Walker:
    """What sequences cost: all that does not change while they are tried, as tables.

    :param before: ``{demand: (machine, end)}`` as it was planned until now; leaving it costs
    """

    def __init__(self, demands, lines, rules, before=None):
        self.demands, self.lines, self.rules = demands, lines, rules
        self.papers = list(dict.fromkeys(demand.paper for demand in demands))
        place = {paper: index for index, paper in enumerate(self.papers)}
        self.paper = [place[demand.paper] for demand in demands]
        self.kg = [demand.kg for demand in demands]
        self.able = [[at for at, line in enumerate(lines) if line.key in demand.seconds] for demand in demands]
        self.late = [demand.kg / 1000 * LATE / 3600 * demand.urgent for demand in demands]
        self.work, self.due, self.ready, self.free, self.change, self.least, self.window = [], [], [], [], [], [], []
        self.was, self.head = [], []
        for line in lines:
            clock = line.machine
            begin = clock.worked(line.begin)
            self.work.append([round(demand.seconds.get(line.key, 0)) for demand in demands])
            self.due.append([float("inf") if demand.due is None else clock.worked(demand.due) for demand in demands])
            self.ready.append([clock.worked(demand.ready) for demand in demands])
            self.free.append([(max(start, begin), stop) for start, stop in clock.free_stretches() if stop > begin])
            rows = [[change(rules, line.key, one, two) for two in self.papers] for one in [*self.papers, line.last]]
            self.change.append([[(item.seconds, len(item.breaks) * BROKEN) for item in row] for row in rows])
            self.least.append([minimum_run(rules, line.key, paper)[0] for paper in self.papers])
            spans = [windows(rules, line.key, paper) for paper in self.papers]
            self.window.append(
                [
                    [
                        (0 if one is None else clock.worked(one), float("inf") if two is None else clock.worked(two))
                        for one, two, _key in own
                    ]
                    for own in spans
                ]
            )
            was = (before or {}).get
            self.head.append(place.get(line.last, -2))
            self.was.append([self._was(was(demand.key), line) for demand in demands])
        self.keeps = bool(before)

    @staticmethod
    def _was(found, line):
        """Return when a demand was to be done on a machine, in its worked time; -1 on another one, None where it is new."""
        if not found:
            return None
        return line.machine.worked(found[1]) if found[0] == line.key else -1

    def cost(self, at, blocks, limit=float("inf"), trace=None):
        """Return what the blocks of a machine cost in seconds of it, broken rules above all; more than ``limit`` where that is
        all that is asked.

        :param at: place of the machine among the lines
        :param blocks: [(place of the paper, [places of the demands])]
        :param trace: how it stands after each of the first blocks, as an earlier call wrote it down; it goes on from there, and
            writes down the others
        """
        free, work, due, late = self.free[at], self.work[at], self.due[at], self.late
        changes, least, window, was = self.change[at], self.least[at], self.window[at], self.was[at]
        gap, gaps, last, kg, cost = 0, len(free), -1, 0.0, 0.0
        time = free[0][0] if free else 0
        if trace:
            gap, time, last, kg, cost = trace[-1]
            blocks = blocks[len(trace) :]
        for paper, members in blocks:
            seconds, broken = changes[last][paper]
            if paper != last:
                if last >= 0 and kg < least[last]:
                    cost += BROKEN
                # What goes on with the paper that is on the machine is as long as that was.
                kg = float("inf") if last < 0 and paper == self.head[at] else 0.0
            cost += seconds + broken
            begin, length = self._earliest(at, paper, members, time), seconds
            for one in members:
                length += work[one]
                kg += self.kg[one]
            while gap < gaps and begin + length > free[gap][1]:
                gap += 1
                if gap < gaps and free[gap][0] > begin:
                    begin = free[gap][0]
            if gap == gaps:
                return cost + BROKEN * (1 + len(blocks))
            time = begin + seconds
            cost += length - seconds
            for one in members:
                time += work[one]
                if time > due[one]:
                    cost += (time - due[one]) * late[one]
            if self.keeps:
                cost += self._moved(members, was, time)
            if window[paper]:
                cost += BROKEN * sum(time > stop for _first, stop in window[paper])
            if cost > limit:
                return cost
            last = paper
            if trace is not None:
                trace.append((gap, time, last, kg, cost))
        if last >= 0 and kg < least[last]:
            cost += BROKEN
        return cost

    def _earliest(self, at, paper, members, time):
        """Return when a block can begin that stands after ``time``: its demands are ready, its windows open."""
        ready = self.ready[at]
        for one in members:
            if ready[one] > time:
                time = ready[one]
        for first, _stop in self.window[at][paper]:
            time = max(time, first)
        return time

    @staticmethod
    def _moved(members, was, time):
        cost = 0.0
        for one in members:
            if was[one] is None:
                continue
            hours = abs(time - was[one]) / 3600
            if was[one] < 0:
                cost += MOVED
            elif hours > 1:
                cost += SHIFTED + min(hours, MOST_SHIFT) * BY_HOUR
        return cost

    def campaigns(self, sequence):
        """Return the :class:`Campaign` list of a sequence, machine by machine in the order of time."""
        found = []
        for at, blocks in enumerate(sequence):
            found += self._campaigns(at, blocks)
        return found

    def _campaigns(self, at, blocks):
        line, clock, free = self.lines[at], self.lines[at].machine, self.free[at]
        gap, last, found = 0, None, []
        time = free[0][0] if free else 0
        for paper, members in blocks:
            item = change(self.rules, line.key, found[-1].paper if found else line.last, self.papers[paper])
            begin = max([time, *(self.ready[at][one] for one in members), *(first for first, _ in self.window[at][paper])])
            length = item.seconds + sum(self.work[at][one] for one in members)
            while gap < len(free) and begin + length > free[gap][1]:
                gap += 1
                if gap < len(free):
                    begin = max(begin, free[gap][0])
            breaks, ends = list(item.breaks), {}
            if gap == len(free):
                breaks.append((NO_ROOM, None))
            time = begin + item.seconds
            for one in members:
                time += self.work[at][one]
                ends[self.demands[one].key] = clock.reaches(time)
            for _start, stop, key in windows(self.rules, line.key, self.papers[paper]):
                if stop is not None and clock.reaches(time) > stop:
                    breaks.append((WINDOW, key))
            keys, kg = list(ends), sum(self.kg[one] for one in members)
            if found and paper == last and begin == found[-1].worked:
                own = found[-1]
                own.demands += keys
                own.kg += kg
                own.stop = clock.reaches(time)
                own.ends.update(ends)
                own.breaks += breaks
            else:
                start, stop = clock.resumes(begin), clock.reaches(time)
                found.append(
                    Campaign(line.key, self.papers[paper], keys, kg, start, stop, item.seconds, item.broke, ends, breaks)
                )
            found[-1].worked, last = time, paper
        return self._short(line, found)

    def _short(self, line, found):
        """Add the minimum run to what campaigns break; those of one paper in a row, parted by closed or booked hours, are one."""
        first = 0
        for index in range(1, len(found) + 1):
            if index < len(found) and found[index].paper == found[first].paper:
                continue
            least, key = minimum_run(self.rules, line.key, found[first].paper)
            goes_on = not first and found[0].paper == line.last
            if not goes_on and sum(one.kg for one in found[first:index]) < least:
                found[first].breaks.append((MINIMUM_RUN, key))
            first = index
        return found
