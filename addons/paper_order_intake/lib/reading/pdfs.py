# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The table of a text PDF: what belongs to which column is told by where it stands on the page."""

import io
import re

from ..orderbook.model import OrderBookError
from .figures import plain
from .grids import Grid, Row
from .headings import read_heading
from .layout import PAPER

MAX_BYTES = 8 * 2**20
MAX_PAGES = 40
MAX_WORDS = 40_000


def is_pdf(data):
    """Say whether bytes are a PDF.

    >>> is_pdf(b"%PDF-1.4"), is_pdf(b"PK")
    (True, False)
    """
    return data[:1024].lstrip().startswith(b"%PDF-")


def read_pdf(data):
    """Return the :class:`Grid` of a PDF; without text it has no rows.

    :raises OrderBookError: bad_pdf, too_large
    """
    if len(data) > MAX_BYTES:
        raise OrderBookError("too_large", "The file is larger than {limit} bytes.", limit=MAX_BYTES)
    import logging

    import pdfplumber  # only where a PDF comes

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        pages = _words_of(data, pdfplumber)
        if not any(pages):
            pages = _fragments_of(data)
    except OrderBookError:
        raise
    except Exception as error:  # a damaged or hostile PDF raises whatever its parser met
        raise OrderBookError("bad_pdf", "The PDF is damaged or encrypted.") from error
    rows, columns = [], None
    for words in pages:
        for line in _lines(words):
            found = _headings(line)
            columns = found or columns
            rows.append(Row(len(rows) + 1, _cells(line, columns, found is not None)))
    return Grid("PDF", rows)


def _too_large():
    return OrderBookError("too_large", "The file is larger than {limit} bytes.", limit=MAX_BYTES)


def _words_of(data, pdfplumber):
    pages, count = [], 0
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        if len(pdf.pages) > MAX_PAGES:
            raise _too_large()
        for page in pdf.pages:
            pages.append(page.extract_words(x_tolerance=1.5, y_tolerance=3, extra_attrs=["size"]))
            count += len(pages[-1])
            page.close()
            if count > MAX_WORDS:
                raise _too_large()
    return pages


def _fragments_of(data):
    """The same from another reader, which forgives more of how a file is laid out."""
    import pypdfium2

    pages, count = [], 0
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(min(len(document), MAX_PAGES)):
            text = document[number].get_textpage()
            count += text.count_chars()
            if count > 10 * MAX_WORDS:
                raise _too_large()
            pages.append(_words_from(text))
    finally:
        document.close()
    return pages


def _words_from(text):
    """Characters with their boxes as words."""
    words = []
    for place in range(text.count_chars()):
        char = text.get_text_range(place, 1)
        if not char.strip():
            continue
        left, bottom, right, top = text.get_charbox(place, loose=True)
        last = words[-1] if words else None
        if last and abs(last["top"] + bottom) < 2 and -2 < left - last["x1"] < 0.15 * last["size"]:
            last |= {"text": last["text"] + char, "x1": right}
        else:
            words.append({"text": char, "x0": left, "x1": right, "top": -bottom, "size": max(top - bottom, 1)})
    return words


def _cells(line, columns, is_heading):
    """A line as cells; one of words alone, below headings, is a sentence."""
    if not columns:
        return [plain(text) for text, *_ in _groups(line)]
    if not is_heading and len(line) > 3 and not any(char.isdigit() for word in line for char in word["text"]):
        return [plain(" ".join(word["text"] for word in line))]
    return _placed(line, columns, is_heading)


def _parted(words):
    """Headings that stand without a gap are printed as one word: parted behind their brackets."""
    for word in words:
        parts = re.split(r"(?<=[)\]）】])(?=[^\W\d])", word["text"])
        widths = [sum(2 if ord(char) > 0x2E80 else 1 for char in part) for part in parts]
        begin, share = word["x0"], (word["x1"] - word["x0"]) / max(sum(widths), 1)
        for part, width in zip(parts, widths, strict=True):
            yield {**word, "text": part, "x0": begin, "x1": begin + share * width}
            begin += share * width


def _lines(words):
    lines = []
    for word in sorted(_parted(words), key=lambda word: (round(word["top"]), word["x0"])):
        if lines and abs(lines[-1][0]["top"] - word["top"]) < 3:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda word: word["x0"]) for line in lines]


def _groups(line, apart=0.75):
    """Words that stand a blank apart are one: [(text, x0, x1)]."""
    groups = []
    for word in line:
        if groups and word["x0"] - groups[-1][2] < apart * word["size"]:
            text, begin, end = groups[-1]
            gap = " " if word["x0"] - end > 0.05 * word["size"] else ""
            groups[-1] = (f"{text}{gap}{word['text']}", begin, word["x1"])
        else:
            groups.append((word["text"], word["x0"], word["x1"]))
    return groups


def _headings(line):
    """Return [(x0, x1, text)] of a line that names columns, each heading as long as it is one; None of another."""
    found, place = [], 0
    while place < len(line):
        best = 1
        for length in range(min(5, len(line) - place), 0, -1):
            part = line[place : place + length]
            wide = any(b["x0"] - a["x1"] > 0.5 * a["size"] for a, b in zip(part, part[1:], strict=False))
            if not wide and read_heading(" ".join(word["text"] for word in part)):
                best = length
                break
        part = line[place : place + best]
        text = " ".join(word["text"] for word in part)
        if best == 1 and found and not read_heading(text) and part[0]["x0"] - found[-1][1] < 0.6 * part[0]["size"]:
            found[-1] = (found[-1][0], part[0]["x1"], f"{found[-1][2]} {text}")
        else:
            found.append((part[0]["x0"], part[-1]["x1"], text))
        place += best
    fields = {heading.field for _x0, _x1, text in found if (heading := read_heading(text))}
    return found if len(fields & PAPER) >= 2 and len(fields) >= 3 else None


def _placed(line, columns, is_heading):
    """Put the words of a line into the columns that they stand in."""
    cells = [""] * len(columns)
    if is_heading:
        return [plain(text) for _x0, _x1, text in columns]
    for text, begin, end in _split_at_columns(line, columns):
        place = min(range(len(columns)), key=lambda number: _distance(begin, end, columns[number]))
        cells[place] = f"{cells[place]} {plain(text)}".strip()
    return cells


def _split_at_columns(line, columns):
    """Groups of words; two columns that stand close are parted where a word begins at a heading's edge."""
    groups = []
    for word in line:
        at_edge = any(abs(word["x0"] - begin) < 1.5 for begin, _end, _text in columns)
        if groups and not at_edge and word["x0"] - groups[-1][2] < 0.75 * word["size"]:
            text, begin, _end = groups[-1]
            groups[-1] = (f"{text} {word['text']}", begin, word["x1"])
        else:
            groups.append((word["text"], word["x0"], word["x1"]))
    return groups


def _distance(begin, end, column):
    left, right, _text = column
    return min(abs(begin - left), abs(end - right), abs((begin + end) / 2 - (left + right) / 2))
