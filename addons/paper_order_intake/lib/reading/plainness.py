# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whether an order book, as its own reader takes it, leaves nothing to be asked."""

from .bounds import LEAST_KG, is_paper
from .figures import key
from .grids import is_table_file
from .headings import NAMES
from .pdfs import is_pdf
from .reader import read_file


def is_plain(book, data):
    """Say whether a read order book says all that its file says: each column known, no total, nothing hidden or struck,
    each figure one of paper in the unit that it was taken for.

    :param book: :class:`OrderBook`; :param data: bytes of its file
    """
    if book.ignored_columns or book.errors and is_pdf(data):
        return False
    if any(_is_total(problem.number) for problem in book.errors) or any(_is_total(row.number) for row in book.rows):
        return False
    return not any(map(doubted, book.rows)) and not (is_table_file(data) and _has_unseen(data))


def _is_total(number):
    """Say whether an order's number is the word of a total.

    >>> _is_total("合计"), _is_total("4890")
    (True, False)
    """
    return NAMES.get(key(number or "")) == "total"


def doubted(row):
    """Return the names of the figures of an :class:`OrderRow` that no paper has in the unit that they were taken for.

    >>> from decimal import Decimal
    >>> from ..orderbook import OrderRow
    >>> width, length, weight, tolerance, low, high, core = map(Decimal, ("787", "0", "12.5", "0", "1000", "1000", "3"))
    >>> doubted(OrderRow(1, "7", width, length, weight, tolerance, low, high, core, raw="", caliper_um=Decimal("0.1")))
    ['core_mm', 'caliper_um', 'weight_kg']
    """
    kind = "sheet" if row.length_mm else "reel"
    figures = [("width_mm", kind), ("length_mm", kind), ("basis_weight", "basis_weight"), ("core_mm", "core_mm")]
    figures += [("caliper_um", "thickness_um"), ("diameter_max_mm", "diameter_mm")]
    found = [name for name, bound in figures if getattr(row, name) and not is_paper(bound, getattr(row, name))]
    return [*found, "weight_kg"] if row.weight_kg and row.weight_kg < LEAST_KG[kind] else found


def _has_unseen(data):
    grids = read_file(data)
    return any(grid.hidden or grid.hidden_columns or any(row.hidden or row.struck for row in grid.rows) for grid in grids)
