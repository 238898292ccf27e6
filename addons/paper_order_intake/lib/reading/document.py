# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What comes by any channel, read in one way: an order book as it stands; any other list, table or sentence as a letter is."""

import hashlib
import json
import logging
from collections import Counter
from dataclasses import dataclass, field

from ..orderbook import OrderBookError, read_order_book
from .model import ASKED, Reading
from .plainness import is_plain
from .reader import read_letter

_logger = logging.getLogger(__name__)
# What is wrong with a file that is simply no list of orders.
NO_LIST_CODES = {"no_header", "empty", "not_text", "no_text"}


@dataclass(frozen=True)
class Brought:
    """A file that somebody brings: its name, its bytes, and where it stood among others."""

    name: str
    content: bytes
    place: str = ""


@dataclass
class Document:
    """What was read of files and of the letter that brought them. There are rows of books, or papers of a reading, or neither.

    :param books: [(file, OrderBook)] whose rows are taken as they stand
    :param faults: [(file, OrderBookError)] of files that are no order book
    :param reading: :class:`Reading`, None where nothing was read but the books
    :param is_read: whether the reading's papers are the order
    """

    books: list = field(default_factory=list)
    faults: list = field(default_factory=list)
    reading: Reading | None = None
    is_read: bool = False


def read_document(files, today, headings=None, **letter):
    """Return the :class:`Document` of files, the same whichever way they came.

    :param files: list of :class:`Brought`, or of what is like it
    :param today: date on which it was written; :param headings: {heading_key: (field, unit)} of the customer's own column names
    :param letter: what :func:`read_letter` takes further, where a letter brought them

    >>> import datetime
    >>> read = lambda text: read_document([Brought("a.csv", text)], datetime.date(2026, 12, 1))
    >>> plain = read(b"number,width,length,weight,basis weight\\n7,787,1092,2000,80\\n")
    >>> len(plain.books), plain.is_read
    (1, False)
    >>> other = read("品名,克重,规格,数量/吨,交货日期\\n双胶纸,80,787×1092,2,2026-12-20\\n".encode())
    >>> len(other.books), other.is_read, other.reading.items[0].facts["quantity"].value
    (0, True, 2.0)
    """
    books, faults = [], []
    for file in files:
        try:
            books.append((file, read_order_book(file.content, file.name, headings or {})))
        except OrderBookError as error:
            faults.append((file, error))
    letter = {"subject": "", "text": "", "html": "", "headings": headings, **letter}
    plain = bool(books) and all(is_plain(book, file.content) for file, book in books)
    if plain and any(_is_half_read(book) for _file, book in books):
        # What is no number for an order book may be one with its unit, as 40 inch.
        other = _read([(file.name, file.content) for file in files], today, letter)
        plain = not other or not _leaves_less(other, books)
    words = _read([], today, letter) if plain else None
    is_all_said = bool(words) and not _says_more(words, books)  # by the books, whatever the words beside them are
    reading = None
    if not is_all_said or words.kind != "order":
        reading = _read([(file.name, file.content) for file in files], today, letter)
    if is_all_said and (not reading or reading.kind == "order"):
        words.kind = "order"
        return Document(books, faults, words)
    if reading and reading.items and reading.kind == "order":
        return Document([], faults, reading, True)
    return Document([] if reading and reading.kind != "order" else books, faults, reading)


def _read(files, today, letter):
    """Return the :class:`Reading`; None where it breaks off: a person reads it then."""
    try:
        return read_letter(files=files, today=today, **letter)
    except (ValueError, TypeError, ArithmeticError, LookupError, AttributeError, RecursionError):
        _logger.warning("Words that cannot be read", exc_info=True)
        return None


def _is_half_read(book):
    reasons = {code for problem in book.errors for code, _params in problem.reasons}
    return bool(reasons & {"not_a_number", "ambiguous_number"})


def _leaves_less(reading, books):
    """Say whether a reading of the same files has all their rows, and leaves fewer of them open than the order books do."""
    open_rows = sum(len(book.errors) for _file, book in books)
    rows = open_rows + sum(len(book.rows) for _file, book in books)
    asked = sum(any(fact.state == ASKED for fact in item.facts.values()) for item in reading.items)
    return reading.kind == "order" and len(reading.items) >= rows and asked < open_rows


def _says_more(words, books):
    """Say whether the words beside order books say something of the order, or name another number than its only one."""
    numbers = {row.number for _file, book in books for row in book.rows}
    named = {text for code, text in words.told if code == "other_number"}
    if "order_number" in words.head:
        named.add(words.head["order_number"].value)
    others = named - {None} - numbers if len(numbers) == 1 else set()
    return bool(others or set(words.head) - {"order_number"})


def paper_keys(reading, file_hash):
    """Return for each paper of a reading the SHA-256 (64 hex digits) of what it says, for "the same again adds nothing".

    :param file_hash: text; tells papers apart whose order has no number of its own

    >>> from .model import Fact, Item
    >>> reading = Reading()
    >>> reading.items = [Item({"quantity": Fact(2.0, unit="t")}), Item({"quantity": Fact(2.0, unit="t", written="2")})]
    >>> first, second = paper_keys(reading, "a")
    >>> first == second, paper_keys(reading, "a") == [first, second], paper_keys(reading, "b")[0] == first
    (False, True, False)
    """
    seen, keys = Counter(), []
    for item in reading.items:
        facts = {**reading.head, **item.facts}
        number = facts.get("order_number")
        said = [[name, fact.value or fact.written, fact.unit, fact.per] for name, fact in sorted(facts.items())]
        text = json.dumps([said, "" if number and number.value else file_hash], ensure_ascii=False, default=str)
        keys.append(hashlib.sha256(f"{text}{seen[text] or ''}".encode("utf-8", "surrogatepass")).hexdigest())
        seen[text] += 1
    return keys
