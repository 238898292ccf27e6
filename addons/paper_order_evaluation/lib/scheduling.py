# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""When a machine has room for a run, and when an order's chain of operations is done.

A machine works in its open hours and stands still outside them. A run may span closed hours (night, holiday,
maintenance); it never steps over another run. That is how Odoo plans work orders, so a slot found here is a slot that
the work order gets later.

All moments are whole numbers of one unit, here seconds. Inside, a machine is kept in *worked time*: the closed hours are
cut out, a run of n seconds is then a stretch of n, and a search is a bisection and a walk over the free gaps.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from math import ceil, floor

CLOSED, FULL, WORK = "closed", "full", "work"
_EPSILON = 1e-6  # hours and quantities are floats where they come from


def merge_intervals(intervals):
    """Return intervals sorted, joined where they touch or overlap, empty ones left out.

    >>> merge_intervals([(5, 9), (1, 3), (3, 4), (7, 8), (2, 2)])
    [(1, 4), (5, 9)]
    """
    merged = []
    for start, stop in sorted(intervals):
        if stop <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(stop, merged[-1][1]))
        else:
            merged.append((start, stop))
    return merged


def subtract_intervals(intervals, taken):
    """Return merged ``intervals`` without ``taken``.

    >>> subtract_intervals([(0, 10), (20, 30)], [(3, 5), (9, 22)])
    [(0, 3), (5, 9), (22, 30)]
    """
    result, taken, first = [], merge_intervals(taken), 0
    for start, stop in merge_intervals(intervals):
        while first < len(taken) and taken[first][1] <= start:
            first += 1
        index = first
        while index < len(taken) and taken[index][0] < stop:
            if taken[index][0] > start:
                result.append((start, taken[index][0]))
            start = max(start, taken[index][1])
            index += 1
        if start < stop:
            result.append((start, stop))
    return result


def intersect_intervals(left, right):
    """Return the hours that both have.

    >>> intersect_intervals([(0, 10), (20, 30)], [(5, 25)])
    [(5, 10), (20, 25)]
    """
    return subtract_intervals(left, subtract_intervals(left, right))


class Machine:
    """A machine's open hours and what is booked on them.

    :param open_hours: (start, stop) in any order; overlapping ones count once
    :param bookings: (start, stop) of runs that have the machine already, closed hours included

    >>> machine = Machine([(8, 16), (32, 40)], bookings=[(10, 12)])
    >>> machine.find(8, 2), machine.find(8, 3), machine.find(8, 6)
    ((8, 10), (12, 15), (12, 34))
    >>> machine.find(8, 13) is None
    True
    """

    def __init__(self, open_hours, bookings=()):
        self.open_hours = merge_intervals(open_hours)
        self.bookings = list(bookings)
        self._starts = [start for start, _stop in self.open_hours]
        self._sums, total = [], 0
        for start, stop in self.open_hours:
            self._sums.append(total)
            total += stop - start
        self.total = total
        self._gap_starts, self._gap_stops = self._gaps()

    def _gaps(self):
        starts, stops, free_from = [], [], 0
        for begin, end in sorted((self.worked(start), self.worked(stop)) for start, stop in self.bookings):
            if begin > free_from:
                starts.append(free_from)
                stops.append(begin)
            free_from = max(free_from, end)
        if free_from < self.total:
            starts.append(free_from)
            stops.append(self.total)
        return starts, stops

    def with_extra(self, open_hours):
        """Return the machine with more open hours and the same bookings, as overtime makes it."""
        return Machine([*self.open_hours, *open_hours], self.bookings)

    def copy(self):
        twin = Machine.__new__(Machine)
        twin.__dict__.update(self.__dict__)
        twin.bookings = list(self.bookings)
        twin._gap_starts, twin._gap_stops = list(self._gap_starts), list(self._gap_stops)
        return twin

    def worked(self, moment):
        """Return the open time that lies before a moment."""
        index = bisect_right(self._starts, moment) - 1
        if index < 0:
            return 0
        start, stop = self.open_hours[index]
        return self._sums[index] + min(moment, stop) - start

    def _begins(self, worked):
        """Return the moment at which the work after ``worked`` begins."""
        index = bisect_right(self._sums, worked) - 1
        return self.open_hours[index][0] + worked - self._sums[index]

    def _ends(self, worked):
        """Return the moment at which ``worked`` is reached."""
        index = max(bisect_left(self._sums, worked) - 1, 0)
        return self.open_hours[index][0] + worked - self._sums[index]

    def find(self, ready, duration):
        """Return (start, stop) of the earliest run of ``duration`` open time from ``ready`` on; None if it never fits."""
        if duration <= 0:
            return ready, ready
        earliest = self.worked(ready)
        index = max(bisect_right(self._gap_starts, earliest) - 1, 0)
        for index in range(index, len(self._gap_starts)):
            begin = max(self._gap_starts[index], earliest)
            if self._gap_stops[index] - begin >= duration:
                return self._begins(begin), self._ends(begin + duration)
        return None

    def longest(self, ready, limit):
        """Return the longest duration that a run between ``ready`` and ``limit`` can have."""
        earliest, latest = self.worked(ready), self.worked(limit)
        index = max(bisect_right(self._gap_starts, earliest) - 1, 0)
        best = 0
        while index < len(self._gap_starts) and self._gap_starts[index] < latest:
            best = max(best, min(self._gap_stops[index], latest) - max(self._gap_starts[index], earliest))
            index += 1
        return best

    def book(self, start, stop):
        """Take the machine from ``start`` to ``stop``."""
        if stop <= start:
            return
        self.bookings.append((start, stop))
        begin, end = self.worked(start), self.worked(stop)
        starts, stops = self._gap_starts, self._gap_stops
        first = bisect_right(stops, begin)
        last = max(bisect_left(starts, end), first)
        if begin == end:  # in closed hours: no run steps over it
            last = max(bisect_right(starts, begin), first)
        new_starts, new_stops = [], []
        if first < last:
            if starts[first] < begin:
                new_starts.append(starts[first])
                new_stops.append(begin)
            if stops[last - 1] > end:
                new_starts.append(end)
                new_stops.append(stops[last - 1])
        starts[first:last], stops[first:last] = new_starts, new_stops

    def free(self, start, stop):
        """Return the open time between two moments that is not booked."""
        begin, end = self.worked(start), self.worked(stop)
        index = max(bisect_right(self._gap_starts, begin) - 1, 0)
        total = 0
        while index < len(self._gap_starts) and self._gap_starts[index] < end:
            total += max(min(self._gap_stops[index], end) - max(self._gap_starts[index], begin), 0)
            index += 1
        return total

    def open(self, start, stop):
        """Return the open time between two moments, booked or not."""
        return self.worked(stop) - self.worked(start)


@dataclass(frozen=True)
class Choice:
    """A machine that can do a step: ``setup`` once, then ``cycle`` for each ``batch`` begun, in seconds.

    >>> Choice("PM1", setup=600, cycle=3600, batch=10).duration(25)
    11400
    """

    machine: object
    setup: float = 0
    cycle: float = 0
    batch: float = 1

    def duration(self, quantity):
        return ceil(self.setup + ceil(quantity / self.batch - _EPSILON) * self.cycle - _EPSILON)

    def makes(self, duration):
        """Return the quantity that fits into a duration."""
        if not self.cycle:
            return float("inf") if duration >= self.setup else 0
        return max(floor((duration - self.setup) / self.cycle + _EPSILON), 0) * self.batch


@dataclass(frozen=True)
class Step:
    """One operation: how much, where it can be made (its own machine first), and which steps come before it."""

    quantity: float
    choices: tuple
    after: tuple = ()
    key: object = None


@dataclass(frozen=True)
class Slot:
    """Where a step (or a share of it) runs; ``ready`` is when all before it was done."""

    step: int
    machine: object
    ready: int
    start: int
    stop: int
    quantity: float


@dataclass
class Job:
    """What became of a chain of steps: its slots, or the step that has no room before the horizon."""

    slots: list = field(default_factory=list)
    ready: int = 0
    stuck: int | None = None

    @property
    def finish(self):
        """Return when the last step is done, None if one has no room."""
        return None if self.stuck is not None else max((slot.stop for slot in self.slots), default=self.ready)


def schedule(machines, steps, ready, share=1.0, split=()):
    """Run a chain of steps as early as it can be, booking the slots.

    Each step takes, of the machines that can do it, the one that is done first; its own machine if two are done at the same
    time. Nothing is booked when a step has no room.

    :param machines: ``{key: Machine}``; booked as a side effect
    :param steps: steps, each after those that come before it
    :param ready: the moment from which on the first steps can run
    :param share: the part of every step's quantity that is made
    :param split: machines whose steps are shared out to all that can do them, so that they end together
    :return: :class:`Job`

    >>> machines = {"PM1": Machine([(8, 16), (32, 40)]), "PM2": Machine([(8, 16), (32, 40)], [(8, 10)])}
    >>> both = (Choice("PM1", cycle=1), Choice("PM2", cycle=1))
    >>> [(slot.machine, slot.start, slot.stop) for slot in schedule(machines, [Step(5, both)], 8).slots]
    [('PM1', 8, 13)]
    >>> [(slot.machine, slot.start, slot.stop) for slot in schedule(machines, [Step(5, both)], 8).slots]
    [('PM2', 10, 15)]
    """
    job, before = Job(ready=ready), {}
    done = []
    for index, step in enumerate(steps):
        begin = max((done[other] for other in step.after), default=ready)
        quantity = step.quantity * share
        slots = None
        if len(step.choices) > 1 and step.choices[0].machine in split:
            slots = _shared_slots(machines, step, index, begin, quantity)
        slots = slots or _best_slot(machines, step, index, begin, quantity)
        if not slots:
            machines.update(before)
            return Job(ready=ready, stuck=index)
        for slot in slots:
            if slot.machine in machines and slot.stop > slot.start:
                before.setdefault(slot.machine, machines[slot.machine].copy())
                machines[slot.machine].book(slot.start, slot.stop)
        job.slots += slots
        done.append(max(slot.stop for slot in slots))
    return job


def _best_slot(machines, step, index, ready, quantity):
    best = None
    for choice in step.choices:
        machine = machines.get(choice.machine)
        found = machine and machine.find(ready, choice.duration(quantity))
        if found and (best is None or found[1] < best.stop):
            best = Slot(index, choice.machine, ready, *found, quantity)
    return [best] if best else []


def _shared_slots(machines, step, index, ready, quantity):
    """Share a step out: the earliest moment at which all machines together have made the quantity."""
    alone = _best_slot(machines, step, index, ready, quantity)
    if not alone or quantity <= 0:
        return alone
    choices = [choice for choice in step.choices if choice.machine in machines]
    low, high = ready, alone[0].stop
    while low < high:
        middle = (low + high) // 2
        made = sum(choice.makes(machines[choice.machine].longest(ready, middle)) for choice in choices)
        if made + _EPSILON >= quantity:
            high = middle
        else:
            low = middle + 1
    slots, left = [], quantity
    for choice in sorted(choices, key=lambda one: -one.makes(machines[one.machine].longest(ready, low))):
        part = min(choice.makes(machines[choice.machine].longest(ready, low)), left)
        found = machines[choice.machine].find(ready, choice.duration(part)) if part > _EPSILON else None
        if found:
            slots.append(Slot(index, choice.machine, ready, *found, part))
            left -= part
    return slots if left <= _EPSILON else alone


def trial(machines, steps, ready, share=1.0, split=()):
    """Return what :func:`schedule` would do, and leave the machines as they are."""
    used = {choice.machine for step in steps for choice in step.choices}
    return schedule({key: machines[key].copy() for key in used if key in machines}, steps, ready, share, split)


def largest_share(machines, steps, ready, limit, parts=100):
    """Return the largest share, in ``1/parts``, of a chain that is done by ``limit``; 0 if nothing is.

    More quantity is never done earlier, so the share is found by bisection.

    >>> machines = {"PM1": Machine([(8, 16), (32, 40)])}
    >>> largest_share(machines, [Step(10, (Choice("PM1", cycle=1),))], 8, 16, parts=10)
    8
    """
    low, high = 0, parts
    while low < high:
        middle = (low + high + 1) // 2
        finish = trial(machines, steps, ready, middle / parts).finish
        if finish is not None and finish <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def explain(machines, job, steps):
    """Tell what each moment from ``job.ready`` to its finish is spent on, along the path that decides the finish.

    :param machines: the machines before or after the job was booked on them
    :return: [(kind, machine, start, stop)] without a gap: ``closed`` (no open hour in between), ``full`` (the open hours
        are booked, or too few between two runs) or ``work``

    >>> machines = {"PM1": Machine([(8, 16), (32, 40)], bookings=[(8, 15)])}
    >>> steps = [Step(3, (Choice("PM1", cycle=1),))]
    >>> explain(machines, schedule(machines, steps, 6), steps)
    [('full', 'PM1', 6, 15), ('work', 'PM1', 15, 34)]
    """
    path, moment = [], job.finish
    if moment is None:
        return path
    by_stop = {}
    for slot in job.slots:
        by_stop.setdefault((slot.step, slot.stop), slot)
    candidates = range(len(steps))
    while moment > job.ready:
        slot = next((by_stop[index, moment] for index in candidates if (index, moment) in by_stop), None)
        if slot is None:
            break
        if slot.stop > slot.start:
            path.append((WORK, slot.machine, slot.start, slot.stop))
        if slot.start > slot.ready:
            machine = machines[slot.machine]
            kind = FULL if machine.open(slot.ready, slot.start) else CLOSED
            path.append((kind, slot.machine, slot.ready, slot.start))
        moment, candidates = slot.ready, steps[slot.step].after
    return path[::-1]
