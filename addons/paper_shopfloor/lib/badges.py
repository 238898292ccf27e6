# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Badges and PINs are kept as hashes that only the mill's own secret can make again."""

import hashlib

ROUNDS = 60_000


def digest(code, secret):
    """Return the hash of a badge or PIN; the same one always has the same, so that it is found by it.

    :param secret: of the database; without it the few possible PINs cannot be tried out on a copy of the hashes

    >>> digest("1234", "s") == digest(" 1234 ", "s"), digest("1234", "s") == digest("1234", "t")
    (True, False)
    """
    return hashlib.pbkdf2_hmac("sha256", code.strip().encode("utf-8", "surrogatepass"), secret.encode(), ROUNDS).hex()
