# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Separated values in whatever code page and with whatever separator makes sense of their headings."""

import csv
import io

from ..orderbook.model import OrderBookError
from ..orderbook.source import MAX_ROWS
from .grids import Grid, Row, value_of
from .layout import heads

_SEPARATORS = (";", "\t", ",", "|", "；", "，")
_LETTERS = "äöüßÄÖÜéèøØ²"


def read_separated(data):
    """Return the :class:`Grid` of separated values; None where nothing in them is a heading.

    >>> read_separated("Sorte;Breite;Menge t\\nOffset;890;2".encode("cp1252")).rows[1].cells
    ['Offset', '890', '2']

    :raises OrderBookError: too_many_rows
    """
    best, score = None, 0
    for text in _decoded(data):
        for separator in _SEPARATORS:
            rows = _rows(text, separator)
            found = max(map(heads, rows[:40]), default=0)
            if found > score:
                best, score = rows, found
        if score and not best[0].cells[0].startswith("\ufeff") and text.isascii():
            break
    return Grid("", best) if best and score >= 2 else None


def _decoded(data):
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    elif b"\0" in data[:200]:
        encodings = ("utf-16-be",) if data.startswith(b"\0") else ("utf-16-le",)
    else:
        encodings = ("utf-8-sig", "gb18030", "cp1252", "big5hkscs")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            continue
        yield text
        if encoding == "utf-8-sig":
            return


def _rows(text, separator):
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            cells = next(csv.reader(io.StringIO(line), delimiter=separator), [])
        except csv.Error:
            cells = line.split(separator)
        values = [value_of(cell) for cell in cells[:60]]
        if any(value != "" for value in values):
            rows.append(Row(number, values))
        if len(rows) > MAX_ROWS:
            raise OrderBookError("too_many_rows", "The file has more than {limit} rows.", limit=MAX_ROWS)
    return rows
