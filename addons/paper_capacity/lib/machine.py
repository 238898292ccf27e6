# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A machine in time: its open hours, what is booked on them, and where the next run has room.

A machine works in its open hours and stands still outside them. A run may span closed hours (night, holiday,
maintenance); it never steps over another run. That is how Odoo plans work orders, so a slot found here is a slot that
the work order gets later.

All moments are whole numbers of one unit, in the addon seconds. Inside, a machine is kept in *worked time*: the closed hours
are cut out, a run of n seconds is then a stretch of n, and a search is a bisection and a walk over the free gaps.
"""

from bisect import bisect_left, bisect_right


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

    def reaches(self, worked):
        """Return the first moment at which the machine has worked so long; the end of its hours where it never does."""
        if worked <= 0 or not self.open_hours:
            return self.open_hours[0][0] if self.open_hours else 0
        return self._ends(min(worked, self.total))

    def resumes(self, worked):
        """Return the moment at which the work after ``worked`` begins; the end of its hours where there is none left.

        >>> Machine([(8, 16), (32, 40)]).resumes(8), Machine([(8, 16)]).resumes(8)
        (32, 16)
        """
        return self._begins(worked) if worked < self.total else self.reaches(worked)

    def free_stretches(self):
        """Return what is not booked, [(start, stop)] in worked time.

        >>> Machine([(8, 16), (32, 40)], bookings=[(10, 12)]).free_stretches()
        [(0, 2), (4, 16)]
        """
        return list(zip(self._gap_starts, self._gap_stops, strict=True))

    def find(self, ready, duration):
        """Return (start, stop) of the earliest run of ``duration`` open time from ``ready`` on; None if it never fits."""
        if duration <= 0:
            return ready, ready
        earliest = self.worked(ready)
        first = max(bisect_right(self._gap_starts, earliest) - 1, 0)
        for index in range(first, len(self._gap_starts)):
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
