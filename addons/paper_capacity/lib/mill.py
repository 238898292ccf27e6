# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The machines of a mill while orders are planned on them, and the date that can be promised.

An order is a list of lines, each a chain of operations (:mod:`.scheduling`) that waits for its materials. The lines are
planned one after the other, so they compete for the machines, and so do the orders of a batch.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .scheduling import WORK, explain, largest_share, schedule


@dataclass
class Demand:
    """One line: its steps, what it waits for before the first step, [(moment, reason)], and the moment at which it has to
    be done, None where nobody has named one."""

    key: object
    steps: list
    waits: list = field(default_factory=list)
    limit: int | None = None

    def ready(self, now):
        return max([moment for moment, _reason in self.waits] + [now])


class Mill:
    """Machines as they stand, and the same machines with overtime.

    :param machines: ``{key: Machine}``
    :param overtime: ``{key: [(start, stop)]}``, hours that overtime would add
    """

    def __init__(self, machines, overtime=None):
        self.machines = machines
        self.overtime = {key: machines[key].with_extra(spans) for key, spans in (overtime or {}).items() if spans}

    def fork(self, keys):
        """Return a mill of the same state whose plan can be tried out."""
        twin = Mill({key: self.machines[key].copy() for key in keys if key in self.machines})
        twin.overtime = {key: self.overtime[key].copy() for key in keys if key in self.overtime}
        return twin

    def with_overtime(self, keys):
        """Return a mill in which some machines work overtime."""
        twin = self.fork(self.machines)
        twin.machines.update({key: twin.overtime.pop(key) for key in keys if key in twin.overtime})
        return twin

    def plan(self, demands, now, split=()):
        """Book the lines of an order, one after the other: ``{key: Job}``."""
        jobs = {}
        for demand in demands:
            jobs[demand.key] = job = schedule(self.machines, demand.steps, demand.ready(now), split=split)
            self._book_overtime(job)
        return jobs

    def book(self, key, start, stop):
        self.machines[key].book(start, stop)
        if key in self.overtime:
            self.overtime[key].book(start, stop)

    def _book_overtime(self, job):
        for slot in job.slots if job.stuck is None else ():
            if slot.machine in self.overtime:
                self.overtime[slot.machine].book(slot.start, slot.stop)

    def plan_parts(self, demands, now):
        """Plan what can be done by the limit of each line in one run first, and the rest after it.

        :return: ``{key: (share done by its limit, [Job of that share and of the rest])}``; a line without a limit is done
            in one run

        >>> from .scheduling import Choice, Machine, Step
        >>> mill = Mill({"PM1": Machine([(8, 16), (32, 40)])})
        >>> parts = mill.plan_parts([Demand("A", [Step(10, (Choice("PM1", cycle=1),))], limit=16)], 0)
        >>> parts["A"][0], [job.finish for job in parts["A"][1]]
        (0.8, [16, 34])
        """
        parts = {}
        for demand in demands:
            share = 1.0 if demand.limit is None else 0.0
            if demand.limit is not None and demand.limit > now:
                share = largest_share(self.machines, demand.steps, demand.ready(now), demand.limit) / 100
            jobs = [schedule(self.machines, demand.steps, demand.ready(now), share)] if share else []
            parts[demand.key] = share, jobs
        for demand in demands:
            share, jobs = parts[demand.key]
            if share < 1:
                jobs.append(schedule(self.machines, demand.steps, demand.ready(now), 1 - share))
        return parts

    def reasons(self, demand, job, now):
        """Tell what each moment from now to the finish of a line is spent on.

        :return: [(kind, what, start, stop)] without a gap; ``kind`` as :func:`.scheduling.explain` gives it with the
            machine as ``what``, or ``wait`` with the reason of a wait

        >>> from .scheduling import Choice, Machine, Step
        >>> mill = Mill({"PM1": Machine([(8, 16), (32, 40)])})
        >>> demand = Demand("A", [Step(4, (Choice("PM1", cycle=1),))], [(12, "pulp")])
        >>> mill.reasons(demand, mill.plan([demand], 0)["A"], 0)
        [('wait', 'pulp', 0, 12), ('work', 'PM1', 12, 16)]
        """
        told, moment = [], now
        for until, reason in sorted(demand.waits, key=lambda wait: wait[0]):
            if until > moment:
                told.append(("wait", reason, moment, until))
                moment = until
        return told + explain(self.machines, job, demand.steps)


def bottleneck(reasons):
    """Return (machine, time waited for it) of the machine that delays most; where none has a queue, of the one that works
    longest; (None, 0) without a machine.

    >>> bottleneck([("full", "PM1", 0, 9), ("work", "PM1", 9, 10), ("work", "Slitter", 10, 15)])
    ('PM1', 9)
    >>> bottleneck([("work", "PM1", 9, 10), ("work", "Slitter", 10, 15)])
    ('Slitter', 0)
    """
    waited, worked = {}, {}
    for kind, machine, start, stop in reasons:
        if kind == "full":
            waited[machine] = waited.get(machine, 0) + stop - start
        elif kind == WORK:
            worked[machine] = worked.get(machine, 0) + stop - start
    if waited:
        return max(waited.items(), key=lambda item: item[1])
    return (max(worked, key=worked.get), 0) if worked else (None, 0)


def name_closures(kind, start, stop, closures):
    """Tell the closures of a machine, maintenance or days off, from the rest of a time that a line spends on it.

    The time is cut where a closure takes at least a quarter of it; shorter ones are told with the rest.

    :param kind: as :func:`.scheduling.explain` gives it
    :param closures: [(start, stop, name)]
    :return: [(kind, name, start, stop)] without a gap; ``maintenance`` with its name, the rest with None

    >>> name_closures("full", 8, 20, [(0, 6, "felt change"), (9, 30, "shutdown")])
    [('full', None, 8, 9), ('maintenance', 'shutdown', 9, 20)]
    >>> name_closures("work", 8, 20, [(9, 10, "felt change"), (12, 16, "shutdown")])
    [('work', None, 8, 12), ('maintenance', 'shutdown', 12, 16), ('work', None, 16, 20)]
    """
    told, moment = [], start
    for begin, end, name in sorted(closures):
        begin, end = max(begin, moment), min(end, stop)
        if not name or end <= begin or 4 * (end - begin) < stop - start:
            continue
        if begin > moment:
            told.append((kind, None, moment, begin))
        told.append(("maintenance", name, begin, end))
        moment = end
    return [*told, (kind, None, moment, stop)] if moment < stop else told


def week_starts(now, until, zone, most=12):
    """Return the Mondays, as moments, of the weeks from ``now`` to ``until`` and the end of the last one; at most ``most``.

    :param zone: a time zone of :mod:`datetime` or pytz

    >>> from datetime import timezone
    >>> week_starts(0, 86400 * 8, timezone.utc)  # 1 January 1970 was a Thursday
    [-259200, 345600, 950400]
    """
    day = datetime.fromtimestamp(now, zone).date()
    monday, starts = day - timedelta(days=day.weekday()), []
    while len(starts) <= most:
        starts.append(midnight(monday, zone))
        if starts[-1] > until:
            break
        monday += timedelta(days=7)
    return starts


def midnight(day, zone):
    """Return the moment at which a date begins in a time zone.

    >>> from datetime import timezone
    >>> midnight(datetime(1970, 1, 2).date(), timezone.utc)
    86400
    """
    naive = datetime(day.year, day.month, day.day)
    local = zone.localize(naive) if hasattr(zone, "localize") else naive.replace(tzinfo=zone)
    return round(local.timestamp())


def finish_date(moment, zone):
    """Return the date on which something is done; midnight belongs to the day that ends.

    >>> from datetime import timezone
    >>> finish_date(86400, timezone.utc).isoformat(), finish_date(86401, timezone.utc).isoformat()
    ('1970-01-01', '1970-01-02')
    """
    return datetime.fromtimestamp(moment - 1, zone).date()


def promise_date(moment, transit_days, today, zone):
    """Return the date to promise for something that is done at ``moment``; never before today.

    >>> from datetime import timezone
    >>> promise_date(86400, 2, datetime(1970, 1, 1).date(), timezone.utc).isoformat()
    '1970-01-03'
    >>> promise_date(0, 0, datetime(2026, 3, 2).date(), timezone.utc).isoformat()
    '2026-03-02'
    """
    return max(finish_date(moment, zone) + timedelta(days=transit_days), today)
