# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The lines of a PDF that holds text. Columns are what two blanks or more part; a scan has no text, and no lines."""

import io
import re

from .model import OrderBookError
from .source import MAX_RAW, MAX_ROWS, Line, clean

MAX_PAGES = 100
MAX_TEXT = 2_000_000
SIGNATURE = b"%PDF-"


def is_pdf(data):
    """Return whether ``data`` (bytes) is a PDF by its signature.

    >>> is_pdf(b"%PDF-1.7 ..."), is_pdf(b"number,width")
    (True, False)
    """
    return data[:1024].lstrip().startswith(SIGNATURE)


def read_pdf(data):
    """Return the text lines of a PDF as a list of :class:`Line`; what it embeds or runs is never touched.

    :raises OrderBookError: bad_pdf, no_text (a scan or an encrypted file), too_many_rows
    """
    from pypdf import PdfReader  # only where a PDF comes

    try:
        reader = PdfReader(io.BytesIO(data))
        pages = len(reader.pages)
        texts = [page.extract_text(extraction_mode="layout") for page in reader.pages[:MAX_PAGES]]
    except Exception as error:  # a damaged or hostile PDF raises whatever its parser met
        raise OrderBookError("bad_pdf", "The PDF is damaged or encrypted.") from error
    if pages > MAX_PAGES or sum(map(len, texts)) > MAX_TEXT:
        raise OrderBookError("too_many_rows", "The file has more than {limit} rows.", limit=MAX_ROWS)
    lines = []
    for text in texts:
        for row in text.split("\n"):
            if row.strip():
                cells = tuple(clean(cell) for cell in re.split(r"\s{2,}|\t", row.strip()))
                lines.append(Line(len(lines) + 1, cells, row.strip()[:MAX_RAW]))
    if not lines:
        raise OrderBookError("no_text", "The PDF holds no text: it is a picture of an order.")
    if len(lines) > MAX_ROWS:
        raise OrderBookError("too_many_rows", "The file has more than {limit} rows.", limit=MAX_ROWS)
    return lines
