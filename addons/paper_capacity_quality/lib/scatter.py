# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What readings say of the range that a machine keeps to, without Odoo."""


def natural_range(mean, deviation, spread, lowest):
    """Return the range in which nearly all of what is made lies.

    :param deviation: standard deviation of the readings, of a sample
    :param spread: how many deviations to each side; two hold 95 %, three 99.7 % of readings that scatter normally
    :param lowest: the least reading; a property that was never negative has no negative range

    >>> [round(end, 4) for end in natural_range(87, 0.7071, 2, 86)]
    [85.5858, 88.4142]
    >>> natural_range(1, 1, 2, 0.2)
    (0.0, 3)
    """
    low, high = mean - spread * deviation, mean + spread * deviation
    return (max(low, 0.0) if lowest >= 0 else low), high
