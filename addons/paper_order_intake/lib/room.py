# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Memory for large arrivals."""

import gc

LARGE = 4 * 2**20


def make_room(size):
    """Let go of what the requests before left behind, before an arrival of ``size`` bytes is taken in.

    A request's objects refer to each other, so its body of many megabytes stays until Python's collector comes by, which
    counts objects, not bytes: ten large files one after the other would fill a gigabyte.

    >>> make_room(10)
    False
    >>> make_room(50 * 2**20)
    True
    """
    if size < LARGE:
        return False
    gc.collect()
    return True
