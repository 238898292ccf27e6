# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What an order book holds once it is read: orders, contradictions, unreadable rows."""

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

ORDER = "order"
CONTRADICTION = "contradiction"
UNREADABLE = "unreadable"

MESSAGES = {
    "too_few_columns": "{found} columns instead of {expected}",
    "too_many_columns": "{found} columns instead of {expected}",
    "missing_number": "the order number is missing",
    "not_a_number": "{field}: {value!r} is not a number",
    "not_finite": "{field}: {value!r} is not a finite number",
    "ambiguous_number": "{field}: {value!r} may mean thousands or decimals",
    "negative": "{field}: {value} is negative",
    "out_of_range": "{field}: the value is too long",
    "tolerance_out_of_range": "tolerance: {value} is not a fraction from 0 to below 1",
    "formula": "cell {cell} holds a formula instead of a value",
    "diameter_range_backwards": "the outside diameter runs backwards, from {min} to {max} mm",
    "width_above_deckle": "the width of {width} mm is above the deckle of {deckle} mm",
    "core_not_below_outside": "the core of {core} mm is not below the outside of {outside} mm",
    "sheet_with_reel_figures": "a sheet of length {length} mm has diameters of a reel",
    "duplicate_row": "the row repeats line {first_line}",
}


class OrderBookError(ValueError):
    """The file as a whole is no order book. ``code`` and ``params`` let a caller word it.

    Codes: ``empty``, ``too_large`` (limit), ``too_many_rows`` (limit), ``not_text``,
    ``old_excel``, ``bad_workbook``, ``unsafe_workbook``, ``several_tables`` (sheets),
    ``no_header``, ``missing_columns`` (names), ``duplicate_column`` (name), ``column_order``,
    ``unknown_unit`` (name, unit), ``missing_figures`` (names), ``bad_figure`` (line_no, name,
    value).
    """

    def __init__(self, code, sentence, **params):
        self.code, self.params = code, params
        super().__init__(sentence.format(**params))


@dataclass(frozen=True)
class OrderRow:
    """One order of the book, as written; 0 means not given, and a length of 0 is a reel.

    :param line_no: physical line of the file, or row of the sheet, from 1
    :param number: the customer's order number, text
    :param width_mm, length_mm, diameter_min_mm, diameter_max_mm, core_mm: Decimal, mm; the
        diameters are the allowed range of the reel's outside, ``core_mm`` the core's inside
    :param weight_kg: ordered net mass, Decimal, kg
    :param tolerance: allowed deviation of the mass, Decimal fraction in [0, 1)
    :param raw: the row as found
    :param basis_weight, caliper_um, deckle_mm: Decimal, g/m², µm and mm: of the row where the
        table has such columns, else of the file's header
    """

    line_no: int
    number: str
    width_mm: Decimal
    length_mm: Decimal
    weight_kg: Decimal
    tolerance: Decimal
    diameter_min_mm: Decimal
    diameter_max_mm: Decimal
    core_mm: Decimal
    raw: str
    basis_weight: Decimal = Decimal(0)
    caliper_um: Decimal = Decimal(0)
    deckle_mm: Decimal = Decimal(0)

    @property
    def format(self):
        """``"reel"`` or ``"sheet"``."""
        return "sheet" if self.length_mm else "reel"

    @property
    def missing(self):
        """Names of the figures that the order needs and does not give: incomplete, not wrong."""
        needed = ["width_mm", "weight_kg", "basis_weight"]
        if self.format == "reel":
            needed += ["caliper_um", "diameter_min_mm", "diameter_max_mm", "core_mm"]
        return tuple(name for name in needed if not getattr(self, name))


@dataclass(frozen=True)
class RowProblem:
    """A row that is no order yet, and why.

    :param line_no: physical line of the file, or row of the sheet, from 1
    :param number: the order number where it could be read, else None
    :param raw: the row as found
    :param kind: ``"unreadable"`` or ``"contradiction"``
    :param reasons: tuple of (code, params), at least one; the codes are those of ``MESSAGES``
    :param row: the :class:`OrderRow` of a contradiction, None of an unreadable row
    :param figures: {field: Decimal} of the cells of an unreadable row that could be read
    """

    line_no: int
    number: str | None
    raw: str
    kind: str
    reasons: tuple
    row: OrderRow | None = None
    figures: dict = field(default_factory=dict)

    @property
    def code(self):
        """Code of the first reason."""
        return self.reasons[0][0]

    @property
    def params(self):
        """Parameters of the first reason."""
        return self.reasons[0][1]

    @property
    def message(self):
        """All reasons in one English sentence."""
        return "; ".join(MESSAGES[code].format(**params) for code, params in self.reasons)


@dataclass(frozen=True)
class Entry:
    """One row of the file, whatever became of it: ``kind`` order, contradiction or unreadable."""

    line_no: int
    kind: str
    key: str
    row: OrderRow | None
    problem: RowProblem | None


@dataclass(frozen=True)
class OrderBook:
    """A read order book.

    :param deckle_mm, basis_weight, caliper_um: Decimal; None where the file does not say or its
        rows differ
    :param rows: the orders, list of :class:`OrderRow` by line
    :param errors: the other rows, list of :class:`RowProblem` by line
    :param ignored_columns: names of the table's columns that are none of ours and not empty, as remarks are
    """

    deckle_mm: Decimal | None
    basis_weight: Decimal | None
    caliper_um: Decimal | None
    rows: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    ignored_columns: tuple = ()

    @property
    def unreadable(self):
        """Problems of rows that could not be read."""
        return [problem for problem in self.errors if problem.kind == UNREADABLE]

    @property
    def contradictions(self):
        """Problems of rows that were read and contradict themselves or each other."""
        return [problem for problem in self.errors if problem.kind == CONTRADICTION]

    def entries(self):
        """Return an :class:`Entry` for each row of the file, by line.

        The keys differ within a file, also of rows with equal content, and are the same again
        when the same rows come in another file. Of rows that could be read, it does not matter
        whether that one is text, a table or a workbook.
        """
        items = sorted([*self.rows, *self.errors], key=lambda item: item.line_no)
        seen, entries = Counter(), []
        for item in items:
            plain = content_key(item, self)
            key = content_key(item, self, occurrence=seen[plain])
            seen[plain] += 1
            if isinstance(item, OrderRow):
                entries.append(Entry(item.line_no, ORDER, key, item, None))
            else:
                entries.append(Entry(item.line_no, item.kind, key, item.row, item))
        return entries

    def totals(self):
        """Return rows and mass by kind, and of all.

        :return: ``{kind: {"rows": int, "kg": Decimal}}``, kinds order, contradiction,
            unreadable (mass 0: it is not known), total
        """
        result = {
            ORDER: _total(self.rows),
            CONTRADICTION: _total([problem.row for problem in self.contradictions]),
            UNREADABLE: {"rows": len(self.unreadable), "kg": Decimal(0)},
        }
        result["total"] = {
            name: sum(each[name] for each in result.values()) for name in ("rows", "kg")
        }
        return result


_CONTENT = (
    "width_mm",
    "length_mm",
    "weight_kg",
    "tolerance",
    "diameter_min_mm",
    "diameter_max_mm",
    "core_mm",
    "basis_weight",
    "caliper_um",
    "deckle_mm",
)
_HEADER = ("deckle_mm", "basis_weight", "caliper_um")


def content_key(item, header=None, occurrence=0):
    """Return the SHA-256 (64 hex digits) of what a row says, for "the same again adds nothing".

    :param item: :class:`OrderRow`, or :class:`RowProblem` (its row, or its text if unreadable)
    :param header: :class:`OrderBook`; its deckle, basis weight and caliper count where the row
        has none of its own
    :param occurrence: number of equal rows before this one in the same file

    Neither the line, nor how a number is written (2000 or 2000.0, comma or point), changes it.

    >>> from dataclasses import replace
    >>> row = OrderRow(7, "4890", *[Decimal(1)] * 7, raw="")
    >>> content_key(row) == content_key(replace(row, line_no=9, width_mm=Decimal("1.00")))
    True
    """
    row = item.row if isinstance(item, RowProblem) else item
    if row is None:
        parts = [UNREADABLE, " ".join(re.split(r"\s+", item.raw.strip()))]
        parts += [_plain(getattr(header, name, None)) for name in _HEADER]
    else:
        parts = [ORDER, row.number]
        for name in _CONTENT:
            parts.append(_plain(getattr(row, name) or getattr(header, name, None)))
    if occurrence:
        parts.append(str(occurrence))
    # Lengths before the parts, so that no two lists of parts join to the same text.
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(number):
    return format((number or Decimal(0)).normalize(), "f")


def _total(rows):
    return {"rows": len(rows), "kg": sum((row.weight_kg for row in rows), Decimal(0))}
