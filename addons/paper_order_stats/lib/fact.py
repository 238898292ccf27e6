# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a fact is made of. No Odoo here: queries are handed through as they are."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """One kind of thing that happens to a document, and how it is read from the documents.

    :param key: SQL of what names one row among those of the event
    :param columns: ``{column of the fact: SQL}``; what is left out is empty, a measure 0
    :param source: SQL after FROM
    """

    key: object
    columns: dict
    source: object


@dataclass(frozen=True)
class Watch:
    """A table of documents whose changes make facts stale.

    :param table: its name
    :param documents: the query, as text, of the documents of its rows; these stand in ``changed``
    :param columns: those that matter when a row is changed; empty: all of them
    """

    table: str
    documents: str
    columns: tuple = ()


# The first two figures of a postcode of mainland China say the province: (first, last): its letters in `base.state_cn_…`.
POSTCODES = {
    ("01", "02"): "NM",
    ("03", "04"): "SX",
    ("05", "07"): "HE",
    ("10", "10"): "BJ",
    ("11", "12"): "LN",
    ("13", "13"): "JL",
    ("15", "16"): "HL",
    ("20", "20"): "SH",
    ("21", "22"): "JS",
    ("23", "24"): "AH",
    ("25", "27"): "SD",
    ("30", "30"): "TJ",
    ("31", "32"): "ZJ",
    ("33", "34"): "JX",
    ("35", "36"): "FJ",
    ("40", "40"): "CQ",
    ("41", "42"): "HN",
    ("43", "44"): "HB",
    ("45", "47"): "HA",
    ("51", "52"): "GD",
    ("53", "54"): "GX",
    ("55", "56"): "GZ",
    ("57", "57"): "HI",
    ("61", "64"): "SC",
    ("65", "67"): "YN",
    ("71", "72"): "SN",
    ("73", "74"): "GS",
    ("75", "75"): "NX",
    ("81", "81"): "QH",
    ("83", "84"): "XJ",
    ("85", "85"): "XZ",
}
