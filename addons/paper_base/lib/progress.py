# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How far the ordered weight has come through a stage of the mill: made, inspected, in stock, announced, sent, received.

A stage is done only when of every line as much has come as was ordered, less what the customer accepts as missing.
What was given up does not count, however little was left to do:

>>> third = Progress(ordered=7734.6, reached=2578, minus=5, plus=5, begun=True)
>>> third.is_enough, third.is_short, stage_state([third])
(False, True, 'short')
>>> stage_state([Progress(ordered=7734.6, reached=2578, minus=5, open=True, begun=True)])
'current'
>>> stage_state([Progress(ordered=1000, reached=950, minus=5, begun=True)])
'done'
>>> stage_state([Progress(ordered=1000, reached=1000, begun=True), Progress(ordered=500)])
'current'
>>> stage_state([Progress(ordered=500)])
'todo'
>>> stage_state([])
'skipped'
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """How much of one line has come through one stage. Weights in kg.

    :param ordered: what the customer ordered
    :param reached: what has come through
    :param minus, plus: percent by which the customer accepts less or more
    :param slack: what the rounding of the unit of measure may hide
    :param open: more of it is still under way
    :param begun: somebody took it up, so that with nothing open the rest was given up
    :param line: id of the order line
    """

    ordered: float
    reached: float = 0.0
    minus: float = 0.0
    plus: float = 0.0
    slack: float = 0.001
    open: bool = False
    begun: bool = False
    line: int = 0

    @property
    def is_enough(self):
        return self.reached + self.slack >= self.ordered * (1 - self.minus / 100)

    @property
    def is_short(self):
        """Say whether the rest was given up: too little has come, and nothing of it is under way."""
        return self.begun and not self.open and not self.is_enough

    @property
    def is_beyond(self):
        """Say whether more has come than the customer accepts."""
        return self.reached > self.ordered * (1 + self.plus / 100) + self.slack


def stage_state(lines):
    """Return done, short, current, todo or skipped of a stage through which these :class:`Progress` go."""
    if not lines:
        return "skipped"
    if any(line.is_short for line in lines):
        return "short"
    if all(line.is_enough and not line.open for line in lines):
        return "done"
    return "current" if any(line.reached > 0 for line in lines) else "todo"


def stage_weights(lines):
    """Return (kg that came through, kg ordered) of a stage; what came beyond the order of a line helps no other one.

    >>> stage_weights([Progress(ordered=1000, reached=1100), Progress(ordered=1000, reached=900)])
    (1900, 2000)
    """
    lacking = any(not line.is_enough for line in lines)
    reached = sum(min(line.reached, line.ordered) if lacking else line.reached for line in lines)
    return reached, sum(line.ordered for line in lines)


def share(amount, needs):
    """Divide what was made for several lines among them, in turn; what is beyond goes to the last.

    >>> share(1500, [1000, 1000])
    [1000, 500]
    >>> share(2500, [1000, 1000])
    [1000, 1500]
    >>> share(5, [])
    []
    """
    parts = []
    for need in needs:
        parts.append(min(amount, max(need, 0)))
        amount -= parts[-1]
    if parts:
        parts[-1] += amount
    return parts
