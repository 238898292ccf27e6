"""Compare what is loaded with what was announced, by weight."""

from typing import NamedTuple

STEP = 0.001  # kg: what the scales and the decimal precision tell apart


class Difference(NamedTuple):
    key: object
    expected: float
    found: float
    verdict: str  # within (the tolerance), beyond, missing or extra


def compare(expected, found, tolerances=None):
    """List where ``found`` differs from ``expected``; nothing where they agree.

    :param expected: mapping of any key to kg that the notice names
    :param found: mapping of the same keys to kg that are loaded
    :param tolerances: mapping of keys to (percent less, percent more) that the customer accepts

    >>> compare({"A": 1000.0}, {"A": 1000.0})
    []
    >>> compare({"A": 1000.0}, {"A": 1015.0}, {"A": (2, 3)})[0].verdict
    'within'
    >>> compare({"A": 1000.0}, {"A": 970.0}, {"A": (2, 3)})[0].verdict
    'beyond'
    >>> [(item.key, item.verdict) for item in compare({"A": 5.0}, {"B": 5.0})]
    [('A', 'missing'), ('B', 'extra')]
    """
    result = []
    for key in [*expected, *(key for key in found if key not in expected)]:
        wanted, loaded = expected.get(key, 0.0), found.get(key, 0.0)
        if abs(wanted - loaded) < STEP:
            continue
        less, more = (tolerances or {}).get(key, (0, 0))
        if not loaded:
            verdict = "missing"
        elif not wanted:
            verdict = "extra"
        elif wanted * (1 - less / 100) - STEP < loaded < wanted * (1 + more / 100) + STEP:
            verdict = "within"
        else:
            verdict = "beyond"
        result.append(Difference(key, wanted, loaded, verdict))
    return result
