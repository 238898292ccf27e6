# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""From the bytes of a file to its lines of cells: text, separated values, workbook.

Files come from outside: sizes are bounded before anything is unpacked, formulas are never
evaluated, and one damaged line never reaches over into the next.
"""

import csv
import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from decimal import Decimal

from .model import OrderBookError

MAX_BYTES = 10 * 2**20
MAX_UNPACKED_BYTES = 50 * 2**20
MAX_MEMBERS = 1000
MAX_ROWS = 20_000
MAX_COLUMNS = 40
MAX_RAW = 4000

_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Line:
    """A non-empty line: number from 1, cells (text, or Decimal of a workbook), text as found.

    ``formula`` is the name of the first cell that holds one, None if none does.
    """

    line_no: int
    cells: tuple
    raw: str
    formula: str | None = None


def is_workbook(data):
    """Return whether ``data`` (bytes) is an .xlsx by its signature, whatever its name.

    :raises OrderBookError: empty, too_large, old_excel
    """
    if not data.strip():
        raise OrderBookError("empty", "The file is empty.")
    if len(data) > MAX_BYTES:
        raise OrderBookError("too_large", "The file is larger than {limit} bytes.", limit=MAX_BYTES)
    if data.startswith(_OLD_EXCEL):
        raise OrderBookError(
            "old_excel",
            "This is an old or encrypted Excel file; save it as .xlsx without password.",
        )
    return data.startswith(_ZIP)


def read_texts(data):
    """Return the text lines of ``data`` as (line_no, text), empty ones left out: a list for each encoding that fits.

    UTF-8, UTF-16, GB18030 and Big5; lines end with LF, CRLF or CR. Most bytes are characters in GB18030 and in
    Big5 alike: which of them it is shows in the header that is found.

    :raises OrderBookError: not_text, empty, too_many_rows
    """
    texts = _decode(data)
    if not texts:
        raise OrderBookError("not_text", "The file is neither text nor an .xlsx workbook.")
    found = []
    for text in texts:
        text = text.rstrip("\x1a\r\n\t ")  # the end-of-file mark of old DOS programs
        # Only real line ends: str.splitlines would also cut at form feeds and the like.
        parts = re.split(r"\r?\n", text) if "\n" in text else text.split("\r")
        lines = [(number, part) for number, part in enumerate(parts, start=1) if part.strip()]
        if not lines:
            raise OrderBookError("empty", "The file is empty.")
        _check_rows(len(lines))
        found.append(lines)
    return found


def split_blanks(lines):
    """Cut (line_no, text) at white space into :class:`Line`."""
    return [
        Line(number, tuple(clean(cell) for cell in text.split()), _raw(text))
        for number, text in lines
    ]


def split_separated(lines, separator):
    """Cut (line_no, text) at ``separator``, with the quoting of CSV, into :class:`Line`.

    Each line for itself: an unclosed quote must not swallow the orders below it. A line of
    nothing but separators is empty and left out.
    """
    result = []
    for number, text in lines:
        try:
            cells = next(csv.reader([text], delimiter=separator), [])
        except csv.Error:
            cells = text.split(separator)
        cells = tuple(clean(cell) for cell in cells)
        if any(cells):
            result.append(Line(number, cells, _raw(text)))
    return result


def read_workbook(data):
    """Return the lines of each worksheet as ``{title: [Line, ...]}``; formulas are not evaluated.

    :raises OrderBookError: bad_workbook, unsafe_workbook, too_many_rows
    """
    check_archive(data)
    from openpyxl import load_workbook  # only where a workbook comes

    try:
        # data_only would show the last cached result of a formula as if it had been entered.
        workbook = load_workbook(
            io.BytesIO(data), read_only=True, data_only=False, keep_links=False
        )
        try:
            return {sheet.title: _sheet_lines(sheet) for sheet in workbook.worksheets}
        finally:
            workbook.close()
    except OrderBookError:
        raise
    except Exception as error:  # a damaged workbook raises whatever its parser met
        raise OrderBookError("bad_workbook", "The workbook is damaged.") from error


def clean(cell):
    """Return a cell's text with full-width characters as plain ones and blanks trimmed.

    >>> clean(" １０００，５ ")
    '1000,5'
    """
    return unicodedata.normalize("NFKC", cell).strip()


def _raw(text):
    return text.strip("\r\n")[:MAX_RAW]


def _check_rows(count):
    if count > MAX_ROWS:
        raise OrderBookError(
            "too_many_rows", "The file has more than {limit} rows.", limit=MAX_ROWS
        )


def _decode(data):
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    elif b"\0" in data[:200]:
        encodings = ("utf-16-be",) if data.startswith(b"\0") else ("utf-16-le",)
    else:
        encodings = ("utf-8-sig", "gb18030", "big5hkscs")
    texts = []
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            texts.append(text)
        if encoding == "utf-8-sig":
            break  # what is UTF-8 throughout is nothing else
    return texts


def check_archive(data):
    """Look at the sizes the archive declares; reading never unpacks beyond those."""
    unsafe = "The workbook unpacks to more than an order book can hold, or holds foreign parts."
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED_BYTES:
                raise OrderBookError("unsafe_workbook", unsafe)
            for member in members:
                # Office documents have no document type; one can only bring entities along.
                if member.filename.endswith((".xml", ".rels")) and _has_doctype(archive, member):
                    raise OrderBookError("unsafe_workbook", unsafe)
    except OrderBookError:
        raise
    except Exception as error:  # zipfile raises many kinds on a damaged archive
        raise OrderBookError("bad_workbook", "The workbook is damaged.") from error


def _has_doctype(archive, member):
    with archive.open(member) as stream:
        head = stream.read(4096).replace(b"\0", b"").upper()
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head


def _sheet_lines(sheet):
    lines = []
    sheet.reset_dimensions()  # a declared size that is too small would hide rows
    for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
        values = [_value(cell) for cell in cells]
        if not any(value != "" for value in values):
            continue
        formula = next((cell.coordinate for cell in cells if cell.data_type == "f"), None)
        raw = "\t".join(str(value) for value in values).rstrip("\t")
        lines.append(Line(number, tuple(values), _raw(raw), formula))
        _check_rows(len(lines))
    return lines


def _value(cell):
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return str(value if isinstance(value, str) else getattr(value, "text", None) or "=")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return clean(str(value))
    number = Decimal(str(value))
    if "%" in (cell.number_format or ""):
        return f"{_text(number * 100)}%"
    return number


def _text(number):
    return format(number.normalize(), "f")
