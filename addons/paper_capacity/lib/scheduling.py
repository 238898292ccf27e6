# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""When an order's chain of operations is done, on machines of which each does what it can first."""

from dataclasses import dataclass, field
from math import ceil, floor

from .machine import Machine, intersect_intervals, merge_intervals, subtract_intervals

__all__ = [
    "CLOSED",
    "FULL",
    "WORK",
    "Choice",
    "Job",
    "Machine",
    "Slot",
    "Step",
    "explain",
    "intersect_intervals",
    "largest_share",
    "merge_intervals",
    "schedule",
    "subtract_intervals",
    "trial",
]
CLOSED, FULL, WORK = "closed", "full", "work"
_EPSILON = 1e-6  # hours and quantities are floats where they come from


@dataclass(frozen=True)
class Choice:
    """A machine that can do a step: ``setup`` once, then ``cycle`` for each ``batch`` begun, in seconds.

    ``able`` is False where it is known that it cannot. ``over`` is the quantity after which what it has made goes on to the
    next machine (a jumbo of paper); 0 where the next one waits for the whole run.

    >>> Choice("PM1", setup=600, cycle=3600, batch=10).duration(25)
    11400
    """

    machine: object
    setup: float = 0
    cycle: float = 0
    batch: float = 1
    able: bool = True
    over: float = 0

    def seconds(self, quantity):
        return self.setup + ceil(quantity / self.batch - _EPSILON) * self.cycle

    def duration(self, quantity):
        return ceil(self.seconds(quantity) - _EPSILON)

    def makes(self, duration):
        """Return the quantity that fits into a duration."""
        if not self.cycle:
            return float("inf") if duration >= self.setup else 0
        return max(floor((duration - self.setup) / self.cycle + _EPSILON), 0) * self.batch


@dataclass(frozen=True)
class Step:
    """One operation: how much, where it can be made (its own machine first), and which steps come before it.

    ``follows`` is the one of these steps of which it takes over what is made, piece by piece, if there is one.
    """

    quantity: float
    choices: tuple
    after: tuple = ()
    key: object = None
    follows: int | None = None


@dataclass(frozen=True)
class Slot:
    """Where a step (or a share of it) runs; ``ready`` is when all before it was done, or enough of the step ``behind``, which
    runs on meanwhile."""

    step: int
    machine: object
    ready: int
    start: int
    stop: int
    quantity: float
    behind: int | None = None


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
    done, alone = [], {}
    for index, step in enumerate(steps):
        begin = max((done[other] for other in step.after), default=ready)
        quantity = step.quantity * share
        slots = None
        if len(step.choices) > 1 and any(choice.machine in split for choice in step.choices):
            slots = _shared_slots(machines, step, index, begin, quantity)
        pieces = _pieces(steps, alone[step.follows], machines) if step.follows in alone else None
        if not slots and pieces:
            others = max((done[other] for other in step.after if other != step.follows), default=ready)
            slots = _best_slot(machines, step, index, others, quantity, pieces)
        slots = slots or _best_slot(machines, step, index, begin, quantity)
        if not slots:
            machines.update(before)
            return Job(ready=ready, stuck=index)
        for slot in slots:
            if slot.machine in machines and slot.stop > slot.start:
                before.setdefault(slot.machine, machines[slot.machine].copy())
                machines[slot.machine].book(slot.start, slot.stop)
        job.slots += slots
        if len(slots) == 1:
            alone[index] = slots[0]
        done.append(max(slot.stop for slot in slots))
    return job


def _best_slot(machines, step, index, ready, quantity, pieces=()):
    """Return the slot that is done first.

    :param pieces: what the step before hands over while it runs, :class:`_Pieces`, if it does
    """
    best = None
    for choice in step.choices:
        machine = machines.get(choice.machine)
        if not machine or not choice.able:
            continue
        duration, begin, behind = choice.duration(quantity), ready, None
        if pieces:
            begin, behind = pieces.begin(machine, choice, duration, ready)
        found = machine.find(begin, duration)
        if found and (best is None or found[1] < best.stop):
            best = Slot(index, choice.machine, begin, *found, quantity, behind)
    return [best] if best else []


@dataclass(frozen=True)
class _Pieces:
    """What a run hands over while it goes on: the moments at which it has made each share of its quantity."""

    step: int
    moments: tuple  # (share made before this piece, moment at which the piece is there)

    def begin(self, machine, choice, duration, ready):
        """Return the moment from which on a run never waits for a piece, and the step that decides it (None: another).

        The run takes up each piece when it has worked through those before; the hours in which either machine is closed
        count for neither.
        """
        if duration <= 0:
            return max(ready, self.moments[-1][1]), self.step
        setup = min(choice.setup, duration)
        first = self.moments[0][1]
        earliest = max(
            machine.worked(moment) - (setup + share * (duration - setup) if share else 0) for share, moment in self.moments
        )
        begin = max(first, machine.reaches(ceil(earliest - _EPSILON)))
        return (begin, self.step) if begin > ready else (ready, None)


def _pieces(steps, slot, machines):
    """Return what the run of a step hands over while it goes on; None where the next one waits for all of it."""
    choice = next(one for one in steps[slot.step].choices if one.machine == slot.machine)
    duration = slot.stop > slot.start and choice.duration(slot.quantity)
    if not duration or not 0 < choice.over < slot.quantity:
        return None
    machine, setup = machines[slot.machine], min(choice.setup, duration)
    begun, moments, count = machine.worked(slot.start), [], ceil(slot.quantity / choice.over - _EPSILON)
    for number in range(count):
        share = min((number + 1) * choice.over / slot.quantity, 1)
        there = machine.reaches(begun + ceil(setup + share * (duration - setup) - _EPSILON))
        moments.append((number * choice.over / slot.quantity, there))
    return _Pieces(slot.step, tuple(moments))


def _shared_slots(machines, step, index, ready, quantity):
    """Share a step out: the earliest moment at which all machines together have made the quantity."""
    alone = _best_slot(machines, step, index, ready, quantity)
    if not alone or quantity <= 0:
        return alone
    choices = [choice for choice in step.choices if choice.machine in machines and choice.able]
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
    by_stop, by_step = {}, {}
    for slot in job.slots:
        by_stop.setdefault((slot.step, slot.stop), slot)
        by_step.setdefault(slot.step, slot)
    candidates, behind = range(len(steps)), None
    while moment > job.ready:
        if behind is None:
            slot = next((by_stop[index, moment] for index in candidates if (index, moment) in by_stop), None)
        else:
            slot = by_step[behind]
        if slot is None:
            break
        if slot.stop > slot.start:
            path.append((WORK, slot.machine, slot.start, moment))
        if slot.start > slot.ready:
            machine = machines[slot.machine]
            kind = FULL if machine.open(slot.ready, slot.start) else CLOSED
            path.append((kind, slot.machine, slot.ready, slot.start))
        moment, candidates, behind = slot.ready, steps[slot.step].after, slot.behind
    return path[::-1]
