# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Order books, read: what the rest of the addon uses of it. Nothing in this package imports odoo."""

from .model import (
    CONTRADICTION,
    MESSAGES,
    ORDER,
    UNREADABLE,
    Entry,
    OrderBook,
    OrderBookError,
    OrderRow,
    RowProblem,
    content_key,
)
from .reader import read_order_book
from .source import MAX_BYTES, MAX_ROWS

__all__ = [
    "CONTRADICTION",
    "MAX_BYTES",
    "MAX_ROWS",
    "MESSAGES",
    "ORDER",
    "UNREADABLE",
    "Entry",
    "OrderBook",
    "OrderBookError",
    "OrderRow",
    "RowProblem",
    "content_key",
    "read_order_book",
]
