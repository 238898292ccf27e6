"""What is to be put in sequence, read from the records once: demands, machines, rules, and what stays."""

from dataclasses import dataclass, field

from odoo.addons.paper_capacity.lib.moments import to_datetime

from ...lib.sequencing import plan, replay


@dataclass
class Problem:
    """The problem of :mod:`..lib.sequencing` with what the records need of it.

    :param fixed: values of the campaigns that stay where they are
    :param before: ``{order id: (machine id, end)}`` as it is planned now
    """

    demands: list
    lines: list
    rules: list
    fixed: list = field(default_factory=list)
    before: dict = field(default_factory=dict)
    now: int = 0

    to_moment = staticmethod(to_datetime)

    def solve(self, seconds):
        """Return what is found in ``seconds``; a few demands take no longer than they need."""
        return plan(self.demands, self.lines, self.rules, seconds, 1000 + 1500 * len(self.demands), self.before or None)

    def replay(self, order):
        return replay(self.demands, self.lines, self.rules, order)

    def seconds(self, key, machine):
        return next(demand.seconds[machine] for demand in self.demands if demand.key == key)

    def open_hours(self, until):
        """Return the open hours of all machines from now on."""
        return sum(line.machine.open(max(self.now, line.begin), until) for line in self.lines) / 3600
