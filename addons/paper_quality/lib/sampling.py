# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Acceptance sampling by attributes, without Odoo: the code letter, the plan, the verdict, and switching between severities.

The tables are data (``tables/``), with their source and edition at the record that holds them. What is here is what all editions
share: lot size and level give a letter; letter, AQL and severity give a plan; of a double plan the second sample is taken only
where the first one decides nothing; accepted and rejected lots switch the severity.

>>> code_letter(150, "II"), code_letter(1000, "III"), code_letter(400, "S-3"), code_letter(2, "I")
('F', 'K', 'D', 'A')
>>> table = Table.read(text_of("mil_std_105e"))
>>> table.plan(150, "II", "1.5").stages
(Stage(n=32, ac=1, re=2),)
>>> table.plan(10, "II", "1.5").stages, table.plan(1000, "III", "0.4").stages
((Stage(n=8, ac=0, re=1),), (Stage(n=125, ac=1, re=2),))
>>> table.plan(1000, "S-3", "6.5", double=True).stages
(Stage(n=8, ac=0, re=3), Stage(n=8, ac=3, re=4))
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

LETTERS = "ABCDEFGHJKLMNPQR"
LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")
SEVERITIES = ("normal", "tightened", "reduced")
# Upper ends of the lot sizes, and the letter of each level (Table I of all editions).
LOTS = (8, 15, 25, 50, 90, 150, 280, 500, 1200, 3200, 10000, 35000, 150000, 500000, float("inf"))
CODES = (
    "AAAAAAB", "AAAAABC", "AABBBCD", "ABBCCDE", "BBCCCEF", "BBCDDFG", "BCDEEGH", "BCDEFHJ", "CCEFGJK", "CDEGHKL", "CDFGJLM",
    "CDFHKMN", "DEGJLNP", "DEGJMPQ", "DEHKNQR",
)  # fmt: skip
COLUMNS = ("severity", "letter", "aql", "n", "ac", "re", "each", "ac1", "re1", "ac2", "re2")


def text_of(name):
    """Return the text of a table that comes with the addon."""
    return (Path(__file__).parent / "tables" / f"{name}.csv").read_text()


def code_letter(lot, level):
    """Return the code letter of a lot of so many units, at a level of inspection.

    :raises ValueError: for a lot of less than two units, of which none is sampled
    """
    if lot < 2:
        raise ValueError(lot)
    row = next(index for index, end in enumerate(LOTS) if lot <= end)
    return CODES[row][LEVELS.index(level)]


@dataclass(frozen=True)
class Stage:
    """One sample of a plan: how many units, how many of them together with the earlier ones may be bad (``ac``), and
    from how many on the lot is refused (``re``)."""

    n: int
    ac: int
    re: int


@dataclass(frozen=True)
class Plan:
    """The samples to take of a lot; ``whole`` where the lot is no larger than the sample, so that all of it is inspected."""

    letter: str
    stages: tuple
    whole: bool = False

    @property
    def double(self):
        """Say whether a second sample may follow."""
        return len(self.stages) > 1

    def verdict(self, found):
        """Return accepted, rejected, second (take the second sample) or open.

        Between the numbers of a reduced plan a lot is accepted, and the next ones are inspected normally.

        :param found: bad units in each sample that was taken

        >>> plan = Plan("E", (Stage(8, 0, 3), Stage(8, 3, 4)))
        >>> [plan.verdict(found) for found in ((), (0,), (1,), (3,), (1, 2), (2, 2))]
        ['open', 'accepted', 'second', 'rejected', 'accepted', 'rejected']
        """
        total = 0
        for stage, bad in zip(self.stages, found, strict=False):
            total += bad
            if total <= stage.ac:
                return "accepted"
            if total >= stage.re:
                return "rejected"
        if len(found) < len(self.stages):
            return "second" if found else "open"
        return "accepted"

    def within_gap(self, found):
        """Say whether a reduced plan accepted a lot with more than its acceptance number: the next one is inspected normally."""
        return self.verdict(found) == "accepted" and len(found) == len(self.stages) and sum(found) > self.stages[-1].ac


class Table:
    """The master table of one edition."""

    def __init__(self, rows):
        self.rows = rows

    @classmethod
    def read(cls, text):
        """Return the table of a CSV text with the :data:`COLUMNS`.

        :raises ValueError: naming the line that is wrong
        """
        rows = {}
        reader = csv.DictReader(io.StringIO(text.strip()))
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(", ".join(COLUMNS))
        for number, line in enumerate(reader, 2):
            try:
                key = line["severity"], line["letter"], _aql(line["aql"])
                single = Stage(int(line["n"]), int(line["ac"]), int(line["re"]))
                pair = ()
                if line["each"]:
                    n, *ends = (int(line[name]) for name in COLUMNS[6:])
                    pair = Stage(n, *ends[:2]), Stage(n, *ends[2:])
            except (ValueError, TypeError, KeyError):
                raise ValueError(f"{number}: {line}") from None
            if key[0] not in SEVERITIES or key[1] not in LETTERS or single.re <= single.ac or key in rows:
                raise ValueError(f"{number}: {line}")
            rows[key] = single, pair
        return cls(rows)

    @property
    def aqls(self):
        """Return the AQLs of the table, in order."""
        return sorted({key[2] for key in self.rows})

    def plan(self, lot, level, aql, severity="normal", double=False):
        """Return the :class:`Plan` of a lot; single where the table has no double one.

        :param aql: per cent, or defects per hundred units, of the table's own series
        :raises KeyError: for an AQL that is not in the table
        """
        letter = code_letter(lot, level)
        single, pair = self.rows[severity, letter, _aql(aql)]
        stages = pair if double and pair else (single,)
        if sum(stage.n for stage in stages) >= lot:
            if single.n >= lot:
                return Plan(letter, (Stage(int(lot), single.ac, single.ac + 1),), whole=True)
            stages = (single,)
        return Plan(letter, stages)


def _aql(value):
    return round(float(value), 4)


@dataclass(frozen=True)
class History:
    """Where a series of lots of one source stands: its severity, score, and what counts for the next switch.

    :param severity: normal, tightened, reduced, or stopped, which somebody has to lift
    :param score: switching score of normal inspection
    :param recent: of the last five lots on normal or tightened inspection, which were accepted at first submission
    :param rejected: lots refused on tightened inspection, not yet made good
    """

    severity: str = "normal"
    score: int = 0
    recent: tuple = ()
    rejected: int = 0


def next_history(history, accepted, ac, stricter=False, gap=False, steady=True):
    """Return the :class:`History` after one more lot at first submission.

    Normal to tightened: two of five successive lots refused. Tightened to normal: five successive ones accepted. Normal to
    reduced: a switching score of 30, production steady. Reduced to normal: one refused, or accepted between the numbers.
    Tightened, five refused in all: inspection stops until the cause is mended.

    :param ac: acceptance number of the lot's plan
    :param stricter: whether it would have been accepted, too, with an AQL one step tighter (asked where ac is 2 or more)
    :param gap: accepted between acceptance and rejection number of a reduced plan
    :param steady: whether production runs steadily, without which nothing is reduced

    >>> lots = History()
    >>> for accepted in (True, False, True, False):
    ...     lots = next_history(lots, accepted, 1)
    >>> lots.severity
    'tightened'
    >>> for _lot in range(5):
    ...     lots = next_history(lots, True, 1)
    >>> lots.severity
    'normal'
    """
    if history.severity == "stopped":
        return history
    if history.severity == "reduced":
        return History("normal") if not accepted or gap or not steady else history
    recent = (*history.recent, bool(accepted))[-5:]
    if history.severity == "tightened":
        rejected = history.rejected + (not accepted)
        if rejected >= 5:
            return History("stopped", rejected=rejected)
        if len(recent) == 5 and all(recent):
            return History("normal")
        return History("tightened", recent=recent, rejected=rejected)
    if recent.count(False) >= 2:
        return History("tightened")
    score = 0
    if accepted:
        gain = 2 if ac <= 1 else 3 if stricter else 0
        score = history.score + gain if gain else 0
    if score >= 30 and steady:
        return History("reduced")
    return History("normal", score, recent)
