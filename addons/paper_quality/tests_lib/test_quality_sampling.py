# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The shipped table against one typed anew: sizes of samples of MIL-STD-105E by letter and AQL, acceptance numbers by AQL.

The figures are those of the public standard's tables II-A, II-B, III-A and III-B, as transcribed in the package AQLSchemes.
"""

import pytest
from paper_quality_lib import sampling
from paper_quality_lib.sampling import History, Plan, Stage, Table, code_letter, next_history

AQLS = (
    "0.010 0.015 0.025 0.040 0.065 0.10 0.15 0.25 0.40 0.65 1.0 1.5 2.5 4.0 6.5 10 15 25 40 65 100 150 250 400 650 1000"
).split()
# What stands left and right of the body of the table is the same in every row.
NORMAL_HEAD = [1250, 800, 500, 315, 200, 125, 80, 50, 32, 20, 13, 8, 5, 3]
NORMAL = """
A 14 2 5 3 2 2 2 2 2 2 2 2 2
B 14 2 5 3 3 3 3 3 3 3 3 3 3
C 14 8 5 5 5 5 5 5 5 5 5 5 3
D 13 13 8 8 8 8 8 8 8 8 8 8 5 3
E 12 20 13 13 13 13 13 13 13 13 13 13 8 5 3
F 11 32 20 20 20 20 20 20 20 20 13 13 13 8 5 3
G 10 50 32 32 32 32 32 32 32 32 20 13 13 13 8 5 3
H 9 80 50 50 50 50 50 50 50 50 32 20 13 13 13 8 5 3
J 8 125 80 80 80 80 80 80 80 80 50 32 20 13 13 13 8 5 3
K 7 200 125 125 125 125 125 125 125 125 80 50 32 20 13 13 13 8 5 3
L 6 315 200 200 200 200 200 200 200 200 125 80 50 32 20 13 13 13 8 5 3
M 5 500 315 315 315 315 315 315 315 315 200 125 80 50 32 20 13 13 13 8 5 3
N 4 800 500 500 500 500 500 500 500 500 315 200 125 80 50 32 20 13 13 13 8 5 3
P 3 1250 800 800 800 800 800 800 800 800 500 315 200 125 80 50 32 20 13 13 13 8 5 3
Q 2 2000 1250 1250 1250 1250 1250 1250 1250 1250 800 500 315 200 125 80 50 32 20 13 13 13 8 5 3
R 2 2000 2000 2000 2000 2000 2000 2000 2000 1250 800 500 315 200 125 80 50 32 20 13 13 13 8 5 3
"""
TIGHT_HEAD = [2000, 1250, 800, 500, 315, 200, 125, 80, 50, 32, 20, 13, 8, 5, 3]
TIGHT = """
A 15 8 5 3 2 2 2 2 2 2 2 2
B 15 8 5 3 3 3 3 3 3 3 3 3
C 14 13 8 5 5 5 5 5 5 5 5 5 3
D 13 20 13 8 8 8 8 8 8 8 8 8 5 3
E 12 32 20 13 13 13 13 13 13 13 13 13 8 5 3
F 11 50 32 20 20 20 20 20 20 20 13 13 13 8 5 3
G 10 80 50 32 32 32 32 32 32 32 20 13 13 13 8 5 3
H 9 125 80 50 50 50 50 50 50 50 32 20 13 13 13 8 5 3
J 8 200 125 80 80 80 80 80 80 80 50 32 20 13 13 13 8 5 3
K 7 315 200 125 125 125 125 125 125 125 80 50 32 20 13 13 13 8 5 3
L 6 500 315 200 200 200 200 200 200 200 125 80 50 32 20 13 13 13 8 5 3
M 5 800 500 315 315 315 315 315 315 315 200 125 80 50 32 20 13 13 13 8 5 3
N 4 1250 800 500 500 500 500 500 500 500 315 200 125 80 50 32 20 13 13 13 8 5 3
P 3 2000 1250 800 800 800 800 800 800 800 500 315 200 125 80 50 32 20 13 13 13 8 5 3
Q 2 3150 2000 1250 1250 1250 1250 1250 1250 1250 800 500 315 200 125 80 50 32 20 13 13 13 8 5 3
R 2 3150 2000 2000 2000 2000 2000 2000 2000 1250 800 500 315 200 125 80 50 32 20 13 13 13 8 5 3
"""
# Each AQL's column: so many letters with 0, then these; the last stays to the end.
NORMAL_AC = {
    0: (16,), 1: (16,), 2: (14, 1, 1), 3: (13, 1, 1, 2), 4: (12, 1, 1, 2, 3), 5: (11, 1, 1, 2, 3, 5),
    6: (10, 1, 1, 2, 3, 5, 7), 7: (9, 1, 1, 2, 3, 5, 7, 10), 8: (8, 1, 1, 2, 3, 5, 7, 10, 14),
    9: (7, 1, 1, 2, 3, 5, 7, 10, 14, 21), 10: (6, 1, 1, 2, 3, 5, 7, 10, 14, 21), 11: (5, 1, 1, 2, 3, 5, 7, 10, 14, 21),
    12: (4, 1, 1, 2, 3, 5, 7, 10, 14, 21), 13: (3, 1, 1, 2, 3, 5, 7, 10, 14, 21), 14: (2, 1, 1, 2, 3, 5, 7, 10, 14, 21),
    15: (0, 1, 1, 1, 2, 3, 5, 7, 10, 14, 21), 16: (0, 1, 1, 2, 3, 5, 7, 10, 14, 21), 17: (0, 1, 2, 3, 5, 7, 10, 14, 21),
    18: (0, 2, 3, 5, 7, 10, 14, 21), 19: (0, 3, 5, 7, 10, 14, 21), 20: (0, 5, 7, 10, 14, 21), 21: (0, 7, 10, 14, 21, 30),
    22: (0, 10, 14, 21, 30, 44), 23: (0, 14, 21, 30, 44), 24: (0, 21, 30, 44), 25: (0, 30, 44),
}  # fmt: skip
TIGHT_AC = {
    0: (16,), 1: (16,), 2: (14, 1, 1), 3: (13, 1, 1, 1), 4: (12, 1, 1, 1, 2), 5: (11, 1, 1, 1, 2, 3), 6: (10, 1, 1, 1, 2, 3, 5),
    7: (9, 1, 1, 1, 2, 3, 5, 8), 8: (8, 1, 1, 1, 2, 3, 5, 8, 12), 9: (7, 1, 1, 1, 2, 3, 5, 8, 12, 18),
    10: (6, 1, 1, 1, 2, 3, 5, 8, 12, 18), 11: (5, 1, 1, 1, 2, 3, 5, 8, 12, 18), 12: (4, 1, 1, 1, 2, 3, 5, 8, 12, 18),
    13: (3, 1, 1, 1, 2, 3, 5, 8, 12, 18), 14: (2, 1, 1, 1, 2, 3, 5, 8, 12, 18), 15: (0, 1, 1, 1, 1, 2, 3, 5, 8, 12, 18),
    16: (0, 1, 1, 1, 2, 3, 5, 8, 12, 18), 17: (0, 1, 1, 2, 3, 5, 8, 12, 18), 18: (0, 1, 2, 3, 5, 8, 12, 18),
    19: (0, 2, 3, 5, 8, 12, 18), 20: (0, 3, 5, 8, 12, 18), 21: (0, 5, 8, 12, 18, 27), 22: (0, 8, 12, 18, 27, 41),
    23: (0, 12, 18, 27, 41), 24: (0, 18, 27, 41), 25: (0, 27, 41),
}  # fmt: skip
# Table III-A by the sum of the places of letter and AQL: both samples are of the size of the letter before.
SIZES = [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250]
DOUBLE = {
    "normal": {
        17: (0, 2, 1, 2), 18: (0, 3, 3, 4), 19: (1, 4, 4, 5), 20: (2, 5, 6, 7), 21: (3, 7, 8, 9), 22: (5, 9, 12, 13),
        23: (7, 11, 18, 19), 24: (11, 16, 26, 27),
    },
    "tightened": {
        18: (0, 2, 1, 2), 19: (0, 3, 3, 4), 20: (1, 4, 4, 5), 21: (2, 5, 6, 7), 22: (3, 7, 11, 12), 23: (6, 10, 15, 16),
        24: (9, 14, 23, 24),
    },
    "reduced": {
        18: (0, 3, 0, 4), 19: (0, 4, 1, 5), 20: (0, 4, 3, 6), 21: (1, 5, 4, 7), 22: (2, 7, 6, 9), 23: (3, 8, 8, 12),
        24: (5, 10, 12, 16),
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def table():
    return Table.read(sampling.text_of("mil_std_105e"))


def sizes(head, body):
    found = {}
    for line in body.strip().splitlines():
        letter, count, *rest = line.split()
        found[letter] = head[: int(count)] + [int(n) for n in rest]
        assert len(found[letter]) == len(AQLS)
    return found


def numbers(columns):
    found = {}
    for column, (zeros, *rest) in columns.items():
        full = [0] * zeros + list(rest)
        full += [full[-1]] * (16 - len(full))
        found.update({(letter, column): ac for letter, ac in zip(sampling.LETTERS, full, strict=True)})
    return found


@pytest.mark.parametrize(
    ("severity", "head", "body", "columns"),
    [("normal", NORMAL_HEAD, NORMAL, NORMAL_AC), ("tightened", TIGHT_HEAD, TIGHT, TIGHT_AC)],
    ids=["normal", "tightened"],
)
def test_416_cells(table, severity, head, body, columns):
    """All 416 cells of a single table, arrows followed: R5.3.2."""
    by_letter, accepted = sizes(head, body), numbers(columns)
    wrong, cells = [], 0
    for letter, row in by_letter.items():
        for column, n in enumerate(row):
            cells += 1
            single, _pair = table.rows[severity, letter, round(float(AQLS[column]), 4)]
            wanted = Stage(n, accepted[letter, column], accepted[letter, column] + 1)
            if letter == "R" and column == 2 and severity == "tightened":
                wanted = Stage(single.n, 1, 2)  # of letter S: editions print 2000 or 3150
            if single != wanted:
                wrong.append((letter, AQLS[column], single, wanted))
    assert cells == 416
    assert not wrong


def test_double_cells(table):
    """The cells of the double tables in which a plan stands: R5.3.2."""
    checked = 0
    for severity, by_sum in DOUBLE.items():
        for i, letter in enumerate(sampling.LETTERS):
            for j, aql in enumerate(AQLS):
                pair = by_sum.get(i + j)
                if not pair or i < 1 or (severity == "reduced" and i < 3) or (i > 4 and i + j > 24):
                    continue
                n = ([2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500] if severity == "reduced" else SIZES)[i - 1]
                ac1, re1, ac2, re2 = pair
                _single, stages = table.rows[severity, letter, round(float(aql), 4)]
                assert stages == (Stage(n, ac1, re1), Stage(n, ac2, re2)), (severity, letter, aql)
                checked += 1
    assert checked >= 160


VECTORS = [
    (20, "S-3", 4.0, "B", (3, 0), None),
    (40, "S-3", 6.5, "B", (2, 0), None),
    (80, "S-3", 6.5, "C", (8, 1), ((5, 0, 2), (5, 1, 2))),
    (120, "S-3", 4.0, "C", (3, 0), None),
    (200, "S-3", 4.0, "D", (13, 1), ((8, 0, 2), (8, 1, 2))),
    (400, "S-3", 6.5, "D", (8, 1), ((5, 0, 2), (5, 1, 2))),
    (1000, "S-3", 6.5, "E", (13, 2), ((8, 0, 3), (8, 3, 4))),
    (200, "II", 4.0, "G", (32, 3), ((20, 1, 4), (20, 4, 5))),
    (1000, "II", 6.5, "J", (80, 10), ((50, 5, 9), (50, 12, 13))),
]


@pytest.mark.parametrize(("lot", "level", "aql", "letter", "single", "double"), VECTORS)
def test_vectors(table, lot, level, aql, letter, single, double):
    """Lots of paper as its standards sample them: R5.3.2."""
    assert code_letter(lot, level) == letter
    (stage,) = table.plan(lot, level, aql).stages
    assert (stage.n, stage.ac) == single
    if double:
        stages = table.plan(lot, level, aql, double=True).stages
        assert tuple((each.n, each.ac, each.re) for each in stages) == double


def test_a_lot_no_larger_than_its_sample(table):
    """A small lot is inspected whole, never more of it than there is: R5.3.2."""
    plan = table.plan(3, "II", 1.5)
    assert plan.whole
    assert plan.stages[0].n == 3


def test_tables_are_checked():
    """A table that is no table is refused with its line."""
    text = sampling.text_of("mil_std_105e").splitlines()
    for broken in ("severity,letter", "\n".join([*text[:2], "normal,A,x,1,0,1,,,,,"]), "\n".join([*text[:2], text[1]])):
        with pytest.raises(ValueError):
            Table.read(broken)


def test_switching_over_forty_lots():
    """Forty lots by hand: reduced by the score, back on a refused lot, tightened on two of five, normal on five: R5.3.2."""
    lots = [*"+" * 15, "-", *"+" * 3, "-", "+", "-", *"+" * 4, "-", *"+" * 5, *"+" * 8]
    assert len(lots) == 40
    wanted = [
        *["normal"] * 14, "reduced",  # 15 lots of two points each
        "normal",  # refused
        *["normal"] * 3, "normal", "normal",
        "tightened",  # the second of five
        *["tightened"] * 4, "tightened", *["tightened"] * 4, "normal",  # five in a row only after the refused one
        *["normal"] * 8,
    ]  # fmt: skip
    history, found = History(), []
    for sign in lots:
        history = next_history(history, sign == "+", 1)
        found.append(history.severity)
    assert found == wanted


def test_five_refused_on_tightened_stop():
    """Too many refused lots stop the inspection until somebody lifts that: R5.3.2."""
    history = History("tightened")
    for _lot in range(5):
        history = next_history(history, False, 1)
    assert history.severity == "stopped"
    assert next_history(history, True, 1) == history


def test_the_gap_of_a_reduced_plan():
    """Between the numbers of a reduced plan the lot is accepted, and the next one inspected normally: R5.3.2."""
    plan = Plan("K", (Stage(50, 1, 4),))
    assert plan.verdict((2,)) == "accepted"
    assert plan.within_gap((2,))
    assert not plan.within_gap((1,))
    assert next_history(History("reduced"), True, 1, gap=True).severity == "normal"
