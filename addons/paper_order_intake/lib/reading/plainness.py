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
    return all(map(_is_paper, book.rows)) and not (is_table_file(data) and _has_unseen(data))


def _is_total(number):
    """Say whether an order's number is the word of a total.

    >>> _is_total("合计"), _is_total("4890")
    (True, False)
    """
    return NAMES.get(key(number or "")) == "total"


def _is_paper(row):
    kind = "sheet" if row.length_mm else "reel"
    figures = [(kind, row.width_mm), (kind if row.length_mm else None, row.length_mm), ("basis_weight", row.basis_weight)]
    figures += [("core_mm", row.core_mm), ("thickness_um", row.caliper_um), ("diameter_mm", row.diameter_max_mm)]
    if row.weight_kg and row.weight_kg < LEAST_KG[kind]:
        return False
    return all(is_paper(name, value) for name, value in figures if name and value)


def _has_unseen(data):
    grids = read_file(data)
    return any(grid.hidden or grid.hidden_columns or any(row.hidden or row.struck for row in grid.rows) for grid in grids)
